"""What the preview declares."""

from viralclip_desktop.features.common.feature import Feature
from viralclip_desktop.features.preview.job import MAKE_PROXY

FEATURE = Feature("preview", job_kinds=(MAKE_PROXY,))
