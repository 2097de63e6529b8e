"""Where the picture of a dub plays slower: for lines that cannot fit otherwise, as little as may be."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from viralclip_desktop.compose.dub_slowing import MOST_SLOWER, plan_slowing
from viralclip_desktop.compose.dub_timing import DubLine, Fit, PlacedLine, plan_lines
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.edits.slowing import Slowing, moved

SPEEDS = tuple(round(0.8 + 0.05 * step, 2) for step in range(17))


def seconds(value: float) -> Time:
    return Time.from_seconds(value)


def line(start_s: float, slot_s: float, natural_s: float) -> DubLine:
    lengths = tuple((speed, seconds(natural_s / (1 + 0.75 * (speed - 1)))) for speed in SPEEDS)
    return DubLine(TimeRange(seconds(start_s), seconds(start_s + slot_s)), lengths)


def planned(
    *lines: DubLine, end_s: float = 20.0, playing: tuple[tuple[float, float], ...] = ((0.0, 60.0),)
) -> tuple[tuple[Slowing, ...], tuple[PlacedLine, ...]]:
    """What plays slower, and how the lines lie then."""
    parts = [TimeRange.from_seconds(*one) for one in playing]
    slowings = plan_slowing(lines, seconds(end_s), parts)
    there = [
        replace(one, slot=TimeRange(moved(one.slot.start, slowings), moved(one.slot.end, slowings)))
        for one in lines
    ]
    return slowings, plan_lines(there, moved(seconds(end_s), slowings))


def test_what_fits_is_left_as_it_is() -> None:
    slowings, _ = planned(line(1, 2, 2.4), line(4, 2, 2))
    assert slowings == ()


def test_a_line_gets_the_time_that_it_lacks_and_no_more() -> None:
    lines = (line(1, 2, 3.05), line(3.05, 2, 2), line(9, 2, 2))
    assert plan_lines(lines, seconds(20))[0].fit is Fit.TOO_LONG
    slowings, placed = planned(*lines)
    (one,) = slowings
    assert one.range == TimeRange(seconds(1), seconds(3.05)), "until the next one is said"
    assert 1 < one.factor < MOST_SLOWER
    assert placed[0].fit is not Fit.TOO_LONG
    assert placed[0].heard > 1.2, "first it is spoken as fast as may be"
    assert placed[1].range.start.seconds == pytest.approx(moved(seconds(3.05), slowings).seconds, abs=0.16)


def test_never_more_than_may_be_and_the_rest_is_told() -> None:
    slowings, placed = planned(line(1, 2, 6), line(3.05, 2, 2))
    assert [one.factor for one in slowings] == [MOST_SLOWER]
    assert placed[0].fit is Fit.TOO_LONG


def test_a_card_has_no_pace_and_a_moment_gains_nothing() -> None:
    lines = (line(1, 2, 3.05), line(3.05, 2, 2))
    slowings, _ = planned(*lines, playing=((0.0, 1.5), (2.9, 60.0)))
    assert [one.range for one in slowings] == [TimeRange(seconds(1), seconds(1.5))]
    assert planned(*lines, playing=((0.0, 1.2), (3.0, 60.0)))[0] == ()


def test_a_moment_moves_by_what_was_gained_before_it() -> None:
    slowings = [
        Slowing(TimeRange.from_seconds(1, 3), Fraction(11, 10)),
        Slowing(TimeRange.from_seconds(5, 6), Fraction(115, 100)),
    ]
    at = [moved(seconds(value), slowings).seconds for value in (0.5, 2, 4, 7)]
    assert at == pytest.approx([0.5, 2.1, 4.2, 7.35])


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.floats(0.05, 4), st.floats(0.2, 3), st.floats(0, 2)), min_size=1, max_size=8))
def test_whatever_comes_it_is_never_slower_than_may_be_nor_worse(
    given_lines: list[tuple[float, float, float]],
) -> None:
    at, lines = 0.0, []
    for slot, share, pause in given_lines:
        lines.append(line(at, slot, slot * share))
        at += slot + pause
    slowings, placed = planned(*lines, end_s=at)
    assert all(1 < one.factor <= MOST_SLOWER for one in slowings)
    assert all(one.range.end <= after.range.start for one, after in pairwise(slowings))
    before = plan_lines(lines, seconds(at))
    assert sum((one.over for one in placed), ZERO) <= sum((one.over for one in before), ZERO)
