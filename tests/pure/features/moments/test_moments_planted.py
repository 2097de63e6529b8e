"""The finder on twenty written talks with stories planted in them, and parts that may never be in a clip."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import pytest
from support.planted import Planted, talks
from support.spoken import end_s

from viralclip_desktop.features.moments.options import FindOptions
from viralclip_desktop.features.moments.ranker import Moment, rank

HALVES = (range(0, 20, 2), range(1, 20, 2))
POINTING = {
    "and",
    "but",
    "so",
    "it",
    "they",
    "he",
    "she",
    "that",
    "then",
    "because",
    "yeah",
    "um",
    "y",
    "et",
    "und",
    "dan",
}


@dataclass(frozen=True)
class Found:
    """One clip against the story it shows most of: sentences from one edge to the other."""

    moment: Moment
    share: float
    start_off: int
    end_off: int
    has_trap: bool
    story: tuple[str, str]


@cache
def found_in(numbers: range) -> dict[str, tuple[Planted, list[Found]]]:
    """The five best clips of each talk."""
    return {talk.name: (talk, [_measured(talk, moment) for moment in _find(talk)]) for talk in talks(numbers)}


def _find(talk: Planted) -> list[Moment]:
    options = FindOptions(count=6, min_length_s=12.0, max_length_s=60.0)
    return rank(talk.transcript, end_s(talk.transcript), options)[:5]


def _measured(talk: Planted, moment: Moment) -> Found:
    sentences = talk.sentences
    first, last = sentences.index(moment.quote_first), sentences.index(moment.quote_last)
    inside = set(range(first, last + 1))
    spans = {story: (sentences.index(story[0]), sentences.index(story[1])) for story in talk.stories}
    story = max(spans, key=lambda name: len(inside & set(range(spans[name][0], spans[name][1] + 1))))
    low, high = spans[story]
    planted = set(range(low, high + 1))
    share = len(inside & planted) / len(inside | planted)
    has_trap = any(sentence in talk.traps for sentence in sentences[first : last + 1])
    return Found(moment, share, first - low, last - high, has_trap, story)


@pytest.mark.parametrize("half", [0, 1])
def test_four_of_five_clips_are_planted_stories(half: int) -> None:
    shares = []
    for talk, found in found_in(HALVES[half]).values():
        met = {item.story for item in found if item.share >= 0.5}
        shares.append(len(met) / min(5, len(talk.stories)))
    assert sum(shares) / len(shares) >= 0.8


@pytest.mark.parametrize("half", [0, 1])
def test_clips_open_within_a_sentence_and_end_on_the_payoff(half: int) -> None:
    clips = [item for _, found in found_in(HALVES[half]).values() for item in found]
    assert sum(abs(item.start_off) <= 1 for item in clips) / len(clips) >= 0.9
    assert sum(item.end_off == 0 for item in clips) / len(clips) >= 0.85


@pytest.mark.parametrize("half", [0, 1])
def test_no_advert_greeting_or_housekeeping_is_in_a_clip(half: int) -> None:
    assert [
        item.moment.quote_first
        for _, found in found_in(HALVES[half]).values()
        for item in found
        if item.has_trap
    ] == []


@pytest.mark.parametrize("half", [0, 1])
def test_no_clip_opens_on_a_word_that_points_back(half: int) -> None:
    openings = {
        item.moment.quote_first.split()[0].casefold()
        for _, found in found_in(HALVES[half]).values()
        for item in found
    }
    assert openings.isdisjoint(POINTING)


def test_six_planted_stories_give_at_least_four_clips() -> None:
    for talk, found in found_in(HALVES[0]).values():
        if len(talk.stories) == 6:
            assert len(found) >= 4


def test_a_question_is_kept_with_its_answer() -> None:
    for half in HALVES:
        for talk, found in found_in(half).values():
            asked = [item for item in found if item.story[0].endswith("?") and item.share >= 0.5]
            assert all(item.start_off == 0 for item in asked), talk.name
