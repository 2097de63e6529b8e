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
from pathlib import Path
from typing import Any

from viralclip_desktop.compose.expressions import Step, stepwise
from viralclip_desktop.compose.framing import framed
from viralclip_desktop.compose.overlays import Opener, overlaid
from viralclip_desktop.compose.parts import Part, Run, Window, parts, runs, whole
from viralclip_desktop.compose.plan import Overlay, RenderPlan, SoundLayer
from viralclip_desktop.compose.sound_layers import mixed
from viralclip_desktop.compose.soundtrack import (
    SAMPLE_RATE_HZ,
    Piece,
    fade_and_level,
    joined,
    main_sound,
    part_sound,
    run_sound,
    silence,
)
from viralclip_desktop.compose.wave_picture import wave_picture
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import TICKS_PER_SECOND, Time
from viralclip_desktop.domain.media import MediaInfo, VideoStream

__all__ = ["CAPTIONS_FILE", "FONTS_FOLDER", "Graph", "Part", "Window", "build", "parts", "whole"]

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
class Graph:
    """What ffmpeg is told: its inputs, the filters, and the labels of what comes out."""

    inputs: tuple[str, ...]
    script: str
    video: str | None
    audio: str | None


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
    reading = runs(plan, window)
    inputs = [_input(plan.source_path, plan.info, run.start, sound=audio) for run in reading]
    streams = []
    if video:
        if plan.info.video is None:
            picture = wave_picture(plan, size, window.first, window.frames)
        else:
            picture = _picture(plan, reading, inputs, size, window)
        picture = overlaid(picture, plan, size, window, _film_over(plan))
        streams.append(_finished(picture, plan, window, captions=captions, pixels=pixels))
    if audio:
        streams.append(_sound(plan, reading, inputs, window))
    return _compiled(streams, video=video, audio=audio)


def _input(path: str, info: MediaInfo, start: Time, *, sound: bool) -> Any:
    """A file, opened where decoding has to begin for what starts at ``start``: filters see source time, and
    nothing before the keyframe is decoded."""
    import ffmpeg

    options: dict[str, Any] = {"protocol_whitelist": _PROTOCOLS}
    begin = start.seconds - _preroll_s(info, sound=sound)
    if begin > 0:
        options |= {"ss": f"{begin:.6f}", "noaccurate_seek": None}
    return ffmpeg.input(f"file:{Path(path).absolute()}", **options)


def _preroll_s(info: MediaInfo, *, sound: bool) -> float:
    preroll = _SOUND_PREROLL.seconds if sound else 0.0
    if info.video is not None and not info.container.startswith(_INDEXED):
        # No index of keyframes: ffmpeg lands anywhere, and shows nothing until the next one.
        gap = info.video.keyframe_gap_s
        preroll += _UNKNOWN_GOP_S if gap is None else gap * 1.5 + 0.5
    return preroll


def _sound(plan: RenderPlan, reading: list[Run], inputs: list[Any], window: Window) -> Any:
    begin, end = _first_sample(plan, window.first), _first_sample(plan, window.last)
    if plan.audio_stream is None:
        own = silence(end - begin)
    else:
        own = _own_sound(plan, reading, inputs, window)
    heard = mixed(own, plan, begin, end, sound=_sound_beside)
    return fade_and_level(heard, plan, end - begin, begin)


def _own_sound(plan: RenderPlan, reading: list[Run], inputs: list[Any], window: Window) -> Any:
    track = next(track for track in plan.info.audio if track.index == plan.audio_stream)
    streams, frame = [], window.first
    for run, source in zip(reading, inputs, strict=True):
        pieces = []
        for part in run.parts:
            first, last = _first_sample(plan, frame), _first_sample(plan, frame + part.frames)
            inner = (frame > window.first, frame + part.frames < window.last)
            skipped = (part.heard - run.parts[0].heard).samples(SAMPLE_RATE_HZ)
            pieces.append(Piece(skipped, last - first, *inner))
            frame += part.frames
        stream = source.node.stream(selector=str(plan.audio_stream))
        streams += run_sound(stream, track, run.parts[0].heard, pieces)
    return joined(streams, _first_sample(plan, window.first))


def _sound_beside(layer: SoundLayer, start: Time, samples: int) -> Any:
    track = main_sound(layer.info)
    source = _input(layer.path, layer.info, start, sound=True)
    return part_sound(source.node.stream(selector=str(track.index)), track, start, samples)


def _first_sample(plan: RenderPlan, frame: int) -> int:
    return Time.from_frames(frame, plan.fps).samples(SAMPLE_RATE_HZ)


def _picture(plan: RenderPlan, reading: list[Run], inputs: list[Any], size: Size, window: Window) -> Any:
    import ffmpeg

    video = plan.info.video
    assert video is not None
    streams = []
    for run, source in zip(reading, inputs, strict=True):
        stream = _timed(source.node.stream(selector=str(video.index)), video, run.start, run.frames, plan.fps)
        streams.append(_picked(stream, run))
    stream = streams[0] if len(streams) == 1 else ffmpeg.concat(*streams, v=1, a=0)
    return framed(_in_clip_time(stream, plan, window), plan, video, size)


def _film_over(plan: RenderPlan) -> Opener:
    def opened(overlay: Overlay, start: Time, frames: int) -> Any:
        video = overlay.info.video
        assert video is not None
        source = _input(overlay.path, overlay.info, start, sound=False)
        return _timed(source.node.stream(selector=str(video.index)), video, start, frames, plan.fps)

    return opened


def _picked(stream: Any, run: Run) -> Any:
    """The frames of a run's parts alone."""
    if len(run.parts) == 1:
        return stream
    steps = []
    for part, offset in zip(run.parts, run.offsets, strict=True):
        steps += [Step(str(offset), "0"), Step(str(offset + part.frames), "1")]
    return stream.filter("select", expr=stepwise(steps, "n"))


def _in_clip_time(stream: Any, plan: RenderPlan, window: Window) -> Any:
    rate = plan.fps
    stream = stream.filter("settb", f"{rate.denominator}/{rate.numerator}")
    return stream.filter("setpts", expr=f"N+{window.first}")


def _timed(stream: Any, video: VideoStream, start: Time, frames: int, fps: Fraction) -> Any:
    """Constant rate by time stamp: frame k is the newest source frame at or before its time. The first
    frame also stands in for what is missing before it, the last one for what is missing after it."""
    if video.codec in _INTERLACED_CODECS:
        stream = stream.filter("bwdif", mode="send_frame", deint="interlaced")
    stream = stream.filter("settb", f"1/{TICKS_PER_SECOND}")
    stream = stream.filter("setpts", expr=f"PTS-{(start + _SLACK).ticks}")
    stream = stream.filter("tpad", stop=-1, stop_mode="clone")
    stream = stream.filter("fps", fps=str(fps), round="up", start_time=0)
    return stream.filter("trim", end_frame=frames)


def _finished(stream: Any, plan: RenderPlan, window: Window, *, captions: bool, pixels: str) -> Any:
    """Clip time, captions, fade and pixel format: the same for every picture."""
    stream = _in_clip_time(stream, plan, window)
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
