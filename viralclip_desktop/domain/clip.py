"""A clip: parts of recordings, cards and stills, played one after the other, and all that was decided about
them.

Times that belong to a recording are *source time*; the clip's own clock, *clip time*, begins at 0 with its
first part.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.layers import Layer, MusicLayer
from viralclip_desktop.domain.mix import MUTE_DB, Mix
from viralclip_desktop.domain.tightening import TightCut

NORMAL_SPEED = Fraction(1)


class Framing(StrEnum):
    """How a picture of another shape is brought into the clip's shape."""

    AUTO = "auto"  # hold who speaks: cropped, split or fitted, shot by shot
    CROP = "crop"  # fill the frame, cut away the sides, where the user says
    FIT = "fit"  # show all of it over a blurred copy of itself
    SPLIT = "split"  # two people, each in a half of the frame, wherever there are two


class Review(StrEnum):
    """What the user thought of a clip when looking through those that were found."""

    NOT_YET = ""
    KEPT = "kept"
    DROPPED = "dropped"  # stays in the project, last of all, and can be brought back


@dataclass(frozen=True, slots=True)
class FaceLock:
    """The person that the frame is locked on: whose face is here at a moment of a recording."""

    at: Time
    """Source time."""
    x: float
    y: float
    """The middle of the face, in shares of the picture."""
    asset_id: str = ""
    """The recording whose time it is; empty for the clip's home recording."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the ranker likes a clip: a part of the score, its strength 0..1, and a sentence about it."""

    kind: str
    """``hook``, ``structure``, ``value``, ``energy``, ``novelty``, or ``doubt`` of what is said at all."""
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
    asset_id: str = ""
    """The recording whose time it is; empty for the clip's home recording."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A named moment, in source time."""

    at: Time
    label: str = ""
    asset_id: str = ""
    """The recording whose time it is; empty for the clip's home recording."""
    is_cover: bool = False
    """Whether the frame there is the clip's cover; one at most is."""


@dataclass(frozen=True, slots=True)
class Card:
    """A screen of text on a plain ground. Colours are ``#RRGGBB``."""

    text: str
    colour: str = "#FFFFFF"
    background: str = "#101418"
    size: float = 0.09
    """Font size as a share of the frame's shorter side."""
    font: str = ""
    """A family; empty for the captions' first one."""


class Transition(StrEnum):
    """How a part comes after the one before it. None takes or adds time."""

    CUT = "cut"  # at once
    DISSOLVE = "dissolve"  # out of the last picture before it
    WHIP = "whip"  # pushed in from the right, blurred
    ZOOM = "zoom"  # in on the end before it, out of its own beginning


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a clip: a range of an asset, or a card.

    ``range`` is time in the asset; of a still (an asset without a duration) and of a card its length counts.
    """

    asset_id: str
    """Empty for a card."""
    range: TimeRange
    speed: Fraction = NORMAL_SPEED
    """How many seconds of the asset play in one second of the clip; above 0."""
    card: Card | None = None
    still: bool = False
    """Whether the asset is a picture, which has no time of its own."""
    transition: Transition = Transition.CUT
    """How it comes after the part before it; of the first part it doesn't count."""
    paced: Fraction = NORMAL_SPEED
    """The speed that auto speed chose for it, whether it plays so or was put back; 1 for none."""

    @property
    def duration(self) -> Time:
        """How long it plays in the clip."""
        return self.played(self.range.end)

    def played(self, source: Time) -> Time:
        """How long it has played when a moment of the asset is reached."""
        into = source - self.range.start
        return into if self.speed == 1 else Time(round(into.ticks / self.speed))

    def reached(self, played: Time) -> Time:
        """The moment of the asset that is reached when it has played so long."""
        return self.range.start + (played if self.speed == 1 else Time(round(played.ticks * self.speed)))

    def joins(self, following: Part) -> bool:
        """Whether another part goes on where this one ends, as one film."""
        alike = (self.asset_id, self.speed, self.paced) == (
            following.asset_id,
            following.speed,
            following.paced,
        )
        return alike and self.card is following.card is None and self.range.end == following.range.start


@dataclass(frozen=True, slots=True)
class ClipBatch:
    """One run of the finder over a source, with the settings it was run with."""

    id: str
    source_id: str
    settings: dict[str, object]
    created_at: float


