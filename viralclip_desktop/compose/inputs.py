"""Files opened as ffmpeg's inputs, where decoding has to begin, and their pictures at a constant rate."""

from __future__ import annotations

import os
from fractions import Fraction
from itertools import count
from pathlib import Path
from typing import Any

from viralclip_desktop.core.time import TICKS_PER_SECOND, ZERO, Time
from viralclip_desktop.domain.media import MediaInfo, VideoStream

_FILE = "file:"
_PROTOCOLS = "file,pipe,fd"  # an input refers to local files only
_SOUND_PREROLL = Time.from_seconds(Fraction(1, 2))  # a decoder of sound needs 20-80 ms to settle; mp3 more
_INDEXED = ("mov", "mp4", "m4a", "m4v", "matroska", "webm", "avi")
UNKNOWN_GOP_S = 12.0
"""x264's default distance between keyframes at 24 fps, and a little."""
_SLACK = Time.from_seconds(Fraction(2, 1000))
"""How late a source frame may be and still count for a frame of the clip. Matroska and FLV round time
stamps to a millisecond: without slack, every third frame of 30 fps would be off by one."""
_INTERLACED_CODECS = frozenset({"mpeg2video", "h264", "hevc", "vc1", "mpeg4", "dvvideo", "prores", "mjpeg"})
_numbers = count()


def opened(path: str, *, begin_s: float = 0.0, start_offset: Time = ZERO) -> Any:
    """A local file from the keyframe before ``begin_s`` (source time) on: an ffmpeg-python input whose tracks
    are told by their index. ``start_offset``, which the file's own start carries, is taken off all stamps:
    ffmpeg's own ``-start_at_zero`` would let a transport stream begin with the first track *in use*.

    Every call is an input of its own: the library takes equal inputs, and equal filters after them, for one.
    """
    from ffmpeg import input as ffmpeg_input
    from ffmpeg.nodes import InputNode

    options: dict[str, Any] = {"protocol_whitelist": _PROTOCOLS, "reinit_filter:v": 0}
    if begin_s > 0:
        options |= {"ss": f"{begin_s:.6f}", "noaccurate_seek": None}
    if start_offset:
        options["itsoffset"] = f"{-start_offset.seconds:.6f}"
    options["filename"] = f"{_FILE}{os.fsencode(Path(path).absolute()).decode('latin-1')}"
    return InputNode(ffmpeg_input.__name__, args=[next(_numbers)], kwargs=options)


def as_argument(text: str) -> str:
    """An argument of the library as the system takes it: the library takes only names that are text, so
    :func:`opened` gives it those of files byte by byte."""
    if not text.startswith(_FILE):
        return text
    return _FILE + os.fsdecode(text.removeprefix(_FILE).encode("latin-1"))


def opened_at(path: str, info: MediaInfo, start: Time, *, sound: bool, begins: Time = ZERO) -> Any:
    """A recording, opened where decoding has to begin for what starts at ``start``: filters see source time,
    and nothing before the keyframe is decoded. ``begins``: where in source time the file does."""
    begin_s = (start - begins).seconds - preroll_s(info, sound=sound)
    return opened(path, begin_s=begin_s, start_offset=info.start_offset - begins)


def preroll_s(info: MediaInfo, *, sound: bool) -> float:
    """How much earlier than it is needed a recording is read."""
    preroll = _SOUND_PREROLL.seconds + info.sound_ahead_s if sound else 0.0
    if info.video is not None and not info.container.startswith(_INDEXED):
        # No index of keyframes: ffmpeg lands anywhere, and shows nothing until the next one.
        gap = info.video.keyframe_gap_s
        preroll += UNKNOWN_GOP_S if gap is None else gap * 1.5 + 0.5
    return preroll


def timed(
    stream: Any,
    video: VideoStream,
    start: Time,
    frames: int,
    fps: Fraction,
    *,
    speed: Fraction = Fraction(1),
) -> Any:
    """Constant rate by time stamp: frame k is the newest source frame at or before its time, ``start`` and
    ``speed`` times k / ``fps``. The first frame also stands in for what is missing before it, the last one
    for what is missing after it."""
    stream = whole_pictures(stream, video).filter("settb", f"1/{TICKS_PER_SECOND}")
    since = f"PTS-{(start + _SLACK).ticks}"
    expr = since if speed == 1 else f"({since})*{speed.denominator}/{speed.numerator}"
    stream = stream.filter("setpts", expr=expr)
    stream = stream.filter("tpad", stop=-1, stop_mode="clone")
    stream = stream.filter("fps", fps=str(fps), round="up", start_time=0)
    return stream.filter("trim", end_frame=frames)


def whole_pictures(stream: Any, video: VideoStream) -> Any:
    """The pictures of a track as they are decoded: of one size and format, and not interlaced."""
    stream = _one_size(stream, video)
    if video.codec in _INTERLACED_CODECS:
        stream = stream.filter("bwdif", mode="send_frame", deint="interlaced")
    return stream


def _one_size(stream: Any, video: VideoStream) -> Any:
    """Pictures of the size and format that the first one had, which costs nothing where all are: a broadcast
    or a call changes them on the way. (ffmpeg would build its filters anew then, and count frames from 0
    again: :func:`opened` asks it not to.)"""
    turned = video.rotation_deg % 180
    width, height = video.coded_size.width, video.coded_size.height
    size = {"w": height, "h": width} if turned else {"w": width, "h": height}
    return stream.filter("scale", **size).filter("format", video.pixel_format)
