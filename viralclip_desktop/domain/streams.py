"""What probing a file tells: its picture and sound tracks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import Time


@dataclass(frozen=True, slots=True)
class VideoStream:
    """One picture track.

    ``size`` is what a viewer sees: after the pixel aspect ratio and the rotation are applied.
    ``fps`` is the average rate; with ``variable_rate`` frames must be found by time stamp.
    ``keyframe_gap_s`` is the longest distance between keyframes seen near the start, None if unknown.
    """

    index: int
    codec: str
    size: Size
    coded_size: Size
    rotation_deg: int
    pixel_aspect: Fraction
    fps: Fraction
    variable_rate: bool
    pixel_format: str
    bit_depth: int
    hdr: bool
    color_transfer: str = ""
    color_primaries: str = ""
    color_matrix: str = ""
    color_range: str = ""
    keyframe_gap_s: float | None = None


class ChannelUse(StrEnum):
    """How the two channels of a stereo track are heard."""

    BOTH = "both"
    LEFT = "left"
    """The left one on both sides: the other is empty."""
    RIGHT = "right"
    INVERTED = "inverted"
    """The right one turned over: as recorded, it cancels the left one wherever both become one."""


@dataclass(frozen=True, slots=True)
class AudioStream:
    """One sound track. ``index`` is the stream index in the file."""

    index: int
    codec: str
    channels: int
    layout: str
    rate_hz: int
    language: str = ""
    title: str = ""
    default: bool = False
    """Whether the file names it as the one to play."""
    channel_use: ChannelUse = ChannelUse.BOTH
    """What was found at import, or chosen since."""


@dataclass(frozen=True, slots=True)
class MediaInfo:
    """What probing a file told. All times elsewhere are *source time*: seconds since the container's
    start, whatever time stamp that start carries (``start_offset``)."""

    container: str
    duration: Time
    start_offset: Time
    video: VideoStream | None
    audio: tuple[AudioStream, ...]
    size_bytes: int
    sound_ahead_s: float = 0.0
    """How far, at most, sound lies ahead of the picture it belongs to in the file: a jump to a picture misses
    so many seconds of sound after it."""
    declared_s: float | None = None
    """The length that the file claims, where its data end sooner (``duration`` is theirs)."""
