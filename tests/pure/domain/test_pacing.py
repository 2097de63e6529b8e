"""Auto speed and cutting to the beat, on plain clips."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from support import stored
from support.edited import s

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip, Transition
from viralclip_desktop.domain.edits import pacing, parts, tightening
from viralclip_desktop.domain.edits.pacing import Stretch
from viralclip_desktop.domain.layers import Element, MusicLayer, PictureLayer
from viralclip_desktop.domain.tightening import CutKind, TightCut
from viralclip_desktop.domain.transcript import Word

HALF_MORE = Fraction(3, 2)


def clip_of(*ranges: tuple[float, float], **changes: object) -> Clip:
    return replace(stored.clip(), parts=stored.ranges(*ranges), **changes)  # type: ignore[arg-type]


def stretch(start_s: float, end_s: float, speed: Fraction = HALF_MORE) -> Stretch:
    return Stretch(stored.clip().asset_id, TimeRange.from_seconds(start_s, end_s), speed)


def played(clip: Clip) -> list[tuple[float, float, float]]:
    return [(one.range.start.seconds, one.range.end.seconds, float(one.speed)) for one in clip.parts]


# --- auto speed


def test_stretches_play_faster_and_the_rest_as_recorded() -> None:
    clip = pacing.pace(clip_of((0, 10)), [stretch(2, 5), stretch(8, 10)])
    assert played(clip) == [(0, 2, 1), (2, 5, 1.5), (5, 8, 1), (8, 10, 1.5)]
    assert clip.duration.seconds == pytest.approx(2 + 2 + 3 + 4 / 3)


def test_another_choice_takes_the_place_of_the_first_and_all_can_be_taken_back() -> None:
    plain = clip_of((0, 10))
    once = pacing.pace(plain, [stretch(2, 5)])
    assert pacing.pace(once, [stretch(6, 9)]) == pacing.pace(plain, [stretch(6, 9)])
    assert pacing.unpaced(once) == plain
    assert pacing.pace(once, []) == plain


def test_one_that_was_put_back_is_left_alone_from_then_on() -> None:
    once = pacing.pace(clip_of((0, 10)), [stretch(2, 5), stretch(6, 9)])
    back = pacing.switch(once, 1, on=False)
    assert played(back)[1] == (2, 5, 1)
    again = pacing.pace(back, [stretch(2, 5), stretch(6, 9)])
    assert [(float(one.speed), float(one.paced)) for one in again.parts] == [
        *[(1, 1), (1, 1.5), (1, 1), (1.5, 1.5)],
        (1, 1),
    ]
    assert pacing.switch(back, 1, on=True) == once


def test_a_speed_chosen_by_hand_is_no_auto_speed() -> None:
    fast = parts.respeed(clip_of((0, 4), (5, 9)), 0, Fraction(2))
    clip = pacing.pace(fast, [stretch(1, 3), stretch(6, 8)])
    assert played(clip)[0] == (0, 4, 2)
    by_hand = parts.respeed(clip, 2, Fraction(2))
    assert not pacing.is_paced(by_hand.parts[2])
    assert pacing.unpaced(by_hand).parts[2].speed == 2


def test_a_transition_stays_at_the_first_piece() -> None:
    clip = parts.come_with(clip_of((0, 4), (5, 9)), 1, Transition.WHIP)
    paced = pacing.pace(clip, [stretch(6, 8)])
    assert [one.transition for one in paced.parts] == [
        *[Transition.CUT, Transition.WHIP, Transition.CUT, Transition.CUT]
    ]


def test_layers_stay_on_their_words() -> None:
    layer = PictureLayer("p", "a", TimeRange.from_seconds(6, 8))
    clip = pacing.pace(clip_of((0, 10), layers=(layer,)), [stretch(2, 5)])
    assert clip.layers[0].range == TimeRange.from_seconds(5, 7)


def test_tightening_keeps_the_pace() -> None:
    cut = TightCut(stored.clip().asset_id, TimeRange.from_seconds(4, 6), CutKind.SILENCE)
    paced = pacing.pace(clip_of((0, 10)), [stretch(2, 5)])
    tight = tightening.tighten(paced, [cut])
    assert played(tight) == [(0, 2, 1), (2, 4, 1.5), (6, 10, 1)]
    assert played(tightening.untightened(tight)) == [(0, 2, 1), (2, 4, 1.5), (4, 10, 1)]


# --- to the beat

BEATS = [Time.from_seconds(0.5 * n) for n in range(40)]
DURATIONS = {stored.clip().asset_id: s(60)}


def to_beats(clip: Clip, *words: tuple[float, float]) -> Clip:
    said = [Word("so", s(start), s(end)) for start, end in words]
    return pacing.to_beats(clip, BEATS, {clip.asset_id: said}, DURATIONS)


def test_an_edge_moves_to_the_nearest_beat_and_what_follows_moves_on() -> None:
    clip = clip_of((0, 4.1), (10, 14.2), (20, 24))
    moved = to_beats(clip)
    assert [(a, b) for a, b, _ in played(moved)] == [(0, 4), (10, 14), (20, 24)]
    assert pacing.on_beat(moved, BEATS) == 2
    assert pacing.on_beat(clip, BEATS) == 0


def test_no_word_is_cut_into_and_none_comes_in() -> None:
    assert to_beats(clip_of((0, 4.1), (10, 14)), (3.5, 4.05)).parts[0].range.end == s(4.1)
    assert to_beats(clip_of((0, 3.9), (10, 14)), (3.92, 4.3)).parts[0].range.end == s(3.9)
    assert to_beats(clip_of((0, 4.1), (10, 14)), (3.5, 3.9)).parts[0].range.end == s(4)


def test_where_the_end_is_said_the_start_gives_way() -> None:
    moved = to_beats(clip_of((1, 5.1), (10, 14)), (4.8, 5.08), (2, 2.5))
    assert (moved.parts[0].range.start, moved.parts[0].range.end) == (s(1.1), s(5.1))


def test_a_split_rolls_and_loses_nothing() -> None:
    split = parts.split(clip_of((0, 10)), s(4.1))
    moved = to_beats(split, (3, 5))
    assert [(a, b) for a, b, _ in played(moved)] == [(0, 4), (4, 10)]


def test_an_edge_out_of_reach_stays() -> None:
    clip = clip_of((0, 4), (10, 14))
    beats = [s(0), s(5)]
    assert pacing.to_beats(clip, beats, {}, DURATIONS) == clip


def test_pictures_come_with_a_beat_and_music_and_emoji_stay() -> None:
    song = MusicLayer("m", "song", TimeRange.from_seconds(0, 8.2))
    roll = PictureLayer("b", "film", TimeRange.from_seconds(2.1, 4.4), element=Element.BROLL)
    emoji = PictureLayer("e", "pic", TimeRange.from_seconds(2.1, 4.4), element=Element.EMOJI)
    clip = clip_of((0, 4.1), (10, 14.1), layers=(song, roll, emoji))
    moved = {one.id: one.range for one in to_beats(clip).layers}
    assert moved["b"] == TimeRange.from_seconds(2, 4)
    assert moved["m"] == TimeRange.from_seconds(0, 8.1)
    assert moved["e"] == TimeRange.from_seconds(2.1, 4.3)


def test_a_card_ends_on_a_beat() -> None:
    clip = clip_of((0, 4))
    carded = parts.insert(clip, parts.card("Now", s(2.2)), 0)
    assert to_beats(carded).parts[0].duration == s(2)
