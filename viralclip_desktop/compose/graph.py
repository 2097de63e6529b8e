"""The one graph: a :class:`RenderPlan` becomes ffmpeg's inputs and filters, at any size, from any frame.

Preview and export call :func:`build` with different sizes and windows and nothing else. Everything
happens in *source time* up to the cut, and in *clip time* after it:

    file --seek--> source time --minus the in point--> clip time --fps--> frame k shows the newest source
    frame at or before k / fps, wherever decoding began; captions and fades see clip time.

Pure: nothing is run and nothing is read here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from viralclip_desktop.compose.bookends import picture_between, sound_between
from viralclip_desktop.compose.clip_picture import clip_picture, in_clip_time
from viralclip_desktop.compose.clip_sound import clip_sound
from viralclip_desktop.compose.inputs import as_argument, opened_at, timed
from viralclip_desktop.compose.overlays import Opener, overlaid
from viralclip_desktop.compose.parts import Part, Run, Window, own_part, parts, runs, whole, whole_file
from viralclip_desktop.compose.plan import Overlay, RenderPlan, SoundLayer
from viralclip_desktop.compose.sound_layers import mixed
from viralclip_desktop.compose.soundtrack import (
    fade_and_level,
    first_sample,
    main_sound,
    part_sound,
)
from viralclip_desktop.compose.transitions import with_lead, with_transitions
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import Time, TimeRange

__all__ = [
    "CAPTIONS_FILE",
    "FONTS_FOLDER",
    "TITLES_FILE",
    "Graph",
    "Part",
    "Window",
    "build",
    "parts",
    "whole",
    "whole_file",
]

CAPTIONS_FILE = "captions.ass"
"""The caption file's name in the work folder, which is ffmpeg's working folder: no path needs escaping."""
TITLES_FILE = "titles.ass"
"""That of the name line, the titles and the cards' texts, likewise."""
FONTS_FOLDER = "fonts"


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
    """The graph of a window of a plan: by default the clip without intro and outro; :func:`whole_file` is all
    that is exported. What comes out has time stamps in file time.

    ``pixels`` other than ``yuv420p`` converts at the very end, from what the export encodes. Sound is
    48 kHz stereo float, silent for a source without any, exactly as long as the picture. ``captions``
    expects :data:`CAPTIONS_FILE` and :data:`FONTS_FOLDER` in ffmpeg's working folder, and the picture of
    sound alone its drawing (:mod:`wave_picture`).
    """
    window = window or whole(plan)
    own = own_part(plan, window)
    reading = runs(plan, own) if own is not None else []
    inputs = [_opened(run, sound=audio) for run in reading]
    streams = []
    if video:
        picture = None
        if own is not None:
            picture = _clip_picture(plan, (reading, inputs), size, own, captions=captions)
        streams.append(_in_pixels(picture_between(picture, plan, size, window), pixels))
    if audio:
        sound = _sound(plan, reading, inputs, own) if own is not None else None
        streams.append(_levelled(sound_between(sound, plan, window), plan, window))
    return compiled(streams, video=video, audio=audio)


def _opened(run: Run, *, sound: bool) -> Any:
    """A run's recording, where it has to be read from; None for what stands still."""
    recording = run.recording
    if recording is None or recording.is_still:
        return None
    return opened_at(recording.path, recording.info, run.start, sound=sound, begins=recording.begins)


def _clip_picture(
    plan: RenderPlan, opened: tuple[list[Run], list[Any]], size: Size, window: Window, *, captions: bool
) -> Any:
    read = with_lead(plan, window)
    if read != window:  # what is heard begins later than what has to be seen
        reading = runs(plan, read)
        opened = reading, [_opened(run, sound=False) for run in reading]
    picture = with_transitions(clip_picture(plan, *opened, size, read), plan, size, read, window)
    picture = overlaid(picture, plan, size, window, _film_over(plan))
    return _finished(picture, plan, window, captions=captions)


def _levelled(sound: Any, plan: RenderPlan, window: Window) -> Any:
    first, last = (first_sample(plan, frame + plan.intro_frames) for frame in (window.first, window.last))
    return fade_and_level(sound, plan, last - first, first)


def _sound(plan: RenderPlan, reading: list[Run], inputs: list[Any], window: Window) -> Any:
    own = clip_sound(plan, reading, inputs, window)
    begin, end = (first_sample(plan, frame) for frame in (window.first, window.last))
    return mixed(own, plan, begin, end, sound=_sound_beside)


def _sound_beside(layer: SoundLayer, start: Time, samples: int) -> Any:
    track = main_sound(layer.info)
    source = opened_at(layer.path, layer.info, start, sound=True)
    return part_sound(source.stream(selector=str(track.index)), track, start, samples)


def _film_over(plan: RenderPlan) -> Opener:
    def opened(overlay: Overlay, start: Time, frames: int) -> Any:
        video = overlay.info.video
        assert video is not None
        source = opened_at(overlay.path, overlay.info, start, sound=False)
        return timed(source.stream(selector=str(video.index)), video, start, frames, plan.fps)

    return opened


def _finished(stream: Any, plan: RenderPlan, window: Window, *, captions: bool) -> Any:
    """Clip time, captions and fade: the same for every picture."""
    stream = in_clip_time(stream, plan, window)
    if captions and plan.captioned:
        stream = stream.filter("ass", filename=CAPTIONS_FILE, fontsdir=FONTS_FOLDER)
    if captions and any(_shows(within, plan, window) for within in plan.lettered):
        stream = stream.filter("ass", filename=TITLES_FILE, fontsdir=FONTS_FOLDER)
    if plan.picture_fade_out:
        begin = plan.duration - plan.picture_fade_out
        times = {"start_time": f"{begin.seconds:.6f}", "duration": f"{plan.picture_fade_out.seconds:.6f}"}
        stream = stream.filter("fade", type="out", **times)
    return stream


def _in_pixels(stream: Any, pixels: str) -> Any:
    if pixels == "yuv420p":
        return stream.filter("format", pixels)
    stream = stream.filter("scale", in_color_matrix="bt709", in_range="tv", out_range="pc")
    return stream.filter("format", pixels)


def _shows(within: TimeRange, plan: RenderPlan, window: Window) -> bool:
    """Whether anything in a range of clip time can show in a window."""
    return (
        within.start < Time.from_frames(window.last, plan.fps)
        and Time.from_frames(window.first, plan.fps) <= within.end
    )


def compiled(streams: list[Any], *, video: bool, audio: bool) -> Graph:
    """Streams as ffmpeg is told of them; ``video`` and ``audio``: which they are, in this order."""
    import ffmpeg

    args = ffmpeg.output(*streams, "-").get_args()
    at = args.index("-filter_complex")
    labels = [args[i + 1] for i in range(at, len(args)) if args[i] == "-map"]
    return Graph(
        inputs=("-copyts", *map(as_argument, args[:at])),
        script=args[at + 1],
        video=labels[0] if video else None,
        audio=labels[-1] if audio else None,
    )
