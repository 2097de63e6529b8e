"""What a user may wish for in words."""

from __future__ import annotations

import numpy as np
import pytest
from support.planted import talks
from support.spoken import end_s, spoken

from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.features.moments.lexicon import load_lexicon
from viralclip_desktop.features.moments.model import load_model
from viralclip_desktop.features.moments.options import FindOptions
from viralclip_desktop.features.moments.ranker import Moment, rank
from viralclip_desktop.features.moments.talk import Talk, read_talk
from viralclip_desktop.features.moments.units import units_of
from viralclip_desktop.features.moments.wishes import Wish, read_wish

PLANTED = talks(range(1))[0].transcript


def talk(text: str | None = None, language: str = "en") -> Talk:
    transcript = spoken(text, language) if text else PLANTED
    lexicon = load_lexicon(language)
    units = units_of(transcript, 57.0, lexicon)
    return read_talk(transcript, units, lexicon, None, end_s(transcript), load_model())


def find(about: str) -> list[Moment]:
    options = FindOptions(count=5, min_length_s=12.0, max_length_s=60.0, about=about)
    return rank(PLANTED, end_s(PLANTED), options)


@pytest.mark.parametrize(
    ("text", "signals"),
    [
        ("the funniest exchanges", ("funny", "exchange")),
        ("Stories, please", ("story",)),
        ("cerita lucu", ("story", "funny")),
        ("ช่วงที่ตลกที่สุด", ("funny",)),
        ("los consejos más divertidos", ("advice", "funny")),
    ],
)
def test_a_wish_is_first_mapped_to_signals(text: str, signals: tuple[str, ...]) -> None:
    wish = read_wish(text, talk())
    assert wish.signals == signals
    assert wish.not_understood == ()


def test_what_is_no_signal_is_a_subject_if_the_talk_speaks_of_it() -> None:
    wish = read_wish("the funny part about bridges and dinosaurs", talk())
    assert wish == Wish(wish.text, ("funny",), ("bridg",), ("dinosaurs",))


def test_a_subject_wished_for_comes_first_and_is_quoted() -> None:
    best = find("the soup for the president")[0]
    assert best.quote_first == "I cooked for a president once and I burned the soup."
    assert any("Speaks of what you asked for: “I cooked for a president" in r.text for r in best.reasons)


def test_what_is_not_understood_is_said() -> None:
    told = [reason.text for reason in find("dinosaurs")[0].reasons]
    assert "Not found in this talk, so left out of the search: “dinosaurs”" in told


def test_without_a_wish_nothing_is_said_of_it() -> None:
    assert not any("asked for" in reason.text for moment in find("") for reason in moment.reasons)
    assert not read_wish("", talk())


def test_exchanges_are_preferred_where_they_are_wished_for() -> None:
    monologue = "\n".join(
        f"A: I think the harbour number {n} was built by people who loved the sea." for n in range(9)
    )
    exchange = "\n".join(
        f"{'AB'[n % 2]}: You never told me that you were afraid of storm number {n}." for n in range(8)
    )
    transcript = spoken(f"{monologue}\n\n{exchange}\n\n{monologue}")
    options = FindOptions(count=1, min_length_s=12.0, max_length_s=40.0, about="exchanges")
    best = rank(transcript, end_s(transcript), options)[0]
    assert "storm" in best.quote_last or "storm" in best.quote_first
    assert np.isfinite(best.score)


def test_more_like_a_clip_shares_its_subject_and_leaves_it_out() -> None:
    bridge = "The old bridge over the river was built by engineers who feared the water and the river itself."
    second = "Every engineer who came to the bridge looked at the river and at the water below."
    bread = "My aunt baked bread with honey and cinnamon for the children of the whole street every Sunday."
    block = lambda line: "\n".join(f"{line[:-1]} number {n}." for n in range(5))  # noqa: E731
    transcript = spoken("\n\n".join([block(bridge), block(bread), block(second), block(bread)]))
    options = FindOptions(count=1, min_length_s=12.0, max_length_s=40.0)
    model = TimeRange(transcript.words[0].start, transcript.words[40].end)
    best = rank(transcript, end_s(transcript), options, like=model)[0]
    assert "engineer" in best.quote_first
    assert best.range.start >= model.end


class FakeMeaning:
    """Two meanings: what is said of water, and everything else."""

    def vectors(self, texts: list[str]) -> np.ndarray:
        return np.array([[1.0, 0.0] if "sea" in text or "ocean" in text else [0.0, 1.0] for text in texts])


