"""Small numeric helpers of the ranker: joining evidence, scaling, ranges."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


def joined(base: Floats, weighted: Iterable[tuple[float, Floats]]) -> Floats:
    """Evidence joined as ``1 - (1 - base) * product(1 - weight * strength)``: 0..1, never less for more."""
    rest = 1.0 - base
    for weight, strength in weighted:
        rest = rest * (1.0 - weight * strength)
    return 1.0 - rest


def ramp(values: Floats, low: float, high: float) -> Floats:
    """0 at ``low`` and below, 1 at ``high`` and above, straight between."""
    return np.clip((values - low) / (high - low), 0.0, 1.0)


def running_sum(values: Floats) -> Floats:
    """Sums such that ``result[b] - result[a]`` is the sum of ``values[a:b]``."""
    return np.concatenate([[0.0], np.cumsum(values)])


class RangeMax:
    """The largest value in any range, by a sparse table (Bender & Farach-Colton 2000)."""

    def __init__(self, values: Floats) -> None:
        self._levels = [values]
        width = 1
        while 2 * width <= len(values):
            below = self._levels[-1]
            self._levels.append(np.maximum(below[: len(below) - width], below[width:]))
            width *= 2
        self._table = np.zeros((len(self._levels), max(1, len(values))))
        for row, level in enumerate(self._levels):
            self._table[row, : len(level)] = level

    def over(self, first: Ints, last: Ints) -> Floats:
        """The largest of ``values[first:last]`` for each pair; 0 where the range is empty."""
        length = np.maximum(last - first, 1)
        row = np.floor(np.log2(length)).astype(np.int64)
        limit = self._table.shape[1] - 1
        left = self._table[row, np.clip(first, 0, limit)]
        right = self._table[row, np.clip(last - (1 << row), 0, limit)]
        found: Floats = np.where(last > first, np.maximum(left, right), 0.0)
        return found


def robust_z(values: Floats, least: float = 1e-9) -> Floats:
    """Deviations from the median in robust standard deviations (1.4826 MAD, ``least`` at least); 0 where
    unknown (NaN)."""
    known = values[~np.isnan(values)]
    if len(known) < 3:
        return np.zeros_like(values)
    middle = np.median(known)
    spread = 1.4826 * np.median(np.abs(known - middle))
    spread = max(float(spread), 0.25 * float(np.std(known)), least)
    return np.clip(np.nan_to_num((values - middle) / spread), -3.0, 3.0)


def standard(values: Floats) -> Floats:
    """Values as deviations from their mean in standard deviations."""
    result: Floats = (values - np.mean(values)) / (float(np.std(values)) + 1e-9)
    return result
