"""Exact time: frames and samples of every common rate land on whole ticks and come back."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from viralclip_desktop.core.time import TICKS_PER_SECOND, Time, TimeRange, format_clock, format_duration

RATES = [Fraction(n, d) for n in (24, 25, 30, 48, 50, 60, 100, 120) for d in (1,)] + [
    Fraction(24000, 1001),
    Fraction(30000, 1001),
    Fraction(60000, 1001),
]


@given(st.integers(-(10**7), 10**7), st.sampled_from(RATES))
def test_frames_survive_the_round_trip(frame: int, fps: Fraction) -> None:
    time = Time.from_frames(frame, fps)
    assert time.nearest_frame(fps) == frame
    assert time.frames(fps) == frame
    assert time.snapped(fps) == time


@given(
    st.integers(0, 10**9), st.sampled_from([8000, 16000, 22050, 24000, 32000, 44100, 48000, 96000, 192000])
)
def test_samples_are_whole_ticks(sample: int, rate: int) -> None:
    assert TICKS_PER_SECOND % rate == 0
    assert Time.from_samples(sample, rate).samples(rate) == sample


def test_ten_hours_of_ntsc_frames_do_not_drift() -> None:
    fps = Fraction(30000, 1001)
    one = Time.from_frames(1, fps)
    assert one.ticks * 1_078_921 == Time.from_frames(1_078_921, fps).ticks


def test_seconds_are_rounded_to_the_nearest_tick() -> None:
    assert Time.from_seconds(1.5).ticks == 1_058_400_000
    assert Time.from_seconds(Fraction(1, 3)).seconds == pytest.approx(1 / 3, abs=1e-9)


def test_ranges_are_half_open() -> None:
    part = TimeRange.from_seconds(1, 2)
    assert part.contains(Time.from_seconds(1))
    assert not part.contains(Time.from_seconds(2))
    assert not part.overlaps(TimeRange.from_seconds(2, 3))
    assert part.intersection(TimeRange.from_seconds(1.5, 3)) == TimeRange.from_seconds(1.5, 2)
    assert part.intersection(TimeRange.from_seconds(2, 3)) is None
    with pytest.raises(ValueError, match="ends before"):
        TimeRange.from_seconds(2, 1)


@pytest.mark.parametrize(
    ("seconds", "clock"),
    [(0, "0:00.0"), (59.96, "0:59.9"), (61.25, "1:01.2"), (3661, "1:01:01.0"), (-1.5, "-0:01.5")],
)
def test_clock(seconds: float, clock: str) -> None:
    assert format_clock(Time.from_seconds(seconds)) == clock


@pytest.mark.parametrize(("seconds", "words"), [(24.4, "24 s"), (200, "3 min 20 s"), (3900, "1 h 05 min")])
def test_duration(seconds: float, words: str) -> None:
    assert format_duration(Time.from_seconds(seconds)) == words
