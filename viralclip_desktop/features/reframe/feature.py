"""What the frame declares."""

from viralclip_desktop.features.common.feature import Feature
from viralclip_desktop.features.reframe.clip_frame import WATCH

FEATURE = Feature("reframe", job_kinds=(WATCH,))
