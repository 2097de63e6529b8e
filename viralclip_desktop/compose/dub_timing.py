"""When each line of a dub is spoken, and how fast: one fit over the whole clip, before anything is spoken.

Every line has a slot: where the original says it. It may begin a little earlier or later, go on into the
silence that follows, and be spoken faster or slower, within bounds that nobody hears as hurried; it never
runs into the next one and is never cut. The best plan is found by dynamic programming (Viterbi) over what
each line can do, so that a long line takes its room from its neighbours rather than from its own speed alone,
and the speed changes smoothly. What cannot fit is said by how much, and what comes after it begins late
rather than being talked over.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.core.time import ZERO, Time, TimeRange

Floats = NDArray[np.float64]

SLOWEST, FAST, FASTEST = 0.88, 1.20, 1.30
"""Heard speeds, against the voice's own: the slowest, the fastest that is liked, the fastest of all."""
GUARD_S: Final = 0.08
"""Silence between two lines, at least."""
MOST_SHIFT_S: Final = 0.15
"""How much earlier or later than the original a line may begin where it need not wait for the one before."""

_SHIFT_STEP_S = 0.025
_SHIFTS_S = np.arange(-6, 7) * _SHIFT_STEP_S
_SHIFT_COST, _LENGTH_COST, _SPEED_COST, _CHANGE_COST = 5.0, 2.0, 0.6, 12.0
_OVER_COST, _WAIT_COST, _LATE_COST, _SHARP_COST = 20.0, 8.0, 8.0, 60.0
_SMOOTH = 0.15  # a change of speed between neighbours that is no longer smooth
_NEIGHBOURS_S = 2.0  # lines further apart than this are no neighbours to the ear


class Fit(StrEnum):
    """How a line lies in its slot."""

    FITS = "fits"
    TIGHT = "tight"  # faster than liked, or late because of the line before
    TOO_LONG = "too long"  # what comes after it has to wait


@dataclass(frozen=True, slots=True)
class DubLine:
    """What is to be placed. ``slot`` is clip time; ``lengths`` has how long the line is at each of the
    voice's own speeds (asked, not heard), which are in rising order and have 1 among them."""

    slot: TimeRange
    lengths: tuple[tuple[float, Time], ...]

    @property
    def natural(self) -> Time:
        """Its length at the voice's own speed."""
        return next(length for speed, length in self.lengths if speed == 1.0)


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """Where a line goes. ``speed`` is what the voice is asked for, ``heard`` how much faster than natural it
    is then, ``over`` how much of the line has no room before the next one should begin."""

    range: TimeRange
    speed: float
    heard: float
    fit: Fit
    over: Time = ZERO


def plan_lines(lines: Sequence[DubLine], end: Time) -> tuple[PlacedLine, ...]:
    """Where each line goes, in the order of their slots; ``end`` is where the clip ends. A line without sound
    is placed where its slot begins and takes no room."""
    sounding = [number for number, line in enumerate(lines) if line.natural > ZERO]
    chosen = _Fitting([lines[number] for number in sounding], end.seconds).best() if sounding else []
    placed = dict(zip(sounding, chosen, strict=True))
    return tuple(placed.get(number) or _silent(line) for number, line in enumerate(lines))


def _silent(line: DubLine) -> PlacedLine:
    return PlacedLine(TimeRange(line.slot.start, line.slot.start), 1.0, 1.0, Fit.FITS)


@dataclass(frozen=True)
class _Choices:
    """What one line can do: a row a choice. ``start`` is NaN where it begins as soon as the one before lets
    it."""

    speed: Floats
    length: Floats
    heard: Floats
    start: Floats
    cost: Floats


