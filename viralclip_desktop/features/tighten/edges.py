"""Where a cut may begin and end: the quietest 30 ms near by, on a frame of the picture."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from viralclip_desktop.core.time import Time
from viralclip_desktop.features.tighten.levels import HOP_S, Levels

OUTWARD_S: Final = 0.15
INWARD_S: Final = 0.03
_ROOM_DB: Final = 3.0  # levels below are all the room's: the nearest of them will do
_DB_PER_S: Final = 10.0  # what a longer way costs: 1 dB for 0.1 s


@dataclass(frozen=True, slots=True)
class Grid:
    """The times a cut may lie on: frames of a recording with a constant rate, any time in others."""

    fps: Fraction | None = None

    def times(self, low_s: float, high_s: float) -> Iterator[Time]:
        """The times between two others; in a recording without frames, every 5 ms."""
        fps = self.fps if self.fps else Fraction(round(1 / HOP_S))
        first, last = math.ceil(low_s * fps - 1e-6), math.floor(high_s * fps + 1e-6)
        for number in range(max(0, first), last + 1):
            yield Time.from_frames(number, fps)


def quietest(levels: Levels, grid: Grid, at_s: float, low_s: float, high_s: float) -> Time | None:
    """The time near ``at_s``, between ``low_s`` and ``high_s``, around which it is quietest; None where the
    grid has none there."""

    def cost(time: Time) -> float:
        return max(levels.at(time.seconds), _ROOM_DB) + _DB_PER_S * abs(time.seconds - at_s)

    return min(grid.times(low_s, high_s), key=cost, default=None)
