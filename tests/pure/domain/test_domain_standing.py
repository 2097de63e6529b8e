"""How a clip stands, in a word, and whether that is still said of the clip that was found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import stored
from support.spoken import spoken

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import parts_of
from viralclip_desktop.domain.standing import (
    Standing,
    is_as_found,
    says_doubt,
    standing,
    standing_of,
    with_doubt,
)


@pytest.mark.parametrize(
    ("score", "word"),
    [(96, Standing.HIGH), (75, Standing.HIGH), (74, Standing.GOOD), (55, Standing.GOOD), (54, Standing.FAIR)],
)
def test_a_score_is_one_of_three_words(score: int, word: Standing) -> None:
    assert standing(score) is word


def test_a_clip_cut_by_hand_has_none() -> None:
    assert standing(None) is None


def test_a_clip_is_as_found_until_its_ends_are_moved_over_words() -> None:
    talk = spoken("It began like this.\nWe were three.\nAnd so it ended.")
    clip = replace(stored.clip(), quote_first="It began like this.", quote_last="And so it ended.")
    home = clip.parts[0].asset_id

    def within(first: int, last: int) -> TimeRange:
        air = Time.from_seconds(0.05)
        return TimeRange(talk.words[first].start - air, talk.words[last].end + air)

    whole = replace(clip, parts=parts_of(home, within(0, -1)))
    assert is_as_found(whole, talk)
    assert not is_as_found(replace(clip, parts=parts_of(home, within(1, -1))), talk)
    assert not is_as_found(replace(clip, parts=parts_of(home, within(0, -2))), talk)
    assert is_as_found(whole, None), "without words nothing can be told"
    cut = replace(whole, parts=(*parts_of(home, within(0, 3)), *parts_of(home, within(7, -1))))
    assert not is_as_found(cut, talk), "what was between is not said"
    pause = TimeRange(talk.words[3].end, talk.words[4].start)
    ends = whole.parts[0].range
    parts = (
        *parts_of(home, TimeRange(ends.start, pause.start)),
        *parts_of(home, TimeRange(pause.end, ends.end)),
    )
    assert is_as_found(replace(whole, parts=parts), talk), "a pause says nothing"


@pytest.mark.parametrize(("unsure", "doubtful"), [(3, False), (4, True), (11, True)])
def test_a_clip_of_many_doubtful_words_is_not_high(unsure: int, doubtful: bool) -> None:
    talk = spoken("It began like this.\nWe were three.\nAnd so it ended.")
    words = tuple(
        replace(word, confidence=0.5) if place < unsure else word for place, word in enumerate(talk.words)
    )
    talk = replace(talk, words=words)
    clip = replace(stored.clip(), score=90)
    everything = TimeRange(Time(0), words[-1].end + Time.from_seconds(1))
    clip = with_doubt(replace(clip, parts=parts_of(clip.parts[0].asset_id, everything)), talk)
    assert says_doubt(clip) is doubtful
    assert standing_of(clip) is (Standing.GOOD if doubtful else Standing.HIGH)
    assert clip.score == 90
    assert with_doubt(clip, talk) == clip
    sure = replace(talk, words=tuple(replace(word, confidence=1.0) for word in words))
    assert with_doubt(clip, sure).reasons == stored.clip().reasons


@pytest.mark.parametrize(("score", "place"), [(90, 0), (60, -1)])
def test_the_doubt_is_said_first_where_it_keeps_a_clip_from_the_best(score: int, place: int) -> None:
    talk = spoken("It began like this.\nWe were three.\nAnd so it ended.")
    talk = replace(talk, words=tuple(replace(word, confidence=0.5) for word in talk.words))
    everything = TimeRange(Time(0), talk.words[-1].end + Time.from_seconds(1))
    clip = replace(stored.clip(), score=score)
    clip = with_doubt(replace(clip, parts=parts_of(clip.parts[0].asset_id, everything)), talk)
    assert len(clip.reasons) == 3
    assert clip.reasons[place].kind == "doubt"
