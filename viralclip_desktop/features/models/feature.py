"""What this feature declares."""

from viralclip_desktop.features.common.feature import Feature
from viralclip_desktop.features.models.installing import INSTALL_MODEL

FEATURE = Feature("models", job_kinds=(INSTALL_MODEL,))
