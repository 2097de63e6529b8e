"""Source time and clip time: exact both ways, in order, whatever was cut."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.edited import a_clip, cut_clips, ranges, s, span

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.clip_time import (
    nearest_clip_time,
    to_clip_time,
    to_source_end,
    to_source_ranges,
    to_source_time,
)

CUT = a_clip((15, 20), (30, 31))


@pytest.mark.parametrize(
    ("source_s", "clip_s"),
    [
        (9, None),
        (10, 0),
        (14, 4),
        (15, None),
        (19.9, None),
        (20, 5),
        (30.5, None),
        (39, 23),
        (40, 24),
        (41, None),
    ],
)
def test_when_a_moment_of_the_recording_plays(source_s: float, clip_s: float | None) -> None:
    assert to_clip_time(CUT, s(source_s)) == (None if clip_s is None else s(clip_s))


@pytest.mark.parametrize(("source_s", "clip_s"), [(0, 0), (15, 5), (17, 5), (20, 5), (30.5, 15), (99, 24)])
def test_what_does_not_play_is_where_its_neighbours_meet(source_s: float, clip_s: float) -> None:
    assert nearest_clip_time(CUT, s(source_s)) == s(clip_s)


@pytest.mark.parametrize(
    ("clip_s", "start_s", "end_s"), [(-1, 10, 10), (0, 10, 10), (5, 20, 15), (24, 40, 40), (99, 40, 40)]
)
def test_where_two_parts_meet_a_start_is_the_later_one_and_an_end_the_earlier(
    clip_s: float, start_s: float, end_s: float
) -> None:
    assert to_source_time(CUT, s(clip_s)) == s(start_s)
    assert to_source_end(CUT, s(clip_s)) == s(end_s)


def test_ranges_over_a_cut() -> None:
    assert to_source_ranges(CUT, span(4, 6)) == (span(14, 15), span(20, 21))
    assert to_source_ranges(CUT, span(30, 40)) == ()


def test_a_cut_at_the_end_leaves_the_clip_its_own_end() -> None:
    clip = a_clip((10, 12), (35, 40))
    assert to_source_time(clip, ZERO) == s(12)
    assert to_source_time(clip, clip.duration) == s(35)
    assert to_clip_time(clip, s(35)) == clip.duration


@given(cut_clips(), st.integers(0, s(30).ticks))
def test_every_moment_of_the_clip_comes_back(clip: Clip, ticks: int) -> None:
    at = min(Time(ticks), clip.duration)
    assert to_clip_time(clip, to_source_time(clip, at)) == at
    assert nearest_clip_time(clip, to_source_end(clip, at)) == at


@given(cut_clips(), st.integers(0, s(50).ticks), st.integers(0, s(50).ticks))
def test_order_is_kept(clip: Clip, one: int, other: int) -> None:
    early, late = Time(min(one, other)), Time(max(one, other))
    assert ZERO <= nearest_clip_time(clip, early) <= nearest_clip_time(clip, late) <= clip.duration
    assert to_source_time(clip, early) <= to_source_time(clip, late)


@given(cut_clips(), ranges(0, 30))
def test_a_range_of_the_clip_has_its_length_in_the_recording(clip: Clip, within: TimeRange) -> None:
    held = within.intersection(TimeRange(ZERO, clip.duration))
    total = sum(part.duration.ticks for part in to_source_ranges(clip, within))
    assert total == (held.duration.ticks if held else 0)
