"""What the three formats have in common: recordings, and the pieces of them that make a timeline.

Everything is counted in whole frames: a piece's place and length in frames of the timeline, its in point
in frames of its own recording. The cuts are those of the render plan, so that a timeline shows exactly
the frames an export has.
"""

from __future__ import annotations

from collections.abc import Sequence as Several
from dataclasses import dataclass
from fractions import Fraction

from viralclip_desktop.compose.clip_plan import SOUND_ONLY_FPS, output_rate, plan_clip
from viralclip_desktop.compose.graph import Part, parts, whole
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.geometry import Size, frame_size
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.media import AudioStream, Source
from viralclip_desktop.features.interchange.addresses import file_name, file_url
from viralclip_desktop.features.interchange.text import one_line

DROP_FRAME_RATES = (Fraction(30000, 1001), Fraction(60000, 1001))
"""The rates whose timecode leaves out frame numbers to keep up with the clock (SMPTE ST 12-1)."""
_SLACK = Time.from_seconds(Fraction(2, 1000))  # as the graph has it: containers round to a millisecond
_SHORT_SIDE_PX = 1080


@dataclass(frozen=True, slots=True)
class StartCode:
    """The timecode a file gives its own first frame: whole frames since midnight."""

    frame: int
    drop_frame: bool


@dataclass(frozen=True, slots=True)
class Media:
    """A recording as editors count it. ``rate``: frames a second; without a picture, the timeline's."""

    source: Source
    rate: Fraction
    start_code: StartCode | None = None

    @property
    def url(self) -> str:
        """Where the file is, as ``file:`` URL."""
        return file_url(self.source.path)

    @property
    def file_name(self) -> str:
        """The name of the file."""
        return file_name(self.source.path)

    @property
    def first_frame(self) -> int:
        """The number of the first frame, by the file's own timecode."""
        return 0 if self.start_code is None else self.start_code.frame

    @property
    def frames(self) -> int:
        """How many frames the recording has."""
        return max(1, self.source.info.duration.nearest_frame(self.rate))


@dataclass(frozen=True, slots=True)
class Piece:
    """One kept range of a clip on the timeline."""

    media: Media
    clip: Clip
    first_of_clip: bool
    source_start: Time
    """In point, source time: exact, for sound without a picture."""
    source_frame: int
    """In point in frames of the recording since its beginning (not since midnight)."""
    source_frames: int
    """Length in frames of the recording."""
    offset: int
    """Where it lies, in frames of the timeline."""
    frames: int
    """Length in frames of the timeline."""

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
    def has_picture(self) -> bool:
        """Whether there is anything to see."""
        return self.media.source.info.video is not None

    @property
    def sound(self) -> AudioStream | None:
        """The sound track in use."""
        return self.media.source.audio


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
        codes = [piece.media.start_code for piece in self.pieces if piece.media.start_code is not None]
        return codes[0].drop_frame if codes else True


@dataclass(frozen=True, slots=True)
class Chosen:
    """A clip with its recording and that one's own timecode."""

    clip: Clip
    source: Source
    start_code: StartCode | None = None


def build_sequence(chosen: Several[Chosen], name: str = "") -> Sequence:
    """Clips one after the other, at the rate and in the shape of the first (of those with a picture)."""
    rate = sequence_rate([item.source for item in chosen])
    pieces: list[Piece] = []
    for item in chosen:
        plan = plan_clip(item.source, None, item.clip, None, fps=rate)
        offset = pieces[-1].offset + pieces[-1].frames if pieces else 0
        pieces += pieces_of(plan, item, offset)
    lead = next((item for item in chosen if item.source.info.video is not None), chosen[0])
    title = name or (chosen[0].clip.title if len(chosen) == 1 else lead.source.title)
    size = frame_size(lead.clip.aspect, _SHORT_SIDE_PX)
    return Sequence(one_line(title) or "Timeline", rate, size, tuple(pieces))


def sequence_rate(sources: Several[Source]) -> Fraction:
    """The rate of the first recording with a picture, as the nearest that editors know."""
    for source in sources:
        if source.info.video is not None:
            return output_rate(source.info.video)
    return SOUND_ONLY_FPS


def media_rate(source: Source, fallback: Fraction) -> Fraction:
    """The rate frames of a recording are counted at: its own; of uneven frames, the one it stands for."""
    video = source.info.video
    if video is None:
        return fallback
    return output_rate(video) if video.variable_rate else video.fps


def pieces_of(plan: RenderPlan, item: Chosen, offset: int = 0) -> list[Piece]:
    """The kept ranges of one plan as pieces, the first at ``offset`` frames of the timeline."""
    media = Media(item.source, media_rate(item.source, plan.fps), item.start_code)
    pieces: list[Piece] = []
    for part in parts(plan, whole(plan)):
        piece = _piece(part, media, item.clip, plan.fps, offset=offset, first=not pieces)
        offset += piece.frames
        pieces.append(piece)
    return pieces


def _piece(part: Part, media: Media, clip: Clip, rate: Fraction, *, offset: int, first: bool) -> Piece:
    """A piece never reaches beyond its recording: editors refuse such a cut."""
    if media.source.info.video is None:
        begin = part.start.nearest_frame(media.rate)
    else:
        begin = (part.start + _SLACK).frames(media.rate)
    begin = min(begin, media.frames - 1)
    room = Time.from_frames(media.frames - begin, media.rate).nearest_frame(rate)
    frames = max(1, min(part.frames, room))
    length = max(1, Time.from_frames(frames, rate).nearest_frame(media.rate))
    return Piece(media, clip, first, part.start, begin, length, offset, frames)
