"""How long work will take, from how fast it has been."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

_STEADY_S = 10.0  # the speed of the last ten seconds counts most: a picture that is harder shows soon enough
_LEAST_SHARE, _LEAST_S = 0.02, 0.5  # before that, a figure would be a guess


class Pace:
    """Measures one job: give it the share done, it gives the seconds left."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """``clock``: monotonic seconds."""
        self._clock = clock
        self._began = self._at = clock()
        self._begun_with: float | None = None
        self._share = 0.0
        self._speed: float | None = None

    def took(self, share: float) -> float | None:
        """Take a share (0..1) that is done by now; the seconds left, None while too little is known."""
        now = self._clock()
        if self._begun_with is None or share < self._share:  # it goes on where another start had come to
            self._begun_with, self._share, self._at, self._began, self._speed = share, share, now, now, None
        elapsed = now - self._at
        if share > self._share and elapsed > 0:
            speed, weight = (share - self._share) / elapsed, min(1.0, elapsed / _STEADY_S)
            overall = (share - self._begun_with) / (now - self._began)
            self._speed = overall if self._speed is None else self._speed + weight * (speed - self._speed)
            self._share, self._at = share, now
        known = now - self._began >= _LEAST_S and share - self._begun_with >= _LEAST_SHARE
        return (1.0 - share) / self._speed if known and self._speed else None

    @property
    def elapsed_s(self) -> float:
        """Seconds since the beginning."""
        return self._clock() - self._began


@dataclass(frozen=True)
class Ahead:
    """What is still to be done in one lane, in seconds."""

    running: Sequence[float]
    """What each job at work still takes."""
    waiting: Sequence[float]
    """What each job that waits will take, in order."""
    workers: int


def total_left(lanes: Mapping[str, Ahead]) -> float:
    """Seconds until all lanes, side by side, are empty; each job goes to the worker that is free first."""
    return max((_lane_left(lane) for lane in lanes.values()), default=0.0)


def _lane_left(lane: Ahead) -> float:
    free = list(lane.running) + [0.0] * max(0, lane.workers - len(lane.running))
    heapq.heapify(free)
    for length in lane.waiting:
        heapq.heappush(free, heapq.heappop(free) + length)
    return max(free, default=0.0)
