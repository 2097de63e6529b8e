"""From project data to a plan."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from support import stored

from viralclip_desktop.compose.clip_plan import output_rate, plan_clip
from viralclip_desktop.compose.in_play import clip_words
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.media import Source
from viralclip_desktop.domain.transcript import Transcript, Word
from viralclip_desktop.features.captions import caption_styles

STYLE = caption_styles()["karaoke"]
NTSC = Fraction(30000, 1001)


def rate(fps: Fraction | int | float, *, variable: bool = False) -> Fraction:
    video = stored.media_info().video
    assert video is not None
    return output_rate(replace(video, fps=Fraction(fps), variable_rate=variable))


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (Fraction(24000, 1001), Fraction(24000, 1001)),
        (24, 24),
        (25, 25),
        (NTSC, NTSC),
        (30, 30),
        (50, 50),
        (Fraction(60000, 1001), Fraction(60000, 1001)),
        (60, 60),
        (Fraction(2997, 100), NTSC),
        (15, 30),
        (Fraction(25, 2), 25),
        (10, 30),
        (20, 60),
        (120, 60),
        (Fraction(120000, 1001), Fraction(60000, 1001)),
        (100, 50),
        (240, 60),
        (144, 48),
        (1, 30),
    ],
)
def test_the_rate_is_the_sources_as_players_know_it(source: Fraction | int, expected: Fraction | int) -> None:
    assert rate(source) == expected


@pytest.mark.parametrize(
    ("measured", "meant"), [(29.8, 30), (28.9, 30), (22.4, 30), (59.2, 60), (30.02, 30), (24.7, 30), (44, 60)]
)
def test_a_phones_wandering_rate_becomes_what_it_means(measured: float, meant: int) -> None:
    assert rate(measured, variable=True) == meant


def test_sound_alone_gets_thirty_frames() -> None:
    assert output_rate(None) == 30


def a_source(**changes: object) -> Source:
    return replace(stored.source(), **changes)  # type: ignore[arg-type]


def test_words_come_in_clip_time_held_inside_the_clip() -> None:
    def word(text: str, start_s: float, end_s: float) -> Word:
        return Word(text, Time.from_seconds(start_s), Time.from_seconds(end_s))

    spoken = (word("gone", 3, 4.9), word("half", 4.9, 5.4), word("in", 6, 7), word("edge", 9.7, 10.2))
    found = clip_words(Transcript("x", "en", spoken, ()), TimeRange.from_seconds(5, 10))
    assert [(item.text, item.start.seconds, item.end.seconds) for item in found] == [
        ("half", 0.0, pytest.approx(0.4)),
        ("in", 1.0, 2.0),
        ("edge", pytest.approx(4.7), 5.0),
    ]


def test_a_plan_carries_the_users_wishes() -> None:
    clip = replace(stored.clip(), centre_x=0.25, aspect=Aspect.PORTRAIT)
    transcript = stored.long_transcript(200)
    plan = plan_clip(a_source(), transcript, clip, STYLE)
    assert (plan.aspect, plan.centre_x, plan.fps, plan.parts[0].audio_stream) == (
        Aspect.PORTRAIT,
        0.25,
        NTSC,
        1,
    )
    assert plan.style == STYLE
    assert len(plan.words) == pytest.approx(26.25 / 0.5, abs=2)
    assert plan.words[-1].end <= plan.duration + Time.from_seconds(0.02)
    assert plan.language == "en"
    other = plan_clip(a_source(), transcript, clip, STYLE, fps=Fraction(120), aspect=Aspect.WIDE)
    assert (other.fps, other.aspect) == (60, Aspect.WIDE)


def test_captions_switched_off_leave_no_words() -> None:
    clip = replace(stored.clip(), captions_on=False)
    plan = plan_clip(a_source(), stored.long_transcript(200), clip, STYLE)
    assert plan.words == ()
    assert plan.style is None
    assert plan_clip(a_source(), None, stored.clip(), STYLE).words == ()


def test_the_clip_begins_on_a_frame_of_its_source_and_ends_inside_it() -> None:
    plan = plan_clip(a_source(), None, stored.clip(), None)
    start = plan.kept[0].start
    assert start == start.snapped(NTSC)
    assert abs((start - stored.clip().range.start).seconds) <= 1 / 59
    beyond = replace(stored.clip(), parts=stored.ranges((50, 75)))
    assert plan_clip(a_source(), None, beyond, None).kept[0].end == Time.from_seconds(60)


def test_a_silent_source_has_no_sound_to_plan() -> None:
    assert plan_clip(a_source(audio_index=None), None, stored.clip(), None).parts[0].audio_stream is None


def test_fades_of_a_very_short_clip_leave_something_between_them() -> None:
    clip = replace(stored.clip(), parts=stored.ranges((5, 5.4)))
    plan = plan_clip(a_source(), None, clip, None)
    assert plan.fade_in + plan.fade_out < plan.duration