def test_with_a_model_of_meaning_other_words_for_the_same_subject_are_found() -> None:
    lines = {
        "sea": "We sailed out on the sea and nobody of us had slept for two whole nights.",
        "bread": "My aunt baked bread with honey for all the children of the street on Sunday.",
        "ocean": "An ocean keeps every single thing that you throw away for a thousand years.",
    }
    text = "\n\n".join("\n".join([lines[name]] * 5) for name in ("sea", "bread", "ocean", "bread"))
    transcript = spoken(text)
    model = TimeRange(transcript.words[0].start, transcript.words[40].end)
    options = FindOptions(count=1, min_length_s=12.0, max_length_s=30.0)
    best = rank(transcript, end_s(transcript), options, like=model, meaning=FakeMeaning())[0]
    assert best.quote_first == lines["ocean"]


def test_a_clip_that_says_again_what_a_better_one_said_is_left_out() -> None:
    story = "\n".join(
        f"In {1990 + n} I lost the house that my father built beside the harbour." for n in range(5)
    )
    other = "\n".join(
        f"My aunt baked {n + 2} loaves with honey for the children of our street." for n in range(5)
    )
    transcript = spoken("\n\n".join([story, other, story, other]))
    options = FindOptions(count=4, min_length_s=15.0, max_length_s=30.0)
    found = rank(transcript, end_s(transcript), options)
    firsts = [moment.quote_first.split()[0] for moment in found]
    assert sorted(firsts) == ["In", "My"]


SUBJECTS = (("sea", "ocean", "water"), ("bread", "baking"), ("dinosaurs",))
LINES = {
    "sea": "We sailed out on the sea and nobody of us had slept for two whole nights.",
    "bread": "My aunt made bread with honey for all the children of the street on Sunday.",
    "ocean": "An ocean keeps every single thing that you throw away for a thousand years.",
}
SHORE = spoken("\n\n".join("\n".join([LINES[name]] * 5) for name in ("bread", "sea", "bread")))


class Subjects:
    """A meaning that knows three subjects, by their words."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def vectors(self, texts: list[str]) -> np.ndarray:
        self.asked += texts
        found = np.array(
            [[any(word in text for word in words) for words in SUBJECTS] for text in texts], float
        )
        return found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), 1e-9)


def wish_for(about: str, meaning: Subjects | None) -> tuple[Wish, Talk]:
    lexicon = load_lexicon("en")
    units = units_of(SHORE, 57.0, lexicon)
    shore = read_talk(SHORE, units, lexicon, None, end_s(SHORE), load_model(), meaning)
    return read_wish(about, shore, meaning), shore


def test_with_a_model_of_meaning_a_wish_is_found_that_nobody_said() -> None:
    options = FindOptions(count=1, min_length_s=12.0, max_length_s=30.0, about="the part about deep water")
    (best,) = rank(SHORE, end_s(SHORE), options, meaning=Subjects())
    assert best.quote_first == LINES["sea"]
    told = [reason.text for reason in best.reasons]
    assert any(text.startswith("Speaks of what you asked for: “We sailed out") for text in told)
    assert not any("Not found" in text for text in told)
    (blind,) = rank(SHORE, end_s(SHORE), options)
    assert any("left out of the search: “deep”, “water”" in reason.text for reason in blind.reasons)


def test_what_the_meaning_does_not_find_is_still_said() -> None:
    wish, shore = wish_for("the funny part about baking and dinosaurs", Subjects())
    assert wish == Wish(wish.text, ("funny",), ("bakin",), ("dinosaurs",))
    assert [bool(named) for named in wish.named] == [
        "bread" in said.tokens for said in shore.signals.said
    ]  # by what is meant: nobody says that it was baked


def test_things_wished_for_are_asked_as_they_were_written() -> None:
    meaning = Subjects()
    wish_for("funny stories of the deep water, honey or the end of time", meaning)
    assert meaning.asked[-3:] == ["deep water", "honey", "end of time"]
    before = Subjects()
    wish_for("the funniest exchanges", before)
    assert set(before.asked) == set(LINES.values()) - {LINES["ocean"]}


def test_a_word_that_is_said_counts_where_its_meaning_is_not_found() -> None:
    wish, shore = wish_for("honey", Subjects())
    assert (wish.subjects, wish.not_understood) == (("honey",), ())
    assert [bool(named) for named in wish.named] == ["honey" in said.tokens for said in shore.signals.said]
