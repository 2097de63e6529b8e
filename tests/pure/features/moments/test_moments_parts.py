"""The parts of the ranker, each on small examples."""

from __future__ import annotations

import numpy as np
import pytest
from support.spoken import spoken

from viralclip_desktop.features.moments.arrays import RangeMax
from viralclip_desktop.features.moments.choose import choose
from viralclip_desktop.features.moments.lexicon import (
    KINDS,
    build_lexicon,
    ends_sentence,
    ends_with_question,
    has_digit,
    load_lexicon,
    token_of,
)
from viralclip_desktop.features.moments.model import TABLES, load_model, probability, read_model
from viralclip_desktop.features.moments.signals import Signals, read_signals
from viralclip_desktop.features.moments.terms import novelty, terms_in, topic_shifts, weigh
from viralclip_desktop.features.moments.titles import columns, polish, unique
from viralclip_desktop.features.moments.units import Unit, length_s, units_of


def test_the_best_candidates_are_chosen_first_and_none_shows_another_again() -> None:
    start = np.array([0.0, 5.0, 24.0, 26.0, 60.0])
    end = np.array([30.0, 32.0, 50.0, 55.0, 90.0])
    score = np.array([3.0, 2.9, 2.0, 2.5, 1.0])
    assert list(choose(start, end, score, 5, 0.2)) == [0, 3, 4]  # 26-55 shares 4 s of 29 with the best
    assert list(choose(start, end, score, 5, 0.0)) == [0, 4]
    assert list(choose(start, end, score, 1, 0.2)) == [0]


def test_what_may_not_be_chosen_is_left_out_even_when_nothing_else_is_there() -> None:
    assert list(choose(np.zeros(2), np.ones(2), np.array([-np.inf, -np.inf]), 3, 0.2)) == []


def test_range_max_finds_the_largest_of_any_range() -> None:
    values = np.random.default_rng(0).random(37)
    table = RangeMax(values)
    pairs = [(a, b) for a in range(38) for b in range(a, 38)]
    first, last = (np.array(side) for side in zip(*pairs, strict=True))
    wanted = [values[a:b].max() if b > a else 0.0 for a, b in pairs]
    assert np.allclose(table.over(first, last), wanted)


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


def test_phrases_are_found_by_kind_the_longest_first() -> None:
    lexicon = load_lexicon("en-GB")
    tokens = ["that's", "why", "i", "never", "stop"]
    marks = {(mark.kind, mark.first, mark.last) for mark in lexicon.marks(tokens)}
    assert {("ending", 0, 2), ("me", 2, 3), ("all", 3, 4), ("neg", 3, 4)} <= marks
    assert ("point", 0, 1) in marks
    assert [load_lexicon(code).known for code in ("xx", "", "../en")] == [False, False, False]


def test_a_star_stands_for_any_ending_and_elided_words_are_two() -> None:
    lexicon = build_lexicon("fr", {"ad": ["abonn*"], "question": ["qu'est-ce que"], "me": ["j'*"]})
    assert lexicon.split("J’ai") == ["j'", "ai"]
    found = [mark.kind for mark in lexicon.marks(["j'", "ai", "abonnement", "qu'", "est-ce", "que"])]
    assert found == ["me", "ad", "question"]


def test_scripts_without_spaces_are_searched_by_letters_the_longest_phrase_first() -> None:
    lexicon = load_lexicon("th")
    assert lexicon.unspaced
    kinds = {mark.kind for mark in lexicon.marks(["เพราะ", "ว่าเร", "า"])}
    assert {"join", "me"} <= kinds
    assert "join" in lexicon.openings(["แต่ฉ", "ัน"])


@pytest.mark.parametrize("language", ["de", "en", "es", "fr", "id", "it", "ja", "pt", "th"])
def test_every_language_has_every_kind(language: str) -> None:
    lexicon = load_lexicon(language)
    kinds = {kind for items in lexicon.phrases.values() for _, kind in items}
    kinds |= {kind for items in lexicon.stems.values() for _, kind in items}
    kinds |= {kind for items in lexicon.letters.values() for _, kind in items}
    assert kinds == set(KINDS)
    assert lexicon.stop


def signals_of(text: str, language: str = "en") -> Signals:
    transcript, lexicon = spoken(text, language), load_lexicon(language)
    return read_signals(transcript, units_of(transcript, 60.0, lexicon), lexicon)


def test_the_real_opening_comes_after_the_lead_ins() -> None:
    signals = signals_of("And so, um, I went home.\nIt was late.\nThe house was dark.")
    assert list(signals.opens("join")) == [1.0, 0.0, 0.0]
    assert list(signals.really_opens("me")) == [1.0, 0.0, 0.0]
    assert list(signals.really_opens("point")) == [0.0, 1.0, 0.0]
    assert list(signals.really_opens("noun")) == [0.0, 0.0, 1.0]


def test_a_transcript_without_full_stops_is_parted_at_pauses_turns_and_clause_words() -> None:
    text = "A: we had no money at all\nA: but nobody told us to stop\nB: why did nobody tell you\n" * 12
    transcript, lexicon = spoken(text), load_lexicon("en")
    units = units_of(transcript, 60.0, lexicon)
    firsts = {transcript.words[unit.first].text for unit in units}
    assert firsts <= {"we", "but", "why"}
    assert all(
        transcript.words[unit.first].speaker == transcript.words[unit.last - 1].speaker for unit in units
    )


def test_a_table_is_a_weighted_sum_of_deviations() -> None:
    model = read_model(
        '{"made": "by hand", "tables": {"opening": {"bias": -1, "features": {"a": [2, 4, 0.5]}}}}'
    )
    assert list(model["opening"].score({"a": np.array([2.0, 6.0])})) == [-1.0, -0.5]
    assert probability(np.array([0.0]))[0] == 0.5


def test_the_shipped_tables_say_how_they_were_made() -> None:
    model = load_model()
    assert set(model.tables) == set(TABLES)
    assert "marked recordings" in model.made


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
        ("so you learn a lot, right?", "You learn a lot"),
        ("they never asked who we are", "They never asked who we are"),
        ("裂缝总是从方形窗户的角上开始。", "裂缝总是从方形窗户的角上开始"),
    ],
)
def test_a_title_has_no_loose_ends(clause: str, title: str) -> None:
    lexicon = load_lexicon("en" if clause.isascii() else "xx")
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
