"""The render plan: everything that decides the pixels and samples of a clip, and nothing else.

Preview and export are the same plan at two sizes. *Clip time* starts at 0 at the clip's in point.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import FrameKey, Framing
from viralclip_desktop.domain.faces import FacesSeen
from viralclip_desktop.domain.media import MediaInfo
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.domain.translation import TranslatedLine


@dataclass(frozen=True, slots=True)
class LoudnessPlan:
    """How loud the clip becomes. ``gain_db`` is measured before the render; None = leave it as it is."""

    target_lufs: float = -14.0
    ceiling_dbtp: float = -2.0
    """The limiter's ceiling: AAC raises true peaks by up to 1.7 dB (measured), -2 keeps them under -1."""
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


@dataclass(frozen=True, slots=True)
class SoundLayer:
    """Music or a voice beside the clip's own sound. ``range`` is clip time, ``fade`` at both its ends."""

    path: str
    info: MediaInfo
    range: TimeRange
    source_start: Time = ZERO
    volume_db: float = 0.0
    fade: Time = ZERO
    duck_db: float = 0.0
    """How far it goes down while somebody talks; 0 for not at all."""
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
class RenderPlan:
    """A whole clip. ``kept`` are ranges of source time, played one after the other."""

    source_path: str
    info: MediaInfo
    audio_stream: int | None
    """Stream index in the file, None without sound or where it is not to be heard."""
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
    fonts: tuple[str, ...] = ()
    """Font files of the clip's brand, which captions may use besides those that ship."""
    moves: tuple[CropMove, ...] = ()
    """The path of a moving crop from the clip's start on; empty for a still one at ``centre_x``."""
    overlays: tuple[Overlay, ...] = ()
    """From the lowest to the topmost; captions are above all of them."""
    sounds: tuple[SoundLayer, ...] = ()
    speech: tuple[TimeRange, ...] = ()
    """When somebody talks, in clip time, in order: where music goes down."""
    name_line: NameLine | None = None
    intro: Bookend | None = None
    outro: Bookend | None = None
    """Before clip time 0, and after the clip's end."""
    own_volume_db: float = 0.0
    """The level of the recording's own sound against the sounds beside it."""
    faces: tuple[FacesSeen, ...] = ()
    """The faces that captions keep off, in shares of the source picture, by clip time; the nearest look tells
    of a moment. Empty where the style doesn't ask for it."""
    second_lines: tuple[TranslatedLine, ...] = ()
    """The second language shown with the captions, in clip time and in order; empty for none."""

    @property
    def captioned(self) -> bool:
        """Whether there are captions in either language."""
        return self.style is not None and bool(self.words or self.second_lines)

    @property
    def duration(self) -> Time:
        """Length of the finished clip: a whole number of frames."""
        total = sum((part.duration.ticks for part in self.kept), 0)
        return Time.from_frames(max(1, Time(total).nearest_frame(self.fps)), self.fps)

    @property
    def has_sound(self) -> bool:
        """Whether anything can be heard."""
        bookends = any(end.info.audio for end in (self.intro, self.outro) if end is not None)
        return self.audio_stream is not None or bool(self.sounds) or bookends

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
