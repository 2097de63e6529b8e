"""How a clip sounds in one language: the voice that speaks it, and the levels of everything beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from viralclip_desktop.domain.mix import Mix


class DubMode(StrEnum):
    """What becomes of the recording's own voices."""

    REPLACE = "replace"  # only the new voice speaks
    OVERLAY = "overlay"  # the new voice speaks over the old one, which goes down


@dataclass(frozen=True, slots=True)
class AudioConfig:
    """One row of ``audio_configs``; a clip has one a language at most. Levels are decibels."""

    id: str
    clip_id: str
    language: str
    """The language's code; empty for the recording's own."""
    mode: DubMode = DubMode.REPLACE
    ai_voice_provider: str = ""
    ai_voice_id: str = ""
    bgm_track_id: str = ""
    """The asset of the background music; empty for none."""
    bgm_volume: float = 0.0
    original_volume: float = 0.0
    mix: Mix = field(default_factory=Mix)
    """All levels; the two above say the same in short."""
