"""What this feature declares."""

from viralclip_desktop.features.common.feature import Feature
from viralclip_desktop.features.relink.job import RELINK

FEATURE = Feature("relink", job_kinds=(RELINK,))
