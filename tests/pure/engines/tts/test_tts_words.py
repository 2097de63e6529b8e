"""Which sounds belong to which word: joined words, numbers, words of which nothing is heard."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from viralclip_desktop.core.time import Time
from viralclip_desktop.engines.tts.words import Heard, words_heard

SOUNDS = {"We": 2, "started": 8, "in": 2, "2024,": 24, "for": 3, "a": 1, "reason": 6, "—": 0}


def heard(*groups: tuple[float, float, int]) -> list[Heard]:
    return [Heard(Time.from_seconds(start), Time.from_seconds(end), sounds) for start, end, sounds in groups]


def times(text: str, groups: list[Heard]) -> list[tuple[str, float, float]]:
    return [
        (word.text, round(word.range.start.seconds, 3), round(word.range.end.seconds, 3))
        for word in words_heard(text, groups, lambda word: SOUNDS[word])
    ]


def test_as_many_groups_as_words_are_one_each() -> None:
    assert times("We started", heard((0, 0.2, 2), (0.3, 0.9, 8))) == [("We", 0, 0.2), ("started", 0.3, 0.9)]


def test_joined_words_share_what_is_heard_of_them() -> None:
    groups = heard((0, 0.2, 2), (0.4, 0.8, 4), (0.9, 1.5, 6))
    assert times("We for a reason", groups) == [
        ("We", 0, 0.2),
        ("for", 0.4, 0.7),
        ("a", 0.7, 0.8),
        ("reason", 0.9, 1.5),
    ]


def test_a_number_is_one_word_however_many_are_heard() -> None:
    groups = heard((0, 0.2, 2), (0.3, 0.5, 2), (0.6, 1.1, 7), (1.2, 1.6, 6), (1.7, 2.0, 5), (2.2, 2.5, 3))
    assert times("We in 2024, for", groups) == [
        ("We", 0, 0.2),
        ("in", 0.3, 0.5),
        ("2024,", 0.6, 2.0),
        ("for", 2.2, 2.5),
    ]


def test_a_mark_alone_has_no_length() -> None:
    assert times("We — started", heard((0, 0.2, 2), (0.3, 0.9, 8))) == [
        ("We", 0, 0.2),
        ("—", 0.2, 0.2),
        ("started", 0.3, 0.9),
    ]


@given(
    st.lists(st.integers(0, 12), max_size=12),
    st.lists(st.tuples(st.integers(1, 20), st.integers(0, 5), st.integers(0, 12)), max_size=12),
)
def test_whatever_is_heard_every_word_has_its_place_in_order(
    sizes: list[int], groups: list[tuple[int, int, int]]
) -> None:
    at, given_groups = 0, []
    for length, pause, sounds in groups:
        given_groups.append(Heard(Time(at), Time(at + length), sounds))
        at += length + pause
    text = " ".join(f"w{size}" for size in sizes)
    found = words_heard(text, given_groups, lambda word: int(word[1:]))
    assert [word.text for word in found] == text.split()
    assert all(word.range.start <= word.range.end <= Time(at) for word in found)
    assert all(one.range.end <= after.range.start for one, after in pairwise(found))
