"""The render plan: everything that decides the pixels and samples of a clip, and nothing else.

Preview and export are the same plan at two sizes. *Clip time* starts at 0 at the clip's in point.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Framing
from viralclip_desktop.domain.media import MediaInfo
from viralclip_desktop.domain.transcript import Word


@dataclass(frozen=True, slots=True)
class LoudnessPlan:
    """How loud the clip becomes. ``gain_db`` is measured before the render; None = leave it as it is."""

    target_lufs: float = -14.0
    ceiling_dbtp: float = -2.0
    """The limiter's ceiling: AAC raises true peaks by up to 1.7 dB (measured), -2 keeps them under -1."""
    gain_db: float | None = None


@dataclass(frozen=True, slots=True)
class RenderPlan:
    """A whole clip. ``kept`` are ranges of source time, played one after the other."""

    source_path: str
    info: MediaInfo
    audio_stream: int | None
    """Stream index in the file, None without sound."""
    kept: tuple[TimeRange, ...]
    aspect: Aspect
    fps: Fraction
    framing: Framing
    centre_x: float
    words: tuple[Word, ...]
    """The words to caption, in clip time; empty for no captions."""
    style: CaptionStyle | None
    fade_in: Time
    fade_out: Time
    loudness: LoudnessPlan
    picture_fade_out: Time = ZERO
    """The picture's fade to black at the end; none by default (short clips are played in a loop).
    ``fade_in`` and ``fade_out`` are the sound's."""

    @property
    def duration(self) -> Time:
        """Length of the finished clip: a whole number of frames."""
        total = sum((part.duration.ticks for part in self.kept), 0)
        return Time.from_frames(max(1, Time(total).nearest_frame(self.fps)), self.fps)

    @property
    def frame_count(self) -> int:
        """How many frames the finished clip has."""
        return self.duration.nearest_frame(self.fps)
