"""The render plan: everything that decides the pixels and samples of a clip, and nothing else.

Preview and export are the same plan at two sizes. *Clip time* starts at 0 at the clip's in point.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import FrameKey, Framing, Part
from viralclip_desktop.domain.clip_time import Placed
from viralclip_desktop.domain.faces import FacesSeen
from viralclip_desktop.domain.frame_plan import FrameShot
from viralclip_desktop.domain.layers import ProgressLayer, TitleLayer, TitleMotion
from viralclip_desktop.domain.media import MediaInfo, VideoStream
from viralclip_desktop.domain.mix import LevelKey, VoiceTone
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.domain.translation import TranslatedLine


@dataclass(frozen=True, slots=True)
class LoudnessPlan:
    """How loud the clip becomes. ``gain_db`` is measured before the render; None = leave it as it is."""

    target_lufs: float = -14.0
    ceiling_dbtp: float = -2.0
    """The limiter's ceiling, as a first try: AAC raises true peaks by up to 1.7 dB (measured), and what comes
    out too high is made again with a lower one."""
    gain_db: float | None = None


@dataclass(frozen=True, slots=True)
class CropMove:
    """One stretch of a moving crop's path, in clip time: until when it counts, and the keys it moves
    between (by the first one's easing). A key may lie outside the stretch: a cut took its moment."""

    until: Time
    one: FrameKey
    other: FrameKey


@dataclass(frozen=True, slots=True)
class Overlay:
    """A picture or silent film over the clip's picture. ``range`` is clip time; the place is in shares of
    the frame's width (``x``, ``width``) and height (``y``)."""

    path: str
    info: MediaInfo
    """A picture that stands still has a duration of 0."""
    range: TimeRange
    x: float
    y: float
    width: float
    """The height follows the picture's own shape. From 1 on it fills the whole frame, cropped to cover it."""
    source_start: Time = ZERO
    opacity: float = 1.0
    fade: Time = ZERO
    motion: TitleMotion = TitleMotion.FADE
    id: str = ""
    """Of the layer it is; ``logo`` and ``watermark`` for those of the brand."""


@dataclass(frozen=True, slots=True)
class Duck:
    """A sound goes down while there is talk (clip time, in order)."""

    talk: tuple[TimeRange, ...]
    depth_db: float
    attack: Time
    release: Time


@dataclass(frozen=True, slots=True)
class Level:
    """What a bus does to a sound; times are clip time."""

    volume_db: float = 0.0
    automation: tuple[LevelKey, ...] = ()
    ducks: tuple[Duck, ...] = ()
    """Where several count at once, the deepest does."""
    fade_in: Time = ZERO
    fade_out: Time = ZERO
    """Lengths, at the clip's start and end."""
    tone: VoiceTone = VoiceTone.AS_RECORDED


@dataclass(frozen=True, slots=True)
class SoundLayer:
    """Music or a voice beside the clip's own sound. ``range`` is clip time, ``fade`` at both its ends."""

    path: str
    info: MediaInfo
    range: TimeRange
    source_start: Time = ZERO
    volume_db: float = 0.0
    fade: Time = ZERO
    bus: Level = Level()
    """The level of the bus it plays on, with all that it makes room for."""
    loop: bool = False
    """Whether a file that is over before its range begins again; else silence follows."""


@dataclass(frozen=True, slots=True)
class Bookend:
    """A film played before or after the clip, whole and with its own sound."""

    path: str
    info: MediaInfo

    def frames(self, fps: Fraction) -> int:
        """How many frames of the file it takes."""
        return self.info.duration.nearest_frame(fps)


@dataclass(frozen=True, slots=True)
class NameLine:
    """A lower third: who speaks, on a plate. ``range`` is clip time; colours are ``#RRGGBB`` or
    ``#RRGGBBAA``; ``font`` is a family among the plan's fonts or those that ship."""

    title: str
    subtitle: str
    range: TimeRange
    plate: str
    accent: str
    font: str


@dataclass(frozen=True, slots=True)
class Recording:
    """A file that parts of a clip are read from. One that stands still has a duration of 0."""

    path: str
    info: MediaInfo
    audio_stream: int | None = None
    """Stream index in the file, None without sound or where it is not to be heard."""
    heard_from: Recording | None = None
    """Another file, of the same times, whose sound is heard in the place of this one's."""
    begins: Time = ZERO
    """Where the file begins in source time: later than 0 for a proxy of a stretch, and for the background of
    one."""

    @property
    def channel_use(self) -> str:
        """How the channels of the track that is heard are used."""
        tracks = (track for track in self.info.audio if track.index == self.audio_stream)
        return next((str(track.channel_use) for track in tracks), "")

    @property
    def is_still(self) -> bool:
        """Whether it is a picture."""
        return not self.info.duration and self.info.video is not None


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """A part of a clip, and the file it is read from (None for a card)."""

    part: Part
    recording: Recording | None
    crossfade: Time = ZERO
    """How long its sound and that of the part before it overlap; 0 for as short as avoids a click."""

    @property
    def range(self) -> TimeRange:
        """What plays, in the file's time."""
        return self.part.range

    @property
    def video(self) -> VideoStream | None:
        """The picture track; None for a card and for sound alone."""
        return None if self.recording is None else self.recording.info.video

    @property
    def is_sound_alone(self) -> bool:
        """Whether there is no picture to show, so that one is drawn."""
        return self.recording is not None and self.recording.info.video is None

    @property
    def audio_stream(self) -> int | None:
        """The sound that is heard; None for silence."""
        return None if self.recording is None else self.recording.audio_stream


def parts_of_file(
    path: str, info: MediaInfo, audio_stream: int | None, *ranges: TimeRange
) -> tuple[PlannedPart, ...]:
    """Ranges of one file, played one after the other."""
    recording = Recording(path, info, audio_stream)
    return tuple(PlannedPart(Part(path, one), recording) for one in ranges)


@dataclass(frozen=True, slots=True)
class RenderPlan:
    """A whole clip."""

    parts: tuple[PlannedPart, ...]
    """In the order of play; at least one."""
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
    fonts: tuple[str, ...] = ()
    """Font files of the clip's brand, which captions may use besides those that ship."""
    moves: tuple[CropMove, ...] = ()
    """The path of a moving crop from the clip's start on; empty for a still one at ``centre_x``."""
    shots: tuple[FrameShot, ...] = ()
    """How the frame follows who speaks, in order and without gaps, in clip time; empty where ``framing``,
    ``centre_x`` and ``moves`` say it all."""
    overlays: tuple[Overlay, ...] = ()
    """From the lowest to the topmost; captions are above all of them."""
    sounds: tuple[SoundLayer, ...] = ()
    titles: tuple[TitleLayer, ...] = ()
    """Texts over the picture, from the lowest to the topmost."""
    progress: tuple[ProgressLayer, ...] = ()
    """Bars that fill while the clip plays, below the titles."""
    name_line: NameLine | None = None
    intro: Bookend | None = None
    outro: Bookend | None = None
    """Before clip time 0, and after the clip's end."""
    own_level: Level = Level()
    """The level of the recordings' own sound against the sounds beside it."""
    faces: tuple[FacesSeen, ...] = ()
    """The faces that captions keep off, in shares of the picture that plays then, by clip time; the nearest
    look tells of a moment. Empty where the style doesn't ask for it."""
    second_lines: tuple[TranslatedLine, ...] = ()
    """The second language shown with the captions, in clip time and in order; empty for none."""
    language: str = ""
    """The code of the language of ``words``, where it is known."""

    @property
    def captioned(self) -> bool:
        """Whether there are captions in either language."""
        return self.style is not None and bool(self.words or self.second_lines)

    @property
    def duration(self) -> Time:
        """Length of the finished clip: a whole number of frames."""
        total = sum((planned.part.duration.ticks for planned in self.parts), 0)
        return Time.from_frames(max(1, Time(total).nearest_frame(self.fps)), self.fps)

    @property
    def has_sound(self) -> bool:
        """Whether anything can be heard."""
        bookends = any(end.info.audio for end in (self.intro, self.outro) if end is not None)
        return self.has_own_sound or bool(self.sounds) or bookends

    @property
    def heard(self) -> tuple[object, ...]:
        """All that decides what it sounds like, and how loud it is wanted. Two plans of which this is equal
        sound the same, up to their level."""
        heard = [one.heard_from or one for one in self.recordings]
        files = [(one.path, one.info.size_bytes, one.audio_stream, one.channel_use) for one in heard]
        parts = [
            (planned.recording.path if planned.recording else "", planned.range, planned.part.speed)
            for planned in self.parts
        ]
        ends = (self.intro, self.outro, self.fade_in, self.fade_out, self.loudness.target_lufs)
        return (files, self.own_level, parts, self.duration, self.sounds, *ends)

    @property
    def has_own_sound(self) -> bool:
        """Whether any part can be heard."""
        return any(planned.audio_stream is not None for planned in self.parts)

    @property
    def has_picture(self) -> bool:
        """Whether there is any picture besides the one that is drawn for sound alone."""
        return not all(planned.is_sound_alone for planned in self.parts)

    @property
    def kept(self) -> tuple[TimeRange, ...]:
        """What plays of each part's file, in the order of play."""
        return tuple(planned.range for planned in self.parts)

    @property
    def lettered(self) -> tuple[TimeRange, ...]:
        """When text besides the captions shows, in clip time: the name line, titles, bars of
        progress, cards."""
        line = [self.name_line.range] if self.name_line is not None else []
        cards = [TimeRange(place.start, place.end) for planned, place in self.placed() if planned.part.card]
        titles, bars = (title.range for title in self.titles), (bar.range for bar in self.progress)
        return (*line, *titles, *bars, *cards)

    def moves_in(self, recording: Recording) -> tuple[CropMove, ...]:
        """The stretches of the crop's path that count while a recording plays."""
        if len(self.recordings) < 2:
            return self.moves
        found: dict[CropMove, None] = {}
        for planned, place in self.placed():
            if planned.recording == recording:
                found |= dict.fromkeys(self._moves_between(place.start, place.end))
        return tuple(found)

    def _moves_between(self, start: Time, end: Time) -> Iterator[CropMove]:
        for move in self.moves:
            if move.until > start:
                yield move
            if move.until >= end:
                return

    @property
    def recordings(self) -> tuple[Recording, ...]:
        """The files its parts are read from, each once."""
        found = (planned.recording for planned in self.parts)
        by_path = {recording.path: recording for recording in found if recording is not None}
        return tuple(by_path.values())

    def placed(self) -> Iterator[tuple[PlannedPart, Placed]]:
        """The parts with the clip times they begin at."""
        at = ZERO
        for index, planned in enumerate(self.parts):
            yield planned, Placed(planned.part, index, at)
            at += planned.part.duration

    def video_at(self, at: Time) -> VideoStream | None:
        """The picture track that plays at a clip time, which is held between 0 and the duration."""
        if len({id(planned.recording) for planned in self.parts}) == 1:
            return self.parts[0].video
        return self.part_at(at).video

    def part_at(self, at: Time) -> PlannedPart:
        """The part that plays at a clip time, which is held between 0 and the duration."""
        found = (planned for planned, place in self.placed() if at < place.end)
        return next(found, self.parts[-1])

    @property
    def intro_frames(self) -> int:
        """How many frames the intro has; 0 without one."""
        return self.intro.frames(self.fps) if self.intro is not None else 0

    @property
    def outro_frames(self) -> int:
        """How many frames the outro has; 0 without one."""
        return self.outro.frames(self.fps) if self.outro is not None else 0

    @property
    def file_frames(self) -> int:
        """How many frames the exported file has: the clip's, the intro's and the outro's."""
        return self.intro_frames + self.frame_count + self.outro_frames

    @property
    def file_duration(self) -> Time:
        """Length of the exported file."""
        return Time.from_frames(self.file_frames, self.fps)

    @property
    def file_range(self) -> TimeRange:
        """The exported file in clip time: from the intro's beginning, below 0, to the outro's end."""
        last = self.frame_count + self.outro_frames
        return TimeRange(Time.from_frames(-self.intro_frames, self.fps), Time.from_frames(last, self.fps))

    @property
    def frame_count(self) -> int:
        """How many frames the finished clip has."""
        return self.duration.nearest_frame(self.fps)
