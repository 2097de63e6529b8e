"""What transcription declares."""

from viralclip_desktop.features.common.feature import Feature
from viralclip_desktop.features.transcription.job import TRANSCRIBE

FEATURE = Feature("transcription", job_kinds=(TRANSCRIBE,))
