"""What this feature declares."""

from viralclip_desktop.features.common.feature import Feature
from viralclip_desktop.features.music.job import COMPOSE

FEATURE = Feature("music", job_kinds=(COMPOSE,))
