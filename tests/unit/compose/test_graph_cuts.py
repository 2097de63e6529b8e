"""A clip with cuts: which frames are left, what is heard where they meet, and which words."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from support import makers, stored
from support.edited import span
from support.rendered import (
    NUMBERED,
    RATE_HZ,
    clicks,
    frames_of,
    make_numbered,
    numbers,
    plan_of,
    playing,
    samples_of,
)

from viralclip_desktop.compose.clip_plan import plan_clip
from viralclip_desktop.compose.graph import Window, build
from viralclip_desktop.compose.in_play import clip_words
from viralclip_desktop.compose.parts import runs, whole
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip, parts_of
from viralclip_desktop.domain.clip_time import to_clip_time
from viralclip_desktop.domain.edits import parts
from viralclip_desktop.domain.edits.cuts import outside
from viralclip_desktop.domain.media import Source
from viralclip_desktop.domain.transcript import Transcript, Word
from viralclip_desktop.media.probe import probe

NTSC = Fraction(30000, 1001)


def a_clip(start_s: float, end_s: float, *cuts: tuple[float, float]) -> Clip:
    played = outside(span(start_s, end_s), [span(*cut) for cut in cuts])
    return replace(stored.clip(), parts=parts_of("asset_1", *played))


def a_source(film: Path) -> Source:
    return stored.source(path=str(film), info=probe(film))


def test_frames_before_and_after_every_join_are_the_right_ones(tmp_path: Path) -> None:
    film = make_numbered(tmp_path / "film.mp4")
    clip = a_clip(1, 9, (2, 3), (3.5, 3.6), (4, 8))
    plan = plan_clip(a_source(film), None, clip, None)
    expected = [*range(30, 60), *range(90, 105), *range(108, 120), *range(240, 270)]
    plan = replace(plan, aspect=plan_of(film, 0, 1).aspect)
    assert numbers(frames_of(plan, NUMBERED)) == expected
    for frame in (29, 30, 44, 45, 56, 57):
        assert numbers(frames_of(plan, NUMBERED, Window(frame, frame + 1))) == [expected[frame]]
    assert numbers(frames_of(plan, NUMBERED, Window(40, 60))) == expected[40:60]


def test_parts_play_in_their_order_and_a_split_changes_no_frame(tmp_path: Path) -> None:
    film = make_numbered(tmp_path / "film.mp4")  # clicks at whole seconds
    source, shape = a_source(film), plan_of(film, 0, 1).aspect
    clip = parts.split(parts.split(a_clip(1.5, 8.5), Time.from_seconds(3.5)), Time.from_seconds(5.5))
    assert plan_clip(source, None, clip, None).kept == plan_clip(source, None, a_clip(1.5, 8.5), None).kept
    clip = parts.move(clip, 2, 0)
    plan = replace(plan_clip(source, None, clip, None), aspect=shape)
    expected = [*range(165, 255), *range(45, 165)]
    assert numbers(frames_of(plan, NUMBERED)) == expected
    assert numbers(frames_of(plan, NUMBERED, Window(85, 95))) == expected[85:95]
    heard = [to_clip_time(clip, Time.from_seconds(n)) for n in (6, 7, 8, 2, 3, 4, 5)]
    assert clicks(samples_of(plan), 0.1) == pytest.approx([at.seconds for at in heard if at], abs=0.004)


def test_words_are_captioned_in_the_order_they_are_heard() -> None:
    spoken = tuple(
        Word(text, Time.from_seconds(at), Time.from_seconds(at + 0.5))
        for text, at in (("one", 1), ("two", 2), ("three", 3), ("halved", 3.8), ("four", 5))
    )
    kept = (span(4, 6), span(1, 4))
    found = clip_words(Transcript("x", "en", spoken, ()), *kept)
    assert [(w.text, w.start.seconds, w.end.seconds) for w in found] == [
        ("halved", 0.0, 0.3), ("four", 1.0, 1.5), ("one", 2.0, 2.5), ("two", 3.0, 3.5), ("three", 4.0, 4.5),
    ]  # fmt: skip


def test_a_hundred_cuts_stay_exact_and_open_the_file_a_few_times(tmp_path: Path) -> None:
    film = make_numbered(tmp_path / "film.mp4")
    cuts = [(0.5 + n * 0.09, 0.5 + n * 0.09 + 1 / 30) for n in range(100)]
    plan = plan_clip(a_source(film), None, a_clip(0.1, 9.9, *cuts), None)
    shown = numbers(frames_of(replace(plan, aspect=plan_of(film, 0, 1).aspect), NUMBERED))
    assert len(shown) == plan.frame_count
    assert all(0 < b - a <= 3 for a, b in pairwise(shown))
    graph = build(plan, NUMBERED)
    assert graph.inputs.count("-i") == 1
    assert len(samples_of(plan)) == plan.duration.samples(RATE_HZ)


def test_far_apart_ranges_are_sought_and_never_more_than_twelve(tmp_path: Path) -> None:
    plan = plan_of(makers.make_video(tmp_path / "film.mp4"), 0, 1)
    spread = tuple(span(20 * n, 20 * n + 1) for n in range(40))
    plan = playing(plan, *spread)
    found = runs(plan, whole(plan))
    assert len(found) == 12
    assert sum(part.frames for run in found for part in run.parts) == plan.frame_count
    assert len(runs(playing(plan, span(0, 1), span(100, 101)), Window(0, 50))) == 2
    assert len(runs(playing(plan, span(0, 1), span(2, 3)), Window(0, 50))) == 1


@pytest.mark.parametrize("fps", [Fraction(30), NTSC, Fraction(25)])
def test_sound_is_as_long_as_the_picture_to_the_sample(fps: Fraction, tmp_path: Path) -> None:
    film = make_numbered(tmp_path / "film.mp4")
    clip = a_clip(1.01, 8.7, (2.013, 2.5), (3.3, 3.311), (5, 7.77))
    plan = plan_clip(a_source(film), None, clip, None, fps=fps)
    assert len(samples_of(plan)) == plan.duration.samples(RATE_HZ)
    assert len(frames_of(plan, NUMBERED)) == plan.frame_count
    assert plan.duration.seconds == pytest.approx(clip.duration.seconds, abs=1 / 40)


def test_sound_lies_where_its_picture_does(tmp_path: Path) -> None:
    film = make_numbered(tmp_path / "film.mp4")  # clicks at whole seconds
    clip = a_clip(0.5, 9.5, (1.3, 1.7), (2.5, 3.5), (4.2, 8.4))
    plan = plan_clip(a_source(film), None, clip, None)
    expected = [to_clip_time(clip, Time.from_seconds(n)) for n in range(1, 10)]
    found = clicks(samples_of(plan), 0.1)
    assert found == pytest.approx([at.seconds for at in expected if at is not None], abs=0.004)


def test_no_click_is_heard_at_a_join_and_no_gap(tmp_path: Path) -> None:
    """A tone cut at odd places would jump; a hole would be silent."""
    tone = makers.make_sound(tmp_path / "tone.wav", 6.0)
    kept = (span(0.5, 1.5017), span(2.2009, 3.2031), span(4.1003, 5.1))
    sound = samples_of(playing(plan_of(tone, 0, 1), *kept))[:, 0]
    steepest = np.abs(np.diff(sound[: RATE_HZ // 2])).max()
    assert np.abs(np.diff(sound)).max() < 1.5 * steepest
    loudness = np.sqrt((sound[: len(sound) // 480 * 480].reshape(-1, 480) ** 2).mean(axis=1))
    assert loudness[2:-2].min() > 0.4 * np.median(loudness)


def test_a_window_over_a_join_sounds_like_its_part_of_the_whole(tmp_path: Path) -> None:
    plan = plan_of(makers.make_sound(tmp_path / "noise.wav", 6.0, "noise"), 0, 1)
    plan = playing(plan, span(0.5, 1.5), span(2.2, 3.2), span(4.1, 5.1))
    whole_sound, first = samples_of(plan), Time.from_frames(20, plan.fps).samples(RATE_HZ)
    window = samples_of(plan, Window(20, 75))
    assert np.abs(window - whole_sound[first : first + len(window)]).max() < 0.02


def test_words_follow_their_sound_through_the_cuts() -> None:
    def word(text: str, start_s: float, end_s: float) -> Word:
        return Word(text, Time.from_seconds(start_s), Time.from_seconds(end_s))

    spoken = (word("a", 1, 1.4), word("gone", 2.1, 2.9), word("clipped", 2.8, 3.4), word("over", 3.9, 4.3),
              word("mostly", 4.9, 5.05))  # fmt: skip
    kept = (span(0.5, 2), span(3, 4), span(4.1, 5))
    found = clip_words(Transcript("x", "en", spoken, ()), *kept)
    assert [(w.text, round(w.start.seconds, 3), round(w.end.seconds, 3)) for w in found] == [
        ("a", 0.5, 0.9),
        ("clipped", 1.5, 1.9),
        ("over", 2.4, 2.7),
        ("mostly", 3.3, 3.4),
    ]


def test_joins_lie_where_the_clip_time_says(tmp_path: Path) -> None:
    """Beginnings move to frames of the source, but the error never adds up."""
    source = a_source(make_numbered(tmp_path / "film.mp4", fps="30000/1001"))
    cuts = [(0.5 + n * 0.171, 0.5 + n * 0.171 + 0.0437) for n in range(50)]
    clip = a_clip(0.013, 9.9, *cuts)
    kept = plan_clip(source, None, clip, None).kept
    assert all(part.start == part.start.snapped(NTSC) for part in kept)
    lengths = zip(kept[1:-1], clip.kept[1:-1], strict=True)
    assert all(one.duration == other.duration for one, other in lengths)


def test_a_clip_beyond_its_source_is_empty_and_not_an_error() -> None:
    found = plan_clip(stored.source(), None, a_clip(70, 80, (72, 73)), None).kept
    assert found == (TimeRange(Time.from_seconds(60), Time.from_seconds(60)),)
