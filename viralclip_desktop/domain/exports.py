"""An export: one finished file made from one clip, or the order for it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from viralclip_desktop.core.geometry import Aspect, Resolution


class WorkState(StrEnum):
    """Where a piece of work stands (exports and jobs use the same words)."""

    QUEUED = "queued"
    RUNNING = "running"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self in (WorkState.COMPLETED, WorkState.FAILED, WorkState.CANCELLED)


class SoundFormat(StrEnum):
    """What a file with the sound alone is; each value is also the ending of its name."""

    M4A = "m4a"
    MP3 = "mp3"


USUAL_LUFS = -14.0
"""What the video platforms play; Apple asks podcasts for -16."""


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """What the user asks of an export. ``fps`` None keeps the source's rate (at most 60)."""

    resolution: Resolution = Resolution.P1080
    aspect: Aspect | None = None
    """None takes the clip's own shape."""
    fps: Fraction | None = None
    folder: str | None = None
    """A folder the user chose; None for the usual one (``DataPaths.videos``)."""
    encoder: str | None = None
    """An encoder by name; None lets the program choose the best that works here."""
    audio_only: bool = False
    """Only the sound."""
    sound_format: SoundFormat = SoundFormat.M4A
    """With ``audio_only``."""
    target_lufs: float = USUAL_LUFS
    """How loud the file is."""
    max_size_mb: float | None = None
    """The file must not become larger (millions of bytes); None lets the picture decide."""
    name_template: str = ""
    """How files are named, with ``{rank}``, ``{title}``, ``{aspect}``, ``{resolution}`` and
    ``{date}``; empty for the usual names."""

    @property
    def suffix(self) -> str:
        """The ending of the file's name."""
        return f".{self.sound_format}" if self.audio_only else ".mp4"


@dataclass(frozen=True, slots=True)
class ExportResult:
    """What was measured on the finished file."""

    width: int
    height: int
    fps: Fraction
    duration_s: float
    loudness_lufs: float | None
    true_peak_dbtp: float | None
    size_bytes: int
    encoder: str
    remarks: tuple[str, ...] = ()
    """What is odd about it, each a sentence (a message of ``core.messages``): silent, still or black
    stretches, a loudness that was not reached, parts of the recording that could not be decoded."""
    reused_s: float = 0.0
    """How much of its picture was kept from an export before, and not encoded again."""
    done: dict[str, object] | None = None
    """What was done to the clip that the file shows (JSON values); None where that was not noted."""
    shows: dict[str, object] | None = None
    """That clip and its brand kit as they were then (JSON values); None where that was not noted."""


@dataclass(frozen=True, slots=True)
class Export:
    """One export and where it stands."""

    id: str
    clip_id: str
    settings: ExportSettings
    status: WorkState
    output_path: str
    created_at: float
    updated_at: float
    job_id: str = ""
    error: str = ""
    hint: str = ""
    result: ExportResult | None = None