class _Fitting:
    def __init__(self, lines: Sequence[DubLine], end_s: float) -> None:
        self._lines, self._end_s = lines, end_s
        self._choices = [self._choices_of(number) for number in range(len(lines))]

    def best(self) -> list[PlacedLine]:
        """The cheapest chain of choices."""
        costs, starts, froms = [self._choices[0].cost], [self._first_starts()], []
        for number in range(1, len(self._lines)):
            cost, start, came_from = self._step(number, costs[-1], starts[-1])
            costs.append(cost)
            starts.append(start)
            froms.append(came_from)
        chain = [int(np.argmin(costs[-1]))]
        for came_from in reversed(froms):
            chain.append(int(came_from[chain[-1]]))
        chain.reverse()
        return [
            self._placed(number, choice, float(starts[number][choice])) for number, choice in enumerate(chain)
        ]

    def _choices_of(self, number: int) -> _Choices:
        line = self._lines[number]
        natural = line.natural.seconds
        rows = [(speed, length.seconds, natural / length.seconds) for speed, length in line.lengths]
        usable = [row for row in rows if SLOWEST <= row[2] <= FASTEST]
        usable = usable or [min(rows, key=lambda row: abs(row[2] - 1))]
        speed, length, heard = (np.array(column) for column in zip(*usable, strict=True))
        shifts = np.append(_SHIFTS_S, np.nan)  # the last: as soon as it can
        slot = line.slot
        begin = np.where(np.isnan(shifts), np.nan, np.maximum(0.0, slot.start.seconds + shifts))
        start = np.repeat(begin, len(speed))
        speed, length, heard = (np.tile(column, len(shifts)) for column in (speed, length, heard))
        cost = _own_cost(start - slot.start.seconds, length / max(slot.duration.seconds, 0.2), heard)
        return _Choices(speed, length, heard, start, cost + self._beyond(number, start, length))

    def _beyond(self, number: int, start: Floats, length: Floats) -> Floats:
        """What runs over the next line's latest beginning, or the clip's end, costs dearly."""
        begin = np.where(np.isnan(start), self._lines[number].slot.start.seconds, start)
        return _OVER_COST * np.maximum(0.0, length - (self._room_end(number) - begin))

    def _room_end(self, number: int) -> float:
        """Where a line has to be over, so that the next one begins in time."""
        if number + 1 == len(self._lines):
            return self._end_s
        return self._lines[number + 1].slot.start.seconds + MOST_SHIFT_S - GUARD_S

    def _first_starts(self) -> Floats:
        start = self._choices[0].start
        return np.where(np.isnan(start), self._lines[0].slot.start.seconds, start)

    def _step(self, number: int, costs: Floats, starts: Floats) -> tuple[Floats, Floats, NDArray[np.int64]]:
        """Cost, start and predecessor of each choice of a line."""
        before, here = self._choices[number - 1], self._choices[number]
        free = starts + before.length + GUARD_S  # when this line may begin, by what the one before chose
        slot = self._lines[number].slot.start.seconds
        waits = np.isnan(here.start)
        begin = np.where(waits[None, :], np.maximum(free[:, None], slot), here.start[None, :])
        late = np.maximum(0.0, begin - slot - MOST_SHIFT_S) * waits[None, :]
        late_cost = _LATE_COST * late + _WAIT_COST * (late > 1e-6)
        gap = begin - (starts + before.length)[:, None]
        change = np.abs(before.heard[:, None] - here.heard[None, :])
        near = np.clip(1 - gap / _NEIGHBOURS_S, 0.0, 1.0)
        total = costs[:, None] + here.cost[None, :] + late_cost
        total = total + near * (_CHANGE_COST * change**2 + _SHARP_COST * np.maximum(0.0, change - _SMOOTH))
        total[begin < free[:, None] - 1e-9] = np.inf
        came_from = np.argmin(total, axis=0)
        each = np.arange(total.shape[1])
        return total[came_from, each], begin[came_from, each], came_from

    def _placed(self, number: int, choice: int, start_s: float) -> PlacedLine:
        line, here = self._lines[number], self._choices[number]
        speed, heard = float(here.speed[choice]), float(here.heard[choice])
        length = next(length for asked, length in line.lengths if asked == speed)
        start = Time.from_seconds(start_s)
        over = max(ZERO, start + length - Time.from_seconds(self._room_end(number)))
        late = start_s - line.slot.start.seconds > MOST_SHIFT_S + 1e-6
        fit = Fit.TOO_LONG if over > ZERO else Fit.TIGHT if late or heard > FAST + 1e-6 else Fit.FITS
        return PlacedLine(TimeRange(start, start + length), speed, heard, fit, over)


def _own_cost(shift: Floats, share: Floats, heard: Floats) -> Floats:
    """What a choice costs by itself: beginning elsewhere, lasting longer or shorter than the original, being
    spoken at another speed, and more so beyond what is liked."""
    moved = np.where(np.isnan(shift), 0.0, shift) / MOST_SHIFT_S
    hurried = np.maximum(0.0, heard - FAST) / (FASTEST - FAST)
    return (
        _SHIFT_COST * moved**2
        + _LENGTH_COST * np.abs(np.log(share))
        + _SPEED_COST * (np.log(heard) / 0.18) ** 2
        + 3.0 * hurried**2
    )
