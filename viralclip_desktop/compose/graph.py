"""The one graph: a :class:`RenderPlan` becomes ffmpeg's inputs and filters, at any size, from any frame.

Preview and export call :func:`build` with different sizes and windows and nothing else. Everything
happens in *source time* up to the cut, and in *clip time* after it:

    file --seek--> source time --minus the in point--> clip time --fps--> frame k shows the newest source
    frame at or before k / fps, wherever decoding began; captions and fades see clip time.

Pure: nothing is run and nothing is read here.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from typing import Any

from viralclip_desktop.compose.framing import framed
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.compose.soundtrack import SAMPLE_RATE_HZ, fade_and_level, joined, part_sound, silence
from viralclip_desktop.compose.wave_picture import wave_picture
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import TICKS_PER_SECOND, Time, TimeRange
from viralclip_desktop.domain.media import VideoStream

CAPTIONS_FILE = "captions.ass"
"""The caption file's name in the work folder, which is ffmpeg's working folder: no path needs escaping."""
FONTS_FOLDER = "fonts"

_PROTOCOLS = "file,pipe,fd"  # an input refers to local files only
_SLACK = Time.from_seconds(Fraction(2, 1000))
"""How late a source frame may be and still count for a frame of the clip. Matroska and FLV round time
stamps to a millisecond: without slack, every third frame of 30 fps would be off by one."""
_SOUND_PREROLL = Time.from_seconds(Fraction(1, 2))  # a decoder of sound needs 20-80 ms to settle; mp3 more
_INDEXED = ("mov", "mp4", "m4a", "m4v", "matroska", "webm", "avi")
_UNKNOWN_GOP_S = 12.0  # x264's default distance between keyframes at 24 fps, and a little
_INTERLACED_CODECS = frozenset({"mpeg2video", "h264", "hevc", "vc1", "mpeg4", "dvvideo", "prores", "mjpeg"})


@dataclass(frozen=True, slots=True)
class Window:
    """Frames ``first`` up to but not including ``last`` of the clip."""

    first: int
    last: int

    @property
    def frames(self) -> int:
        """How many frames the window has."""
        return self.last - self.first


@dataclass(frozen=True, slots=True)
class Graph:
    """What ffmpeg is told: its inputs, the filters, and the labels of what comes out."""

    inputs: tuple[str, ...]
    script: str
    video: str | None
    audio: str | None


@dataclass(frozen=True, slots=True)
class Part:
    """The share of one kept range in a window: ``start`` (source time) is where its first frame looks."""

    start: Time
    frames: int
    source: TimeRange


def whole(plan: RenderPlan) -> Window:
    """All frames of a clip."""
    return Window(0, plan.frame_count)


def parts(plan: RenderPlan, window: Window) -> list[Part]:
    """Which parts of the source a window shows, each cut to whole frames."""
    ends = [0]
    total = Time(0)
    for kept in plan.kept:
        total = total + kept.duration
        ends.append(max(ends[-1], total.nearest_frame(plan.fps)))
    ends[-1] = max(plan.frame_count, ends[-2])
    found = []
    for kept, (begin, end) in zip(plan.kept, pairwise(ends), strict=True):
        first, last = max(begin, window.first), min(end, window.last)
        if first < last:
            skip = Time.from_frames(first - begin, plan.fps)
            found.append(Part(kept.start + skip, last - first, kept))
    return found


def build(
    plan: RenderPlan,
    size: Size,
    window: Window | None = None,
    *,
    video: bool = True,
    audio: bool = True,
    captions: bool = True,
    pixels: str = "yuv420p",
) -> Graph:
    """The graph of a window of a plan (all of it by default).

    ``pixels`` other than ``yuv420p`` converts at the very end, from what the export encodes. Sound is
    48 kHz stereo float, silent for a source without any, exactly as long as the picture. ``captions``
    expects :data:`CAPTIONS_FILE` and :data:`FONTS_FOLDER` in ffmpeg's working folder, and the picture of
    sound alone its drawing (:mod:`wave_picture`).
    """
    window = window or whole(plan)
    pieces = parts(plan, window)
    inputs = [_input(plan, part, sound=audio) for part in pieces]
    streams = []
    if video:
        if plan.info.video is None:
            picture = wave_picture(plan, size, window.first, window.frames)
        else:
            picture = _picture(plan, pieces, inputs, size)
        streams.append(_finished(picture, plan, window, captions=captions, pixels=pixels))
    if audio:
        streams.append(_sound(plan, pieces, inputs, window))
    return _compiled(streams, video=video, audio=audio)


def _input(plan: RenderPlan, part: Part, *, sound: bool) -> Any:
    """The file, opened where decoding has to begin for ``part``: filters see source time, and nothing
    before the keyframe is decoded."""
    import ffmpeg

    options: dict[str, Any] = {"protocol_whitelist": _PROTOCOLS}
    begin = part.start.seconds - _preroll_s(plan, sound=sound)
    if begin > 0:
        options |= {"ss": f"{begin:.6f}", "noaccurate_seek": None}
    return ffmpeg.input(f"file:{Path(plan.source_path).absolute()}", **options)


def _preroll_s(plan: RenderPlan, *, sound: bool) -> float:
    preroll = _SOUND_PREROLL.seconds if sound else 0.0
    video = plan.info.video
    if video is not None and not plan.info.container.startswith(_INDEXED):
        # No index of keyframes: ffmpeg lands anywhere, and shows nothing until the next one.
        gap = video.keyframe_gap_s
        preroll += _UNKNOWN_GOP_S if gap is None else gap * 1.5 + 0.5
    return preroll


def _sound(plan: RenderPlan, pieces: list[Part], inputs: list[Any], window: Window) -> Any:
    begin, end = _first_sample(plan, window.first), _first_sample(plan, window.last)
    if plan.audio_stream is None:
        return silence(end - begin)
    track = next(track for track in plan.info.audio if track.index == plan.audio_stream)
    streams, frame, sample = [], window.first, begin
    for part, source in zip(pieces, inputs, strict=True):
        frame += part.frames
        until = _first_sample(plan, frame)
        stream = source.node.stream(selector=str(plan.audio_stream))
        streams.append(part_sound(stream, track, part.start, until - sample))
        sample = until
    return fade_and_level(joined(streams, begin), plan, end - begin, begin)


def _first_sample(plan: RenderPlan, frame: int) -> int:
    return Time.from_frames(frame, plan.fps).samples(SAMPLE_RATE_HZ)


def _picture(plan: RenderPlan, pieces: list[Part], inputs: list[Any], size: Size) -> Any:
    import ffmpeg

    video = plan.info.video
    assert video is not None
    streams = []
    for part, source in zip(pieces, inputs, strict=True):
        stream = _timed(source.node.stream(selector=str(video.index)), video, part, plan.fps)
        streams.append(framed(stream, plan, video, size))
    return streams[0] if len(streams) == 1 else ffmpeg.concat(*streams, v=1, a=0)


def _timed(stream: Any, video: VideoStream, part: Part, fps: Fraction) -> Any:
    """Constant rate by time stamp: frame k is the newest source frame at or before its time. The first
    frame also stands in for what is missing before it, the last one for what is missing after it."""
    if video.codec in _INTERLACED_CODECS:
        stream = stream.filter("bwdif", mode="send_frame", deint="interlaced")
    stream = stream.filter("settb", f"1/{TICKS_PER_SECOND}")
    stream = stream.filter("setpts", expr=f"PTS-{(part.start + _SLACK).ticks}")
    stream = stream.filter("tpad", stop=-1, stop_mode="clone")
    stream = stream.filter("fps", fps=str(fps), round="up", start_time=0)
    return stream.filter("trim", end_frame=part.frames)


def _finished(stream: Any, plan: RenderPlan, window: Window, *, captions: bool, pixels: str) -> Any:
    """Clip time, captions, fade and pixel format: the same for every picture."""
    rate = plan.fps
    stream = stream.filter("settb", f"{rate.denominator}/{rate.numerator}")
    stream = stream.filter("setpts", expr=f"N+{window.first}")
    if captions and plan.words and plan.style is not None:
        stream = stream.filter("ass", filename=CAPTIONS_FILE, fontsdir=FONTS_FOLDER)
    if plan.picture_fade_out:
        begin = plan.duration - plan.picture_fade_out
        times = {"start_time": f"{begin.seconds:.6f}", "duration": f"{plan.picture_fade_out.seconds:.6f}"}
        stream = stream.filter("fade", type="out", **times)
    if pixels == "yuv420p":
        return stream.filter("format", pixels)
    stream = stream.filter("scale", in_color_matrix="bt709", in_range="tv", out_range="pc")
    return stream.filter("format", pixels)


def _compiled(streams: list[Any], *, video: bool, audio: bool) -> Graph:
    import ffmpeg

    args = ffmpeg.output(*streams, "-").get_args()
    at = args.index("-filter_complex")
    labels = [args[i + 1] for i in range(at, len(args)) if args[i] == "-map"]
    return Graph(
        inputs=("-copyts", "-start_at_zero", *args[:at]),
        script=args[at + 1],
        video=labels[0] if video else None,
        audio=labels[-1] if audio else None,
    )