@dataclass(frozen=True, slots=True)
class Clip:
    """One clip. Where a time or a range names no asset, it is time in the home recording."""

    id: str
    project_id: str
    source_id: str
    """The home recording, which the clip was cut from first; empty without one."""
    batch_id: str
    rank: int
    parts: tuple[Part, ...]
    """In the order of play. Two that meet in the recording as well are a split."""
    title: str
    score: int | None
    """0..100 by the ranker; None for a clip cut by hand."""
    reasons: tuple[Reason, ...]
    quote_first: str
    quote_last: str
    aspect: Aspect = Aspect.VERTICAL
    framing: Framing = Framing.AUTO
    centre_x: float = 0.5
    """Where the middle of the crop lies: 0 = left, 1 = right edge of the source picture."""
    caption_style: str = "karaoke"
    captions_on: bool = True
    created_at: float = 0.0
    face_lock: FaceLock | None = None
    """Whom AUTO holds all the time; None for the one who speaks."""
    frame_keys: tuple[FrameKey, ...] = ()
    """A moving crop, in order; empty for a still one at ``centre_x``."""
    caption_override: CaptionStyle | None = None
    """This clip's own look of the captions, instead of the style named by ``caption_style``."""
    brand_kit: str = ""
    """The brand kit on this clip; empty for none."""
    layers: tuple[Layer, ...] = ()
    """Later ones lie on top of earlier ones."""
    markers: tuple[Marker, ...] = ()
    mix: Mix = field(default_factory=Mix)
    second_language: str = ""
    """The language (code of a translation) that is shown with the captions; empty for none."""
    asset_id: str = ""
    """The home recording's file (:attr:`Source.asset_id`); empty without one."""
    tightened: tuple[TightCut, ...] = ()
    """What tightening cut, and what of that was brought back."""
    review: Review = Review.NOT_YET

    def duck_db(self, layer: MusicLayer) -> float:
        """How far a song goes down under talk: by itself, or as far as the mix lets its bus."""
        depths = [one.depth_db for one in self.mix.ducking if one.of == layer.bus]
        return min(depths, default=0.0) if layer.duck_db is None else layer.duck_db

    @property
    def duration(self) -> Time:
        """How long the clip plays."""
        return Time(sum(part.duration.ticks for part in self.parts))

    @property
    def follows_people(self) -> bool:
        """Whether its frame follows the people in it: where the user's keys don't say where it is."""
        return self.framing in (Framing.AUTO, Framing.SPLIT) and not self.frame_keys

    def ranges_of(self, asset_id: str) -> tuple[TimeRange, ...]:
        """What plays of an asset, in the order of play, in its time."""
        return tuple(part.range for part in self.parts if part.asset_id == asset_id and not part.card)

    @property
    def kept(self) -> tuple[TimeRange, ...]:
        """What plays of the home recording, in the order of play."""
        return self.ranges_of(self.asset_id)

    @property
    def range(self) -> TimeRange:
        """From the earliest in point to the latest out point in the home recording; without a part of it
        the empty range at 0."""
        kept = self.kept
        if not kept:
            return TimeRange(ZERO, ZERO)
        return TimeRange(min(one.start for one in kept), max(one.end for one in kept))

    @property
    def hull(self) -> TimeRange | None:
        """From the earliest in point to the latest out point in the recording of the first part; None where
        that is a card or a still. What other programs are told as the clip's start and end."""
        if not self.parts or self.parts[0].card is not None or self.parts[0].still:
            return None
        ranges = self.ranges_of(self.parts[0].asset_id)
        return TimeRange(min(one.start for one in ranges), max(one.end for one in ranges))

    @property
    def plays_through(self) -> bool:
        """Whether nothing plays but the home recording, in its own order."""
        home = all(part.asset_id == self.asset_id and part.card is None for part in self.parts)
        return home and all(a.range.end <= b.range.start for a, b in pairwise(self.parts))

    @property
    def cuts(self) -> tuple[TimeRange, ...]:
        """What is left out of the home recording between its parts: source time, in order."""
        return gaps(self.kept)

    @property
    def splits(self) -> tuple[Time, ...]:
        """Where two parts meet that play one after the other in the home recording, too: source time."""
        pairs = pairwise(self.parts)
        return tuple(sorted({b.range.start for a, b in pairs if a.joins(b) and a.asset_id == self.asset_id}))

    @property
    def original_volume_db(self) -> float:
        """How much louder the recordings' own sound is than it was recorded; :data:`MUTE_DB` for silent."""
        return MUTE_DB if self.mix.speech.mute else self.mix.speech.volume_db


def gaps(ranges: tuple[TimeRange, ...]) -> tuple[TimeRange, ...]:
    """What lies between ranges of one clock, in order."""
    found: list[TimeRange] = []
    reached: Time | None = None
    for one in sorted(ranges, key=lambda one: one.start):
        if reached is not None and one.start > reached:
            found.append(TimeRange(reached, one.start))
        reached = one.end if reached is None else max(reached, one.end)
    return tuple(found)


def parts_of(asset_id: str, *ranges: TimeRange) -> tuple[Part, ...]:
    """Parts of one recording at its own speed."""
    return tuple(Part(asset_id, one) for one in ranges)
