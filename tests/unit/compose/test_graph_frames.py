"""Which source frame a clip shows, when: read off films whose frames carry their number."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from support import makers
from support.rendered import NUMBERED, frames_of, make_numbered, numbers, plan_of, playing

from viralclip_desktop.compose.graph import Window, parts, whole
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.media.run import input_args, run_ffmpeg

UNEVEN = ("-vf", "select='not(eq(mod(n*n,7),2))'", "-fps_mode", "vfr")


def rewrapped(film: Path, name: str, *extra: str) -> Path:
    out = film.with_name(name)
    run_ffmpeg([*input_args(film), "-c", "copy", *extra, str(out)])
    return out


def a_film(kind: str, folder: Path) -> Path:
    if kind == "uneven.mp4":
        return make_numbered(folder / kind, extra=UNEVEN)
    if kind == "uneven.ts":
        return rewrapped(
            make_numbered(folder / "uneven.mp4", extra=UNEVEN), kind, "-output_ts_offset", "1000"
        )
    film = make_numbered(folder / "even.mp4")
    return film if kind == "even.mp4" else rewrapped(film, kind)


@pytest.mark.parametrize("kind", ["even.mp4", "even.mkv", "even.ts", "even.flv", "uneven.mp4", "uneven.ts"])
def test_a_frame_is_the_same_wherever_decoding_begins(kind: str, tmp_path: Path) -> None:
    plan = replace(plan_of(a_film(kind, tmp_path), 3.1, 6.3), fps=Fraction(30))
    shown = numbers(frames_of(plan, NUMBERED))
    assert len(shown) == plan.frame_count == 96
    for frame in (0, 1, 27, 58, 95):
        assert numbers(frames_of(plan, NUMBERED, Window(frame, frame + 1))) == [shown[frame]]


@pytest.mark.parametrize("kind", ["even.mp4", "even.mkv", "even.flv"])
def test_constant_rate_shows_every_frame_once(kind: str, tmp_path: Path) -> None:
    plan = plan_of(a_film(kind, tmp_path), 2 + 1 / 3, 8)
    shown = numbers(frames_of(plan, NUMBERED))
    assert shown[0] in (69, 70)  # FLV counts from its sound, which begins a little before the picture
    assert shown == list(range(shown[0], shown[0] + 170))


def test_between_two_frames_the_earlier_one_is_shown(tmp_path: Path) -> None:
    plan = plan_of(a_film("even.mp4", tmp_path), 3.017, 4.017)
    assert numbers(frames_of(plan, NUMBERED, Window(0, 3))) == [90, 91, 92]


def test_variable_rate_goes_by_time_stamp(tmp_path: Path) -> None:
    plan = replace(plan_of(a_film("uneven.mp4", tmp_path), 3.1, 6.3), fps=Fraction(30))
    left = [number for number in range(300) if number * number % 7 != 2]
    newest = [max(number for number in left if number <= 93 + frame) for frame in range(96)]
    assert numbers(frames_of(plan, NUMBERED)) == newest


def test_another_rate_doubles_and_drops_by_time(tmp_path: Path) -> None:
    film = a_film("even.mp4", tmp_path)
    twice = numbers(frames_of(plan_of(film, 1, 2, fps=Fraction(60)), NUMBERED))
    assert twice == [30 + frame // 2 for frame in range(60)]
    cinema = numbers(frames_of(plan_of(film, 1, 2, fps=Fraction(24)), NUMBERED))
    assert cinema == [30 + frame * 30 // 24 for frame in range(24)]


def test_sound_that_outlasts_the_picture_holds_the_last_frame(tmp_path: Path) -> None:
    film = make_numbered(tmp_path / "short.mp4", 2.0, extra=("-af", "apad=whole_dur=6"))
    plan = plan_of(film, 1.5, 5.5)
    assert numbers(frames_of(plan, NUMBERED)) == [*range(45, 60), *[59] * 105]
    assert numbers(frames_of(plan, NUMBERED, Window(100, 101))) == [59]
    assert numbers(frames_of(plan_of(film, 4, 5), NUMBERED, Window(3, 5))) == [59, 59]


def test_a_picture_that_begins_late_shows_its_first_frame_before(tmp_path: Path) -> None:
    film = make_numbered(tmp_path / "even.mp4", 3.0)
    late = tmp_path / "late.mkv"
    inputs = ["-itsoffset", "0.5", *input_args(film), *input_args(film)]
    run_ffmpeg([*inputs, "-map", "0:v", "-map", "1:a", "-c", "copy", str(late)])
    assert numbers(frames_of(plan_of(late, 0, 1), NUMBERED)) == [0] * 15 + list(range(15))


def test_several_kept_ranges_follow_one_another(tmp_path: Path) -> None:
    plan = plan_of(a_film("even.mp4", tmp_path), 1, 2)
    kept = (TimeRange.from_seconds(1, 2), TimeRange.from_seconds(5, 5.5), TimeRange.from_seconds(3, 4))
    plan = playing(plan, *kept)
    expected = [*range(30, 60), *range(150, 165), *range(90, 120)]
    assert numbers(frames_of(plan, NUMBERED)) == expected
    assert numbers(frames_of(plan, NUMBERED, Window(28, 47))) == expected[28:47]
    assert numbers(frames_of(plan, NUMBERED, Window(50, 51))) == [expected[50]]


def test_parts_cover_every_frame_once(tmp_path: Path) -> None:
    plan = plan_of(makers.make_video(tmp_path / "film.mp4"), 0, 1)
    odd = tuple(TimeRange.from_seconds(n, n + 0.0503) for n in range(7))
    plan = replace(playing(plan, *odd), fps=Fraction(30000, 1001))
    found = parts(plan, whole(plan))
    assert sum(part.frames for part in found) == plan.frame_count
    assert found[0].start == Time(0)
    assert sum(part.frames for part in parts(plan, Window(3, 6))) == 3
