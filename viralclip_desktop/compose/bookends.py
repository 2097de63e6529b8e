"""The intro and the outro of a brand around the clip: frames below 0, and from the clip's last one on.

Streams that leave here have time stamps in *file time*, which begins with the intro.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from viralclip_desktop.compose.framing import fitted
from viralclip_desktop.compose.inputs import opened_at, timed
from viralclip_desktop.compose.parts import Window
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
from viralclip_desktop.core.time import Time


@dataclass(frozen=True, slots=True)
class _Share:
    """The share of a bookend in a window: its frames ``first`` up to but not including ``last``."""

    end: Bookend
    first: int
    last: int


def picture_between(clip: Any, plan: RenderPlan, size: Size, window: Window) -> Any:
    """The clip's picture (None when the window shows none of it) with what the window shows of the intro
    before it and of the outro after it; all of them is shown, over a blurred copy where the shape is
    another one."""
    import ffmpeg

    if plan.intro is None and plan.outro is None:
        return clip
    before, after = _shares(plan, window)
    shown = [_picture(before, plan, size), clip, _picture(after, plan, size)]
    streams = [stream for stream in shown if stream is not None]
    stream = streams[0] if len(streams) == 1 else ffmpeg.concat(*streams, v=1, a=0)
    rate = plan.fps
    stream = stream.filter("settb", f"{rate.denominator}/{rate.numerator}")
    return stream.filter("setpts", expr=f"N+{window.first + plan.intro_frames}")


def sound_between(clip: Any, plan: RenderPlan, window: Window) -> Any:
    """The same for the sound; to the sample as long as the picture."""
    if plan.intro is None and plan.outro is None:
        return clip
    before, after = _shares(plan, window)
    streams = [*_sound(before, plan, 1), *_own(clip, plan, window), *_sound(after, plan, 2)]
    first, last = (_sample(plan, frame + plan.intro_frames) for frame in (window.first, window.last))
    return one_after_the_other(streams, last - first, first)


def _shares(plan: RenderPlan, window: Window) -> tuple[_Share | None, _Share | None]:
    intro, outro, after = plan.intro_frames, plan.outro_frames, plan.frame_count
    before = _share(plan.intro, window.first + intro, min(0, window.last) + intro)
    return before, _share(plan.outro, max(after, window.first) - after, min(outro, window.last - after))


def _share(end: Bookend | None, first: int, last: int) -> _Share | None:
    return _Share(end, first, last) if end is not None and first < last else None


def _picture(share: _Share | None, plan: RenderPlan, size: Size) -> Any:
    if share is None or share.end.info.video is None:
        return None
    info, start = share.end.info, Time.from_frames(share.first, plan.fps)
    assert info.video is not None
    source = opened_at(share.end.path, info, start, sound=False)
    stream = source.stream(selector=str(info.video.index))
    stream = timed(stream, info.video, start, share.last - share.first, plan.fps)
    return fitted(stream, info.video, size).filter("format", "yuv420p")


def _own(clip: Any, plan: RenderPlan, window: Window) -> list[Any]:
    if clip is None:
        return []
    return [with_ends_faded(clip, _sample(plan, plan.frame_count), _sample(plan, max(0, window.first)))]


def _sound(share: _Share | None, plan: RenderPlan, number: int) -> list[Any]:
    if share is None:
        return []
    end, first, last = share.end, _sample(plan, share.first), _sample(plan, share.last)
    if not end.info.audio:
        return [silence(last - first, number)]
    track, start = main_sound(end.info), Time.from_samples(first, SAMPLE_RATE_HZ)
    source = opened_at(end.path, end.info, start, sound=True)
    stream = part_sound(source.stream(selector=str(track.index)), track, start, last - first)
    return [with_ends_faded(stream, _sample(plan, end.frames(plan.fps)), first)]


def _sample(plan: RenderPlan, frame: int) -> int:
    return Time.from_frames(frame, plan.fps).samples(SAMPLE_RATE_HZ)
