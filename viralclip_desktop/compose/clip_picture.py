"""The picture of a clip's parts: what is read from each recording, brought into the clip's shape, in order.

Runs of one recording are framed together, as one film in clip time; stills and cards stand as long as they
play; for parts that are sound alone the picture is drawn (:mod:`wave_picture`).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from viralclip_desktop.compose import colour
from viralclip_desktop.compose.expressions import Step, stepwise
from viralclip_desktop.compose.framing import Frame, framed
from viralclip_desktop.compose.inputs import opened, timed
from viralclip_desktop.compose.parts import Run, Window
from viralclip_desktop.compose.plan import Recording, RenderPlan
from viralclip_desktop.compose.wave_picture import wave_picture
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.domain.clip import Card


@dataclass(frozen=True, slots=True)
class _Scene:
    """Neighbouring runs whose pictures are framed together, the inputs they are read through, and the frames
    of the clip they fill."""

    runs: list[Run]
    inputs: list[Any]
    window: Window

    @property
    def recording(self) -> Recording | None:
        return self.runs[0].recording

    @property
    def card(self) -> Card | None:
        return self.runs[0].parts[0].planned.part.card


def clip_picture(plan: RenderPlan, reading: list[Run], inputs: list[Any], size: Size, window: Window) -> Any:
    """The frames of a window, without anything over them, with time stamps in clip time."""
    import ffmpeg

    if not plan.has_picture:
        return wave_picture(plan, size, window.first, window.frames)
    scenes = list(_scenes(reading, inputs, window.first))
    streams = [_scene_picture(plan, scene, size) for scene in scenes]
    if len(streams) == 1:
        return streams[0]
    return in_clip_time(ffmpeg.concat(*streams, v=1, a=0), plan, window)


def in_clip_time(stream: Any, plan: RenderPlan, window: Window) -> Any:
    """The frames of a window with the time stamps they have in the clip."""
    rate = plan.fps
    stream = stream.filter("settb", f"{rate.denominator}/{rate.numerator}")
    return stream.filter("setpts", expr=f"N+{window.first}")


def _scenes(reading: list[Run], inputs: list[Any], frame: int) -> Iterator[_Scene]:
    for _, pairs in groupby(zip(reading, inputs, strict=True), _alike):
        runs, sources = (list(column) for column in zip(*pairs, strict=True))
        shown = sum(run.shown for run in runs)
        yield _Scene(runs, sources, Window(frame, frame + shown))
        frame += shown


def _alike(pair: tuple[Run, Any]) -> object:
    """Films of one recording go together; each still and each card stands for itself."""
    run, _ = pair
    if run.recording is None or run.recording.is_still:
        return id(run)
    return run.recording.path


def _scene_picture(plan: RenderPlan, scene: _Scene, size: Size) -> Any:
    recording = scene.recording
    if recording is None:
        return _card(plan, scene, size)
    if recording.info.video is None:
        return wave_picture(plan, size, scene.window.first, scene.window.frames)
    if recording.is_still:
        return _still(plan, scene, recording, size)
    return _film(plan, scene, recording, size)


def _film(plan: RenderPlan, scene: _Scene, recording: Recording, size: Size) -> Any:
    import ffmpeg

    video = recording.info.video
    assert video is not None
    streams = []
    for run, source in zip(scene.runs, scene.inputs, strict=True):
        stream = source.stream(selector=str(video.index))
        stream = timed(stream, video, run.start, run.frames, plan.fps, speed=run.speed)
        streams.append(_picked(stream, run))
    stream = streams[0] if len(streams) == 1 else ffmpeg.concat(*streams, v=1, a=0)
    frame = Frame(plan.framing, plan.centre_x, plan.moves_in(recording))
    return framed(in_clip_time(stream, plan, scene.window), frame, video, size)


def _picked(stream: Any, run: Run) -> Any:
    """The frames of a run's parts alone."""
    if len(run.parts) == 1:
        return stream
    steps = []
    for part, offset in zip(run.parts, run.offsets, strict=True):
        steps += [Step(str(offset), "0"), Step(str(offset + part.frames), "1")]
    return stream.filter("select", expr=stepwise(steps, "n"))


def _still(plan: RenderPlan, scene: _Scene, recording: Recording, size: Size) -> Any:
    video = recording.info.video
    assert video is not None
    picture = opened(recording.path).stream(selector=str(video.index)).filter("trim", end_frame=1)
    shaped = framed(picture, Frame(plan.framing), video, size)
    return _standing(shaped, plan, scene.window)


def _card(plan: RenderPlan, scene: _Scene, size: Size) -> Any:
    """The ground of a card; its text comes with the titles."""
    import ffmpeg

    ground = scene.card.background if scene.card is not None else "#000000"
    # the first frame's number tells the cards of one graph apart: equal filters would be one
    source = ffmpeg.input(
        f"color=c=0x{ground[1:7]}:s={size.width}x{size.height}:r={plan.fps}:d={scene.window.first + 3600}",
        f="lavfi",
    )
    picture = source.video.filter("trim", end_frame=1)
    picture = picture.filter("scale", out_color_matrix="bt709", out_range="tv").filter("format", "yuv420p")
    picture = picture.filter("setsar", sar=1).filter("setparams", **colour.TAGS)
    return _standing(picture, plan, scene.window)


def _standing(picture: Any, plan: RenderPlan, window: Window) -> Any:
    """One picture for as many frames as a window has."""
    stream = picture.filter("loop", loop=-1, size=1).filter("trim", end_frame=window.frames)
    return in_clip_time(stream, plan, window)
