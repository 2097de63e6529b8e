"""What separation declares."""

from viralclip_desktop.features.common.feature import Feature
from viralclip_desktop.features.separation.job import CLEAN

FEATURE = Feature("separation", job_kinds=(CLEAN,))
