"""Where a dragged edge or the playhead comes to rest: words, cuts, markers, beats, other edges. No Qt."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from viralclip_desktop.core.time import Time
from viralclip_desktop.gui.timeline.clip_times import Ticks
from viralclip_desktop.gui.timeline.model import Lane, TimelineModel

REACH_PX = 8
"""How close the pointer has to come."""


@dataclass(frozen=True, slots=True)
class Snap:
    """A resting point in clip time; ``by`` is how far the moved thing has to go to rest there."""

    at: Time
    by: Time


class SnapPoints:
    """All resting points of a clip. Strong ones (cuts, markers, edges, playhead) win over words and beats
    in reach, as there are far fewer of them and they were put there on purpose."""

    def __init__(self, model: TimelineModel) -> None:
        ends = np.array([0, model.duration.ticks], dtype=np.int64)
        layers = [part for lane in _layer_lanes(model) for part in (lane.starts, lane.ends)]
        self._strong: Ticks = np.unique(
            np.concatenate([ends, model.cuts.starts, model.markers.starts, *layers])
        )
        cues, beats = model.cues, model.beats.starts
        self._weak: Ticks = np.unique(np.concatenate([cues.word_starts, cues.word_ends, beats]))

    def nearest(
        self,
        moved: Collection[Time],
        reach: Time,
        *,
        also: Sequence[Time] = (),
        but: Collection[Time] = (),
        words: bool = True,
    ) -> Snap | None:
        """The nearest resting point of any of the ``moved`` times, at most ``reach`` away.

        ``also`` are further strong points (the playhead), ``but`` ones that don't count (those of the
        moved thing itself). Without ``words`` only strong points count.
        """
        extra = np.array([time.ticks for time in also], dtype=np.int64)
        strong = np.union1d(self._strong, extra) if len(extra) else self._strong
        skipped = {time.ticks for time in but}
        for points in (strong, self._weak) if words else (strong,):
            found = [_nearest(points, time.ticks, reach.ticks, skipped) for time in moved]
            snaps = [snap for snap in found if snap is not None]
            if snaps:
                return min(snaps, key=lambda snap: abs(snap.by.ticks))
        return None

    def beside(self, at: Time, direction: int) -> Time | None:
        """The next strong point before (-1) or after (+1) a time."""
        return beside(self._strong, at, direction)


def beside(points: Ticks, at: Time, direction: int) -> Time | None:
    """The next of some points (in order) before (-1) or after (+1) a time."""
    if direction > 0:
        index = int(np.searchsorted(points, at.ticks, side="right"))
    else:
        index = int(np.searchsorted(points, at.ticks, side="left")) - 1
    return Time(int(points[index])) if 0 <= index < len(points) else None


def _layer_lanes(model: TimelineModel) -> tuple[Lane, ...]:
    return (*model.pictures, *model.voices, *model.music)


def _nearest(points: Ticks, ticks: int, reach: int, skipped: Collection[int]) -> Snap | None:
    low, high = np.searchsorted(points, [ticks - reach, ticks + reach + 1])
    near = [int(point) for point in points[low:high] if int(point) not in skipped]
    if not near:
        return None
    best = min(near, key=lambda point: abs(point - ticks))
    return Snap(Time(best), Time(best - ticks))
