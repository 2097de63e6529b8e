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


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """What the user asks of an export. ``fps`` None keeps the source's rate (at most 60)."""

    resolution: Resolution = Resolution.P1080
    aspect: Aspect | None = None
    """None takes the clip's own shape."""
    fps: Fraction | None = None
    folder: str | None = None
    """The user's own folder for readable file names; None keeps the file in the data folder."""
    encoder: str | None = None
    """An encoder by name; None lets the program choose the best that works here."""
    audio_only: bool = False
    """Only the sound, as an M4A file."""
    max_size_mb: float | None = None
    """The file must not become larger (millions of bytes); None lets the picture decide."""
    name_template: str = ""
    """How files in ``folder`` are named, with ``{rank}``, ``{title}``, ``{aspect}``, ``{resolution}`` and
    ``{date}``; empty for the usual names."""


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
