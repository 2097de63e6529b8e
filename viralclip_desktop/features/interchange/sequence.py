"""What the three formats have in common: the pieces that make a timeline.

Everything is counted in whole frames: a piece's place and length in frames of the timeline, its in point
in frames of its own file. The cuts are those of the render plan, so that a timeline shows exactly the frames
an export has. A piece is from a recording, a still, or a card, which has no file.
"""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Sequence as Several
from dataclasses import dataclass, field, replace
from fractions import Fraction

from viralclip_desktop.compose.clip_plan import plan_clip
from viralclip_desktop.compose.footage import Footage
from viralclip_desktop.compose.parts import Part, parts, whole
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.geometry import Size, frame_size
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.clip import Card, Clip
from viralclip_desktop.domain.media import AudioStream, Source
from viralclip_desktop.features.interchange.media import (
    DROP_FRAME_RATES,
    Media,
    StartCode,
    other_file,
    recording,
)
from viralclip_desktop.features.interchange.text import one_line

_SLACK = Time.from_seconds(Fraction(2, 1000))  # as the graph has it: containers round to a millisecond
_SHORT_SIDE_PX = 1080


@dataclass(frozen=True, slots=True)
class Piece:
    """One part of a clip on the timeline."""

    media: Media | None
    """None for a card, and for a file that nobody knows."""
    clip: Clip
    first_of_clip: bool
    source_start: Time
    """In point in the file: exact, for sound without a picture."""
    source_frame: int
    """In point in frames of the file since its beginning (not since midnight)."""
    source_frames: int
    """How many frames of the file play."""
    offset: int
    """Where it lies, in frames of the timeline."""
    frames: int
    """Length in frames of the timeline."""
    speed: Fraction = Fraction(1)
    card: Card | None = None

    @property
    def title(self) -> str:
        """The clip's title on one line."""
        return one_line(self.clip.title) or "Clip"

    @property
    def note(self) -> str:
        """What the program knows about the clip: its score and why it was found."""
        reasons = " ".join(one_line(reason.text) for reason in self.clip.reasons)
        score = f"Score {self.clip.score}." if self.clip.score else ""
        return f"{score} {reasons}".strip()

    @property
    def card_text(self) -> str:
        """What a card says, on one line."""
        return one_line(self.card.text) if self.card is not None else ""

    @property
    def has_picture(self) -> bool:
        """Whether a file has anything to see for it."""
        return self.media is not None and self.media.info.video is not None

    @property
    def sound(self) -> AudioStream | None:
        """The sound track in use."""
        return None if self.media is None else self.media.sound


@dataclass(frozen=True, slots=True)
class Sequence:
    """A whole timeline, its pieces one after the other."""

    name: str
    rate: Fraction
    size: Size
    pieces: tuple[Piece, ...]

    @property
    def frames(self) -> int:
        """How long it is."""
        return sum(piece.frames for piece in self.pieces)

    @property
    def drop_frame(self) -> bool:
        """Whether its timecode drops frame numbers: as the recordings' own does, else wherever it can."""
        if self.rate not in DROP_FRAME_RATES:
            return False
        codes = [piece.media.start_code for piece in self.pieces if piece.media is not None]
        return next((code.drop_frame for code in codes if code is not None), True)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A clip with its home recording (None without one) and what else its parts are from."""

    clip: Clip
    source: Source | None
    start_code: StartCode | None = None
    """The home recording's own timecode."""
    others: tuple[Source, ...] = ()
    """Further recordings."""
    assets: Mapping[str, Asset] = field(default_factory=dict)
    """Stills and films from the library, by id."""
    other_codes: Mapping[str, StartCode | None] = field(default_factory=dict)
    """The timecodes of the further recordings, by source."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """All recordings, the home one first."""
        return self.others if self.source is None else (self.source, *self.others)

    def plan(self, fps: Fraction | None = None) -> RenderPlan:
        """The plan of the clip's parts, at its own rate or another."""
        others = [Footage(source) for source in self.others]
        return plan_clip(self.source, None, self.clip, None, fps=fps, assets=self.assets, others=others)

    def media(self, asset_id: str, rate: Fraction) -> Media | None:
        """The file of a part. ``rate``: the timeline's."""
        for source in self.sources:
            if source.asset_id == asset_id:
                code = self.start_code if source is self.source else self.other_codes.get(source.id)
                return recording(source, rate, code)
        asset = self.assets.get(asset_id)
        return None if asset is None else other_file(asset, rate)


def build_sequence(chosen: Several[Chosen], name: str = "") -> Sequence:
    """Clips one after the other, at the rate and in the shape of the first (of those with a picture)."""
    lead = next((item for item in chosen if _moves(item)), chosen[0])
    rate = lead.plan().fps
    pieces: list[Piece] = []
    for item in chosen:
        offset = pieces[-1].offset + pieces[-1].frames if pieces else 0
        pieces += pieces_of(item.plan(rate), item, offset)
    titled = lead.source.title if lead.source is not None else lead.clip.title
    title = name or (chosen[0].clip.title if len(chosen) == 1 else titled)
    size = frame_size(lead.clip.aspect, _SHORT_SIDE_PX)
    return Sequence(one_line(title) or "Timeline", rate, size, tuple(pieces))


def _moves(item: Chosen) -> bool:
    """Whether any recording of a clip has a picture."""
    return any(source.info.video is not None for source in item.sources)


def pieces_of(plan: RenderPlan, item: Chosen, offset: int = 0) -> list[Piece]:
    """The parts of one plan as pieces, the first at ``offset`` frames of the timeline."""
    pieces: list[Piece] = []
    for part in parts(plan, whole(plan)):
        piece = _piece(part, item, plan.fps, offset=offset, first=not pieces)
        offset += piece.frames
        pieces.append(piece)
    return pieces


def _piece(part: Part, item: Chosen, rate: Fraction, *, offset: int, first: bool) -> Piece:
    """A piece never reaches beyond its recording: editors refuse such a cut."""
    own = part.planned.part
    media = None if own.card is not None else item.media(own.asset_id, rate)
    piece = Piece(
        media, item.clip, first, part.heard, 0, part.frames, offset, part.frames, own.speed, own.card
    )
    return piece if media is None or media.is_still else _cut(piece, media, part, rate)


def _cut(piece: Piece, media: Media, part: Part, rate: Fraction) -> Piece:
    if media.info.video is None:
        begin = part.start.nearest_frame(media.rate)
    else:
        begin = (part.start + _SLACK).frames(media.rate)
    begin = min(begin, media.frames - 1)
    room = Time.from_frames(media.frames - begin, media.rate * piece.speed).nearest_frame(rate)
    frames = max(1, min(part.frames, room))
    length = max(1, Time.from_frames(frames, rate / piece.speed).nearest_frame(media.rate))
    return replace(piece, source_frame=begin, source_frames=length, frames=frames)
