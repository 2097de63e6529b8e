"""What this feature declares."""

from viralclip_desktop.features.common.feature import Feature
from viralclip_desktop.features.portable.job import EXPORT_PROJECT, IMPORT_PROJECT

FEATURE = Feature("portable", job_kinds=(IMPORT_PROJECT, EXPORT_PROJECT))
