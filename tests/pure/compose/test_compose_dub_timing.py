"""When the lines of a dub are spoken: near the original, never over one another, never cut, smoothly fast."""

from __future__ import annotations

from itertools import pairwise
from statistics import mean, median

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viralclip_desktop.compose.dub_timing import (
    FAST,
    FASTEST,
    GUARD_S,
    MOST_SHIFT_S,
    SLOWEST,
    DubLine,
    Fit,
    PlacedLine,
    plan_lines,
)
from viralclip_desktop.core.time import ZERO, Time, TimeRange

SPEEDS = tuple(round(0.8 + 0.05 * step, 2) for step in range(17))


def seconds(value: float) -> Time:
    return Time.from_seconds(value)


def line(start_s: float, slot_s: float, natural_s: float) -> DubLine:
    """A voice whose speeds do less than they say, as real ones do."""
    lengths = tuple((speed, seconds(natural_s / (1 + 0.75 * (speed - 1)))) for speed in SPEEDS)
    return DubLine(TimeRange(seconds(start_s), seconds(start_s + slot_s)), lengths)


def plan(*lines: DubLine, end_s: float = 60.0) -> list[PlacedLine]:
    placed = plan_lines(lines, seconds(end_s))
    for one, given_line in zip(placed, lines, strict=True):
        length = next(length for speed, length in given_line.lengths if speed == one.speed)
        assert one.range.duration == (length if given_line.natural > ZERO else ZERO), "nothing is cut"
    return list(placed)


def shift_s(placed: PlacedLine, given_line: DubLine) -> float:
    return (placed.range.start - given_line.slot.start).seconds


def test_lines_that_fit_begin_where_the_original_does_at_their_own_speed() -> None:
    lines = [line(1, 2, 2), line(4, 3, 3), line(8, 1.5, 1.5)]
    for placed, given_line in zip(plan(*lines), lines, strict=True):
        assert placed.fit is Fit.FITS
        assert abs(shift_s(placed, given_line)) < 0.001
        assert placed.heard == pytest.approx(1.0, abs=0.01)


def test_a_long_line_borrows_the_silence_after_it_before_it_is_hurried() -> None:
    long = line(1, 2, 2.9)
    (placed, _) = plan(long, line(6, 2, 2))
    assert placed.range.end > long.slot.end
    assert placed.heard <= FAST
    assert placed.fit is Fit.FITS


def test_a_long_line_without_silence_is_faster_and_its_neighbour_gives_room() -> None:
    lines = [line(1, 2, 2.5), line(3.05, 2, 2)]
    first, second = plan(*lines)
    assert FAST >= first.heard > 1.1
    assert abs(shift_s(second, lines[1])) <= MOST_SHIFT_S + 0.001
    assert (second.range.start - first.range.end).seconds >= GUARD_S - 1e-6


def test_twice_too_long_is_said_with_how_much_and_never_talked_over() -> None:
    lines = [line(1, 2, 5.5), line(3.05, 2, 2), line(9, 2, 2)]
    first, second, third = plan(*lines)
    assert first.fit is Fit.TOO_LONG
    assert first.heard <= FASTEST + 1e-6
    assert first.over.seconds == pytest.approx(first.range.end.seconds - 3.05 - MOST_SHIFT_S + GUARD_S)
    assert second.range.start.seconds >= first.range.end.seconds + GUARD_S - 1e-6
    assert second.fit is Fit.TIGHT  # it waits
    assert abs(shift_s(third, lines[2])) < 0.001, "what is late is caught up with in the next silence"


def test_a_short_line_is_not_drawled() -> None:
    (placed,) = plan(line(1, 4, 1.5))
    assert placed.heard >= SLOWEST - 1e-6
    assert placed.range.end.seconds < 3.1


def test_a_slot_of_a_third_of_a_second_and_an_empty_line() -> None:
    silent = DubLine(TimeRange(seconds(2), seconds(3)), tuple((speed, ZERO) for speed in SPEEDS))
    first, second, third = plan(line(1, 0.3, 0.5), silent, line(4, 2, 2))
    assert first.fit is Fit.FITS
    assert second.range == TimeRange(seconds(2), seconds(2))
    assert third.range.start == seconds(4)


def test_the_last_line_ends_before_the_clip_where_it_can() -> None:
    (placed,) = plan(line(1, 2, 2.4), end_s=3.0)
    assert placed.range.end.seconds <= 3.0
    (too_long,) = plan(line(1, 2, 4), end_s=3.0)
    assert too_long.fit is Fit.TOO_LONG
    assert too_long.over.seconds == pytest.approx(too_long.range.end.seconds - 3.0)


def test_forty_lines_of_other_lengths_stay_near_the_original() -> None:
    at, lines = 1.0, []
    for number in range(40):
        slot = 1.0 + (number * 7 % 11) * 0.25
        lines.append(line(at, slot, slot * (0.8 + (number * 5 % 9) * 0.06)))
        at += slot + (0.1, 0.5, 1.2)[number % 3]
    placed = plan(*lines, end_s=at)
    assert (
        mean(_overlap(one.range, given_line.slot) for one, given_line in zip(placed, lines, strict=True))
        >= 0.85
    )
    assert (
        median(abs(shift_s(one, given_line)) for one, given_line in zip(placed, lines, strict=True)) <= 0.05
    )
    heard = sorted(one.heard for one in placed)
    assert heard[int(0.95 * len(heard))] <= 1.25
    assert all(abs(one.heard - after.heard) <= 0.16 for one, after in pairwise(placed))
    assert abs(shift_s(placed[-1], lines[-1]) - shift_s(placed[0], lines[0])) <= 1 / 24


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.floats(0.05, 4), st.floats(0.2, 3), st.floats(0, 2)), min_size=1, max_size=8))
def test_whatever_comes_nothing_overlaps_and_nothing_is_too_fast(
    given_lines: list[tuple[float, float, float]],
) -> None:
    at, lines = 0.0, []
    for slot, share, pause in given_lines:
        lines.append(line(at, slot, slot * share))
        at += slot + pause
    placed = plan(*lines, end_s=at)
    assert placed == plan(*lines, end_s=at)
    assert all(one.range.start >= ZERO for one in placed)
    assert all(SLOWEST - 1e-6 <= one.heard <= FASTEST + 1e-6 for one in placed)
    for one, after in pairwise(placed):
        assert (after.range.start - one.range.end).seconds >= GUARD_S - 1e-6
    for one, given_line in zip(placed, lines, strict=True):
        assert shift_s(one, given_line) >= -MOST_SHIFT_S - 1e-6
        assert (one.over > ZERO) == (one.fit is Fit.TOO_LONG)


def _overlap(one: TimeRange, other: TimeRange) -> float:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return max(0.0, shared.seconds) / (max(one.end, other.end) - min(one.start, other.start)).seconds
