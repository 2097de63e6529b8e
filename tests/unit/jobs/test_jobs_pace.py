"""The time left, from the speed that was measured, with clocks that are given."""

from __future__ import annotations

import pytest
from support.stored import Clock

from viralclip_desktop.jobs.pace import Ahead, Pace, total_left


def test_the_time_left_follows_the_speed() -> None:
    clock = Clock(100.0)
    pace = Pace(clock)
    assert pace.took(0.0) is None, "nothing is known yet"
    lefts = []
    for second in range(1, 51):
        clock.now = 100.0 + second
        lefts.append(pace.took(second / 100))
    assert lefts[9] == pytest.approx(90, rel=0.01)
    assert lefts[49] == pytest.approx(50, rel=0.01)
    for step in range(1, 51):  # twice as slow from here on
        clock.now = 150.0 + step
        left = pace.took(0.5 + step / 200)
    assert left == pytest.approx(50, rel=0.05), "a quarter is left at half a percent a second"


def test_a_job_that_goes_on_where_it_was_is_not_thought_fast() -> None:
    clock = Clock(0.0)
    pace = Pace(clock)
    pace.took(0.6)
    clock.now = 10.0
    assert pace.took(0.7) == pytest.approx(30)


def test_lanes_run_side_by_side_and_each_worker_takes_the_next() -> None:
    export = Ahead(running=[10.0, 4.0], waiting=[6.0, 6.0], workers=2)
    analysis = Ahead(running=[12.0], waiting=[], workers=1)
    assert total_left({"export": export, "analysis": analysis}) == 16.0
    assert total_left({"analysis": analysis}) == 12.0
    assert total_left({}) == 0.0
