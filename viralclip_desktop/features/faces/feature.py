"""What this feature declares."""

from viralclip_desktop.features.common.feature import Feature
from viralclip_desktop.features.faces.job import FIND_FACES

FEATURE = Feature("faces", job_kinds=(FIND_FACES,))
