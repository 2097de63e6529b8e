"""A clip: a part of a source with everything the user decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import Time, TimeRange


class Framing(StrEnum):
    """How a picture of another shape is brought into the clip's shape."""

    CROP = "crop"  # fill the frame, cut away the sides
    FIT = "fit"  # show all of it over a blurred copy of itself


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the ranker likes a clip: a part of the score, its strength 0..1, and a sentence about it."""

    kind: str
    """``hook``, ``structure``, ``value``, ``energy`` or ``novelty``."""
    strength: float
    text: str


@dataclass(frozen=True, slots=True)
class ClipBatch:
    """One run of the finder over a source, with the settings it was run with."""

    id: str
    source_id: str
    settings: dict[str, object]
    created_at: float


@dataclass(frozen=True, slots=True)
class Clip:
    """One clip. ``range`` is in source time."""

    id: str
    source_id: str
    batch_id: str
    rank: int
    range: TimeRange
    title: str
    score: int
    reasons: tuple[Reason, ...]
    quote_first: str
    quote_last: str
    aspect: Aspect = Aspect.VERTICAL
    framing: Framing = Framing.CROP
    centre_x: float = 0.5
    """Where the middle of the crop lies: 0 = left, 1 = right edge of the source picture."""
    caption_style: str = "karaoke"
    captions_on: bool = True
    created_at: float = 0.0

    @property
    def duration(self) -> Time:
        """How long the clip is."""
        return self.range.duration
