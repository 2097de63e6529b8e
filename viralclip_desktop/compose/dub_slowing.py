"""Where the picture of a dub plays slower, and how much: only during lines that have no room even when they
are spoken as fast as may be, only as much as they lack, and never so much that it is seen."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from typing import Final

from viralclip_desktop.compose.dub_timing import DubLine, plan_lines
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.edits.slowing import Slowing, moved

MOST_SLOWER: Final = Fraction(115, 100)
"""How many times as long a stretch may take."""
_STEP: Final = 1000  # factors are thousandths
_SHORTEST: Final = Time.from_seconds(0.3)  # what is shorter gains nothing
_ROUNDS: Final = 6  # what is slowed moves what comes after it, which may fit then


def plan_slowing(lines: Sequence[DubLine], end: Time, playing: Sequence[TimeRange]) -> tuple[Slowing, ...]:
    """The stretches that play slower so that ``lines`` (in order) fit, in the clip time that they are in;
    ``end`` is where the clip ends, ``playing`` what can play slower. A line's stretch is from where the
    original says it to where it says the next one. What lacks more than may be gained stays too long."""
    spans = _spans(lines, end)
    windows = [_within(span, playing) for span in spans]
    factors: dict[int, Fraction] = {}
    for _ in range(_ROUNDS):
        wanted = _wanted(lines, end, windows, factors)
        if not wanted:
            break
        factors |= wanted
    return _slowings(windows, factors)


def _spans(lines: Sequence[DubLine], end: Time) -> list[TimeRange]:
    starts = [line.slot.start for line in lines]
    return [TimeRange(start, max(start, after)) for start, after in pairwise([*starts, max([end, *starts])])]


def _within(span: TimeRange, playing: Sequence[TimeRange]) -> list[TimeRange]:
    pieces = [one.intersection(span) for one in playing]
    return [piece for piece in pieces if piece is not None and piece.duration >= _SHORTEST]


def _wanted(
    lines: Sequence[DubLine],
    end: Time,
    windows: Sequence[Sequence[TimeRange]],
    factors: Mapping[int, Fraction],
) -> dict[int, Fraction]:
    """The factors that are to become larger. A line that waits for one that becomes shorter itself is left
    for the next round: it may fit then."""
    slowings = _slowings(windows, factors)
    there = [
        replace(line, slot=TimeRange(moved(line.slot.start, slowings), moved(line.slot.end, slowings)))
        for line in lines
    ]
    found: dict[int, Fraction] = {}
    for number, placed in enumerate(plan_lines(there, moved(end, slowings))):
        room = sum((window.duration for window in windows[number]), ZERO)
        now = factors.get(number, Fraction(1))
        if placed.over <= ZERO or room <= ZERO or now >= MOST_SLOWER or number - 1 in found:
            continue
        lacking = math.ceil(_STEP * placed.over.ticks / room.ticks)
        found[number] = min(MOST_SLOWER, now + Fraction(lacking, _STEP))
    return found


def _slowings(windows: Sequence[Sequence[TimeRange]], factors: Mapping[int, Fraction]) -> tuple[Slowing, ...]:
    return tuple(Slowing(window, factors[number]) for number in sorted(factors) for window in windows[number])
