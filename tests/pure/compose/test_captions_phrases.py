"""How words become phrases: breaks, lines and times."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.caption_pictures import caption_plan, spoken

from viralclip_desktop.compose.captions.document import laid_out
from viralclip_desktop.compose.captions.layout import setting_of
from viralclip_desktop.compose.captions.phrases import Phrase, line_em
from viralclip_desktop.compose.captions.shaping import font_chain
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.captions import caption_styles


def phrases(plan: RenderPlan) -> list[Phrase]:
    laid = laid_out(plan)
    return [block.phrase for block in laid.first] if laid else []


def shown(plan: RenderPlan) -> list[list[str]]:
    """The lines of each phrase as text."""
    return [
        [" ".join(token.word.text for token in phrase.tokens[first:last]) for first, last in phrase.lines]
        for phrase in phrases(plan)
    ]


def flat(plan: RenderPlan) -> list[str]:
    return [" ".join(lines) for lines in shown(plan)]


def test_sentences_and_clauses_end_phrases() -> None:
    found = flat(
        caption_plan(
            spoken("Nobody tells you this, but money is hard. Why does that happen to us?"), "minimal"
        )
    )
    assert found[0] == "Nobody tells you this,"
    assert any(phrase.endswith("hard.") for phrase in found)
    assert all("." not in phrase[:-1] for phrase in found)


def test_no_word_is_left_alone_where_it_need_not_be() -> None:
    for count in range(5, 24):
        found = flat(caption_plan(spoken(["again"] * count), "karaoke"))
        assert min(len(phrase.split()) for phrase in found) >= 2, count


def test_a_long_pause_ends_a_phrase_and_clears_the_picture() -> None:
    words = spoken("one two three") + spoken("four five six", start_s=4.0)
    first, second = phrases(caption_plan(words, "minimal"))
    assert 1.2 <= first.end_cs / 100 <= 2.0
    assert second.start_cs == 400


def test_a_short_gap_is_bridged() -> None:
    words = spoken("One two three.") + spoken("Four five six.", start_s=1.6)
    first, second = phrases(caption_plan(words, "minimal"))
    assert first.end_cs == second.start_cs == 160


TALK = (
    "So we moved to Ghent in 2014. Then nothing happened for years, and I waited with my brother. Why? "
    "Because the letter of the Bank of England never came to Dr. Smith in New York. No. I said it again!"
)


@pytest.mark.parametrize("style", sorted(caption_styles()))
def test_no_caption_of_any_style_crosses_the_end_of_a_sentence(style: str) -> None:
    found = [letters(text) for text in flat(caption_plan(spoken(TALK), style))]
    ends = set(accumulate(map(len, found)))
    sentences = re.findall(r".*?(?<!Dr)[.?!](?: |$)", TALK)
    assert set(accumulate(len(letters(sentence)) for sentence in sentences)) <= ends


def letters(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


@pytest.mark.parametrize("style", sorted(set(caption_styles()) - {"punch"}))
@pytest.mark.parametrize("every_s", [0.25, 0.4])
def test_no_caption_ends_on_a_small_word_or_half_a_name(style: str, every_s: float) -> None:
    plan = replace(caption_plan(spoken(TALK, every_s), style), language="en")
    for phrase in flat(plan):
        assert letters(phrase.split()[-1]) not in {
            "to",
            "in",
            "for",
            "and",
            "on",
            "the",
            "with",
            "my",
            "because",
            "of",
            "dr",
            "new",
        }


def test_a_speaker_who_looks_for_the_word_behind_an_article_ends_no_caption_on_it() -> None:
    words = spoken("we went to the") + spoken("bakery at noon", start_s=2.4)
    assert flat(replace(caption_plan(words, "minimal"), language="en")) == ["we went to the bakery at noon"]
    far = spoken("we went to the") + spoken("bakery at noon", start_s=4.0)
    assert "bakery at noon" in flat(replace(caption_plan(far, "minimal"), language="en"))


def test_a_picture_behind_a_sentence_stays_with_it() -> None:
    found = flat(caption_plan(spoken("What a great job! 🎉 Now we go home."), "minimal"))
    assert found == ["What a great job! 🎉", "Now we go home."]


def test_a_quick_word_stays_long_enough_to_be_read() -> None:
    (phrase,) = phrases(caption_plan((Word("Yes.", Time(0), Time.from_seconds(0.2)),), "minimal"))
    assert phrase.end_cs >= 83


def test_lone_punctuation_joins_the_word_before_it() -> None:
    assert flat(caption_plan(spoken(["Well", ",", "why", "not", "?"]), "minimal")) == ["Well, why not?"]


def test_scripts_without_spaces_fill_lines_of_their_own() -> None:
    found = shown(caption_plan(spoken(list("今天我们来聊一聊人工智能。"), 0.2), "karaoke"))
    assert sum(len(line.replace(" ", "")) for lines in found for line in lines) == 13
    assert max(len(line.replace(" ", "")) for lines in found for line in lines) >= 4


@pytest.mark.parametrize(
    "word",
    [
        "https://www.example.com/some/very/long/path?query=1",
        "Donaudampfschifffahrtsgesellschaftskapitän",
        "W" * 90,
    ],
)
def test_a_word_wider_than_a_line_is_made_smaller_and_never_cut_off(word: str) -> None:
    (phrase,) = phrases(caption_plan(spoken([word]), "karaoke"))
    assert "".join(token.word.text for token in phrase.tokens) == word
    assert len(phrase.lines) == 2
    assert phrase.shrink < 1


def test_words_outside_the_clip_are_left_out() -> None:
    words = (
        Word("before", Time.from_seconds(-2), Time.from_seconds(-1)),
        Word("within", Time.from_seconds(0.1), Time.from_seconds(0.5)),
        Word("\u200b", Time.from_seconds(0.6), Time.from_seconds(0.7)),
    )
    assert flat(caption_plan(words, "minimal")) == ["within"]


texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Co", "Cn"]), min_size=1, max_size=24)
pauses = st.sampled_from([0.0, 0.0, 0.05, 0.3, 0.55, 0.8, 3.0])


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.one_of(st.sampled_from(["the", "money", "now.", "well,"]), texts), pauses), max_size=25
    ),
    st.sampled_from(sorted(caption_styles())),
    st.sampled_from(list(Aspect)),
)
def test_any_words_make_phrases_that_hold_the_rules(
    said: list[tuple[str, float]], style: str, aspect: Aspect
) -> None:
    words, time = [], 0.0
    for text, pause in said:
        words.append(Word(text, Time.from_seconds(time), Time.from_seconds(time + 0.3)))
        time += 0.3 + pause
    plan = caption_plan(words, style, aspect)
    found = phrases(plan)
    assert plan.style is not None
    measure = setting_of(plan.style, aspect, font_chain(plan.style.font, []), []).measure
    for before, after in pairwise(found):
        assert before.end_cs <= after.start_cs
    for phrase in found:
        assert 1 <= len(phrase.lines) <= 2
        assert phrase.start_cs < phrase.end_cs <= plan.duration.seconds * 100 + 1
        for first, last in phrase.lines:
            assert line_em(phrase.tokens[first:last], measure) * phrase.shrink <= measure.max_em + 1e-6
