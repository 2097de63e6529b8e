"""Shots: how a film is framed from one moment to the next, where a clip has a list of them.

Neighbouring shots of one mode are one stretch: a crop's path jumps between them. Stretches are cut out of
the film, framed each in its own way, and put together again; only those that a window shows are made.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Any

from viralclip_desktop.compose.framing import Frame, framed
from viralclip_desktop.compose.parts import Window
from viralclip_desktop.compose.plan import CropMove, RenderPlan
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import FrameKey, Framing
from viralclip_desktop.domain.frame_plan import FrameShot, ShotMode
from viralclip_desktop.domain.media import VideoStream

_FRAMINGS = {
    ShotMode.CROP: Framing.CROP,
    ShotMode.FIT: Framing.FIT,
    ShotMode.SPLIT: Framing.SPLIT,
    ShotMode.MANUAL: Framing.CROP,
}


@dataclass(frozen=True, slots=True)
class _Stretch:
    first: int
    last: int
    frame: Frame


def in_shots(stream: Any, plan: RenderPlan, video: VideoStream, size: Size, window: Window) -> Any:
    """The frames of a window (a film in clip time) as their shots frame them; time stamps count from 0."""
    import ffmpeg

    stretches = list(_stretches(plan, window))
    if len(stretches) == 1:
        return framed(stream, stretches[0].frame, video, size)
    copies = stream.filter_multi_output("split", len(stretches))
    shown = []
    for number, one in enumerate(stretches):
        frames = {"start_frame": one.first - window.first, "end_frame": one.last - window.first}
        shown.append(framed(copies[number].filter("trim", **frames), one.frame, video, size))
    return ffmpeg.concat(*shown, v=1, a=0)


def _stretches(plan: RenderPlan, window: Window) -> Iterator[_Stretch]:
    """The stretches that a window shows; together they fill it."""
    shown = [
        shot
        for shot in plan.shots
        if shot.range.start.nearest_frame(plan.fps) < window.last
        and window.first < shot.range.end.nearest_frame(plan.fps)
    ] or [plan.shots[-1]]
    groups = [(mode, list(group)) for mode, group in groupby(shown, key=lambda shot: shot.mode)]
    edges = [
        window.first,
        *(group[0].range.start.nearest_frame(plan.fps) for _, group in groups[1:]),
        window.last,
    ]
    for (mode, group), (first, last) in zip(groups, pairwise(edges), strict=True):
        panels = [path_of(group, panel) for panel in range(len(group[0].panels))]
        yield _Stretch(
            first, last, Frame(_FRAMINGS[mode], moves=panels[0] if panels else (), lower=tuple(*panels[1:]))
        )


def path_of(shots: Sequence[FrameShot], panel: int) -> tuple[CropMove, ...]:
    """The path of one crop through shots of the same mode."""
    moves: list[CropMove] = []
    for shot in shots:
        keys = shot.panels[panel]
        moves += [CropMove(other.at, one, other) for one, other in pairwise(keys)]
        moves.append(CropMove(shot.range.end, keys[-1], keys[-1]))
    return tuple(moves)


def shot_at(plan: RenderPlan, at: Time) -> FrameShot | None:
    """The shot that shows at a clip time; None for a plan without any."""
    found = (shot for shot in plan.shots if at < shot.range.end)
    return next(found, plan.shots[-1] if plan.shots else None)


def key_at(path: Sequence[FrameKey], at: Time) -> FrameKey:
    """The crop of a shot's panel at a clip time."""
    from viralclip_desktop.domain.crop_path import between

    before = [key for key in path if key.at <= at]
    if not before or len(before) == len(path):
        return before[-1] if before else path[0]
    return between(before[-1], path[len(before)], at)
