"""The intro and the outro of a brand around the finished clip, in exported files."""

from __future__ import annotations

from typing import Any

from viralclip_desktop.compose.framing import fitted
from viralclip_desktop.compose.inputs import opened_at, timed
from viralclip_desktop.compose.plan import Bookend, RenderPlan
from viralclip_desktop.compose.soundtrack import (
    SAMPLE_RATE_HZ,
    main_sound,
    one_after_the_other,
    part_sound,
    silence,
    with_ends_faded,
)
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import ZERO, Time


def picture_between(clip: Any, plan: RenderPlan, size: Size) -> Any:
    """The clip's picture with the intro before it and the outro after it; all of them is shown, over a
    blurred copy where the shape is another one."""
    import ffmpeg

    before, after = (_picture(end, plan, size) for end in (plan.intro, plan.outro))
    streams = [stream for stream in (before, clip, after) if stream is not None]
    if len(streams) == 1:
        return clip
    rate = plan.fps
    stream = ffmpeg.concat(*streams, v=1, a=0).filter("settb", f"{rate.denominator}/{rate.numerator}")
    return stream.filter("setpts", expr="N")


def _picture(end: Bookend | None, plan: RenderPlan, size: Size) -> Any:
    if end is None or end.info.video is None:
        return None
    video, frames = end.info.video, end.info.duration.nearest_frame(plan.fps)
    source = opened_at(end.path, end.info, ZERO, sound=False)
    stream = timed(source.stream(selector=str(video.index)), video, ZERO, frames, plan.fps)
    return fitted(stream, video, size).filter("format", "yuv420p")


def sound_between(clip: Any, plan: RenderPlan) -> Any:
    """The same for the sound; to the sample as long as the picture."""
    if plan.intro is None and plan.outro is None:
        return clip
    own = plan.duration.samples(SAMPLE_RATE_HZ)
    before, after = _sound(plan.intro, plan), _sound(plan.outro, plan)
    streams = [*before, with_ends_faded(clip, own), *after]
    return one_after_the_other(streams, plan.file_duration.samples(SAMPLE_RATE_HZ))


def _sound(end: Bookend | None, plan: RenderPlan) -> list[Any]:
    if end is None:
        return []
    frames = end.info.duration.nearest_frame(plan.fps)
    samples = Time.from_frames(frames, plan.fps).samples(SAMPLE_RATE_HZ)
    if not end.info.audio:
        return [silence(samples)]
    track = main_sound(end.info)
    source = opened_at(end.path, end.info, ZERO, sound=True)
    stream = part_sound(source.stream(selector=str(track.index)), track, ZERO, samples)
    return [with_ends_faded(stream, samples)]
