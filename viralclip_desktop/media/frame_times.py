"""What the time stamps of the first few hundred pictures tell: the rate, and whether it is constant."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import median

_WHOLE_RATES = (10, 12, 15, 20, 24, 25, 30, 48, 50, 60, 100, 120, 240)
_COMMON_RATES = tuple(
    Fraction(rate) * factor for rate in _WHOLE_RATES for factor in (Fraction(1), Fraction(1000, 1001))
)

# 23.976 and 24 lie 0.1 % apart; a rate measured to less than a third of that has one nearest neighbour.
_SNAP = Fraction(3, 10_000)
# Decoding order differs from showing order by at most 16 pictures (H.264 and HEVC limit): the last ones
# of a cut-off list may still lack neighbours.
_REORDER = 16


@dataclass(frozen=True, slots=True)
class FrameTimes:
    """``fps``: measured rate, None from fewer than three pictures. ``variable``: intervals differ by more
    than the clock's grain and a tenth, or drift apart from a constant rate by over half a picture."""

    fps: Fraction | None
    variable: bool


def measure(stamps: Sequence[int], time_base: Fraction, at_end: bool) -> FrameTimes:
    """Judge presentation time stamps in any order, in units of ``time_base`` seconds.

    ``at_end``: the list reaches the end of the recording.
    """
    shown = sorted(set(stamps))
    if not at_end and len(shown) > 3 * _REORDER:
        shown = shown[:-_REORDER]
    if len(shown) < 3:
        return FrameTimes(None, False)
    steps = [after - before for before, after in pairwise(shown)]
    step = Fraction(shown[-1] - shown[0], len(steps))
    uneven = _uneven(steps) or _drifts(shown, step)
    return FrameTimes(snapped_rate(1 / (step * time_base)), uneven)


def _uneven(steps: Sequence[int]) -> bool:
    usual = median(steps)
    allowed = max(1.01, usual / 10)  # one tick of rounding is not a change of rate
    return any(abs(step - usual) > allowed for step in steps)


def _drifts(shown: Sequence[int], step: Fraction) -> bool:
    allowed = max(Fraction(3, 2), step / 2)
    return any(abs(stamp - shown[0] - step * number) > allowed for number, stamp in enumerate(shown))


def snapped_rate(fps: Fraction) -> Fraction:
    """The common rate within 0.03 % of ``fps``, else ``fps`` itself with a denominator of at most 1001."""
    nearest = min(_COMMON_RATES, key=lambda rate: abs(rate - fps))
    return nearest if abs(nearest - fps) <= nearest * _SNAP else fps.limit_denominator(1001)
