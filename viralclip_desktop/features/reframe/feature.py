"""What the frame declares."""

from viralclip_desktop.features.common.feature import Feature
from viralclip_desktop.features.reframe.job import WATCH

FEATURE = Feature("reframe", job_kinds=(WATCH,))
