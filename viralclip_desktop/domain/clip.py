"""A clip: a part of a source with everything the user decided about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.captions import CaptionStyle

MUTE_DB = -60.0
"""At this level and below nothing is heard: the sound is left out."""


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


class Easing(StrEnum):
    """How a value moves from one key to the next."""

    HOLD = "hold"  # stays, and jumps at the next key
    LINEAR = "linear"
    SMOOTH = "smooth"  # starts and stops gently


@dataclass(frozen=True, slots=True)
class FrameKey:
    """Where the crop is at one moment; between two keys it moves by the first one's easing."""

    at: Time
    """Source time."""
    centre_x: float = 0.5
    centre_y: float = 0.5
    """The middle of the crop as a share of the source picture."""
    zoom: float = 1.0
    """1 = the largest crop that fills the frame; 2 shows half of its width."""
    easing: Easing = Easing.SMOOTH


@dataclass(frozen=True, slots=True)
class Marker:
    """A named moment, in source time."""

    at: Time
    label: str = ""


class LayerKind(StrEnum):
    """What a layer is."""

    PICTURE = "picture"  # an image or a silent video over the frame (B-roll, overlay)
    MUSIC = "music"  # sound under the speech, ducked when somebody talks
    VOICE = "voice"  # sound beside the speech, never ducked


@dataclass(frozen=True, slots=True)
class Layer:
    """Something laid over a clip. ``range`` is in clip time; ``source_start`` is where the file begins."""

    id: str
    kind: LayerKind
    path: str
    range: TimeRange
    source_start: Time = ZERO
    volume_db: float = 0.0
    opacity: float = 1.0
    x: float = 0.0
    y: float = 0.0
    width: float = 1.0
    """Top left corner and width as shares of the frame; the height follows the file's own shape.
    A width of 1 fills the whole frame (B-roll)."""
    fade: Time = ZERO
    """Length of the fade in and out."""
    duck_db: float = -12.0
    """How far MUSIC goes down while somebody talks."""
    loop: bool = True
    """Whether MUSIC that is shorter than its range begins again; else it ends."""


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
    cuts: tuple[TimeRange, ...] = ()
    """What was taken out inside ``range``: source time, in order, apart from each other."""
    frame_keys: tuple[FrameKey, ...] = ()
    """A moving crop, in order; empty for a still one at ``centre_x``."""
    caption_override: CaptionStyle | None = None
    """This clip's own look of the captions, instead of the style named by ``caption_style``."""
    brand_kit: str = ""
    """The brand kit on this clip; empty for none."""
    layers: tuple[Layer, ...] = ()
    markers: tuple[Marker, ...] = ()
    original_volume_db: float = 0.0
    """How much louder the recording's own sound is than it was recorded; :data:`MUTE_DB` for silent."""
    splits: tuple[Time, ...] = ()
    """Where the clip was split into parts without taking anything out: source time, in order."""
    play_order: tuple[Time, ...] = ()
    """The order of play where it is not the recording's: each moment (source time) begins a block that
    reaches to the next one in the recording; the first block also holds what lies before it."""
    second_language: str = ""
    """The language (code of a translation) that is shown with the captions; empty for none."""

    @property
    def kept(self) -> tuple[TimeRange, ...]:
        """The parts that play, in the order they do, in source time: ``range`` without the cuts, and in as
        many parts as it was split into."""
        parts, start = [], self.range.start
        for cut in self.cuts:
            if start < cut.start < self.range.end:
                parts.append(TimeRange(start, cut.start))
            start = max(start, cut.end)
        if start < self.range.end:
            parts.append(TimeRange(start, self.range.end))
        if not self.splits and not self.play_order:
            return tuple(parts)
        edges = sorted({*self.splits, *self.play_order})
        pieces = [piece for part in parts for piece in _split(part, edges)]
        return tuple(sorted(pieces, key=lambda piece: (self.block_of(piece.start), piece.start)))

    def block_of(self, source: Time) -> int:
        """In which block of ``play_order`` a moment of the recording lies; 0 for all without one."""
        if not self.play_order:
            return 0
        begun = [begin for begin in self.play_order if begin <= source]
        return self.play_order.index(max(begun) if begun else min(self.play_order))

    @property
    def duration(self) -> Time:
        """How long the clip plays."""
        return Time(sum(part.duration.ticks for part in self.kept))


def _split(part: TimeRange, edges: list[Time]) -> list[TimeRange]:
    inside = [edge for edge in edges if part.start < edge < part.end]
    return [TimeRange(a, b) for a, b in pairwise([part.start, *inside, part.end])]
