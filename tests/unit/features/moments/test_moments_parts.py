"""The parts of the ranker, each on small examples."""

from __future__ import annotations

import itertools
import random

import numpy as np
import pytest
from support.spoken import spoken

from viralclip_desktop.features.moments.arrays import RangeMax
from viralclip_desktop.features.moments.candidates import Runs
from viralclip_desktop.features.moments.choose import choose
from viralclip_desktop.features.moments.lexicon import (
    ends_sentence,
    ends_with_question,
    has_digit,
    load_lexicon,
    token_of,
)
from viralclip_desktop.features.moments.terms import novelty, terms_in, topic_shifts, weigh
from viralclip_desktop.features.moments.titles import columns, polish, unique
from viralclip_desktop.features.moments.units import Unit, length_s, units_of
from viralclip_desktop.features.moments.weights import PARTS, STRUCTURE
from viralclip_desktop.features.moments.wording import lexicon_opening


def best_by_trying(runs: Runs, worth: np.ndarray, count: int) -> float:
    best = 0.0
    for size in range(1, count + 1):
        for picked in itertools.combinations(range(len(runs)), size):
            spans = sorted((int(runs.first[i]), int(runs.last[i])) for i in picked)
            if all(a[1] < b[0] for a, b in itertools.pairwise(spans)):
                best = max(best, float(worth[list(picked)].sum()))
    return best


@pytest.mark.parametrize("seed", range(12))
def test_the_choice_is_the_best_there_is(seed: int) -> None:
    chance = random.Random(seed)
    spans = [
        (first, min(9, first + chance.randrange(4))) for first in (chance.randrange(10) for _ in range(11))
    ]
    runs = Runs(np.array([a for a, _ in spans]), np.array([b for _, b in spans]))
    worth = np.array([chance.uniform(-0.2, 1.0) for _ in spans])
    for count in (1, 2, 3):
        chosen = choose(runs, worth, 10, count)
        assert len(chosen) <= count
        assert worth[chosen].sum() == pytest.approx(best_by_trying(runs, worth, count))


def test_range_max_finds_the_largest_of_any_range() -> None:
    values = np.random.default_rng(0).random(37)
    table = RangeMax(values)
    pairs = [(a, b) for a in range(38) for b in range(a, 38)]
    first, last = (np.array(side) for side in zip(*pairs, strict=True))
    wanted = [values[a:b].max() if b > a else 0.0 for a, b in pairs]
    assert np.allclose(table.over(first, last), wanted)


def test_the_weights_of_a_whole_add_up_to_one() -> None:
    assert sum(PARTS.values()) == pytest.approx(1.0)
    assert sum(STRUCTURE.values()) == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("text", "token"),
    [
        ("Don’t,", "don't"),
        ("“Ça", "ça"),
        ("—", ""),
        ("(42%)", "42%"),
        ("कि,", "कि"),
        ("吗？", "吗"),
        ("นี้", "นี้"),
    ],
)
def test_words_are_compared_without_what_surrounds_them(text: str, token: str) -> None:
    assert token_of(text) == token


def test_question_marks_and_digits_of_every_script_are_known() -> None:
    assert all(ends_with_question(text) for text in ("no?", "吗？", "لماذا؟", "Really?”"))
    assert not ends_with_question("no.")
    assert all(ends_sentence(text) for text in ("no.", "好。", "नहीं।", "yes!"))
    assert not ends_sentence("and...")
    assert all(has_digit(text) for text in ("3rd", "٤٢", "१२", "二十"))
    assert not has_digit("一")


def test_the_longest_phrase_of_a_kind_counts_once() -> None:
    lexicon = load_lexicon("en-GB")
    assert lexicon is not None
    marks = [
        mark
        for mark in lexicon.marks(["that", "is", "why", "i", "never", "stop"])
        if mark.kind == "conclusion"
    ]
    assert [(mark.first, mark.last) for mark in marks] == [(0, 3), (3, 5)]
    assert load_lexicon("xx") is None
    assert load_lexicon("") is None
    assert load_lexicon("../en") is None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("and then we left", "dangling"),
        ("that's why we left", "dangling"),
        ("so it never worked", "dangling"),
        ("it was a cold morning", ""),
        ("this is the story of a dog", ""),
        ("so what would you do", "loose"),
        ("nobody tells you this", ""),
    ],
)
def test_openings_that_point_back_are_told_from_those_that_stand_alone(text: str, kind: str) -> None:
    assert lexicon_opening(load_lexicon("en"), text.split()) == kind


def test_a_change_of_subject_is_found_where_the_words_change() -> None:
    river = ["river", "water", "boat", "fish", "bank", "stream", "swim", "bridge"]
    oven = ["oven", "bread", "flour", "dough", "yeast", "crust", "baker", "loaf"]
    units = [[subject[(at + k) % 8] for k in (0, 1, 3)] for subject in (river, oven) for at in range(24)]
    shifts = topic_shifts(weigh(units), 3.0)
    assert int(np.argmax(shifts)) == 24
    assert shifts[24] > 0.7


def test_what_is_said_once_is_newer_than_what_is_said_again_and_again() -> None:
    usual = (["coffee", "table"], ["door", "window"], ["chair", "lamp"], ["shelf", "clock"], ["cup", "plate"])
    units = [list(usual[at % 5]) for at in range(40)]
    units[20] = ["comet", "telescope"]
    starts = np.arange(40) * 10.0
    new = novelty(weigh(units), starts, starts + 9.0)
    assert int(np.argmax(new)) == 20


def test_scripts_without_spaces_are_read_in_pairs_of_characters() -> None:
    assert terms_in(["飞机", "窗户"], frozenset()) == ["飞机", "机窗", "窗户"]
    assert terms_in(["the", "plane"], frozenset({"the"})) == ["plane"]


def test_an_overlong_sentence_is_split_at_its_longest_pauses() -> None:
    words = spoken("a b c\n\nd e f\ng h i", start_s=0.0)
    whole = type(words)(words.engine, words.language, words.words, (type(words.sentences[0])(0, 9),))
    units = units_of(whole, 1.5)
    assert units[0] == Unit(0, 3, opens_cut=False, closes_cut=True)
    assert units[-1].closes_cut is False
    assert all(length_s(words.words, unit) <= 1.5 for unit in units)


@pytest.mark.parametrize(
    ("clause", "title"),
    [
        ("and so the oven was gone,", "The oven was gone"),
        ("um, you know, nobody came because", "Nobody came"),
        ("What would you do?", "What would you do?"),
        ("never again!", "Never again"),
        ("裂缝总是从方形窗户的角上开始。", "裂缝总是从方形窗户的角上开始"),
    ],
)
def test_a_title_has_no_loose_ends(clause: str, title: str) -> None:
    lexicon = load_lexicon("en") if clause.isascii() else None
    assert polish(clause, lexicon) == title


def test_a_long_title_ends_at_a_word_and_shows_that_something_is_missing() -> None:
    title = polish(
        "the night the river rose over the bank and took the old wooden bridge with it", load_lexicon("en")
    )
    assert title.endswith("…")
    assert columns(title) <= 60
    assert title == "The night the river rose over the bank and took the old…"


def test_a_title_is_given_only_once() -> None:
    assert unique(["One", "Two"], ["one"]) == "Two"
    assert unique(["One"], ["One", "One (2)"]) == "One (3)"
