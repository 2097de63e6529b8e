"""The files of a timeline as editors count them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from viralclip_desktop.compose.clip_plan import output_rate
from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.media import AudioStream, MediaInfo, Source
from viralclip_desktop.features.interchange.addresses import file_name, file_url

DROP_FRAME_RATES = (Fraction(30000, 1001), Fraction(60000, 1001))
"""The rates whose timecode leaves out frame numbers to keep up with the clock (SMPTE ST 12-1)."""


@dataclass(frozen=True, slots=True)
class StartCode:
    """The timecode a file gives its own first frame: whole frames since midnight."""

    frame: int
    drop_frame: bool


@dataclass(frozen=True, slots=True)
class Media:
    """A file as editors count it. ``rate``: frames a second; without a picture that moves, the timeline's."""

    asset: Asset
    info: MediaInfo
    rate: Fraction
    sound: AudioStream | None = None
    """The sound track in use."""
    start_code: StartCode | None = None
    source_id: str = ""
    """The project's recording; empty for any other file."""

    @property
    def url(self) -> str:
        """Where the file is, as ``file:`` URL."""
        return file_url(self.asset.path)

    @property
    def file_name(self) -> str:
        """The name of the file."""
        return file_name(self.asset.path)

    @property
    def is_still(self) -> bool:
        """Whether it is a picture."""
        return self.info.video is not None and not self.info.duration

    @property
    def first_frame(self) -> int:
        """The number of the first frame, by the file's own timecode."""
        return 0 if self.start_code is None else self.start_code.frame

    @property
    def frames(self) -> int:
        """How many frames the file has; 1 for a picture."""
        return max(1, self.info.duration.nearest_frame(self.rate))


def recording(source: Source, fallback: Fraction, start_code: StartCode | None = None) -> Media:
    """A recording of the project. ``fallback``: the timeline's rate."""
    rate = media_rate(source.info, fallback)
    return Media(source.asset, source.info, rate, source.audio, start_code, source.id)


def other_file(asset: Asset, fallback: Fraction) -> Media | None:
    """A still or a film from the library; None for one that was never read."""
    if asset.info is None:
        return None
    sound = next(iter(asset.info.audio), None)
    return Media(asset, asset.info, media_rate(asset.info, fallback), sound)


def media_rate(info: MediaInfo, fallback: Fraction) -> Fraction:
    """The rate frames of a file are counted at: its own; of uneven frames, the one it stands for."""
    if info.video is None or not info.duration:
        return fallback
    return output_rate(info.video) if info.video.variable_rate else info.video.fps
