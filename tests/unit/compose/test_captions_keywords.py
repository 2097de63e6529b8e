"""Which word of a phrase is its key word."""

from __future__ import annotations

import pytest
from support.caption_pictures import caption_plan, spoken

from viralclip_desktop.compose.captions.document import blocks_of
from viralclip_desktop.compose.captions.keywords import keywords_of
from viralclip_desktop.compose.captions.layout import setting_of
from viralclip_desktop.compose.captions.shaping import font_chain


def _phrase(text: str):
    words = text.split()
    plan = caption_plan(spoken(text, 0.2), "subtitle")
    chain = font_chain(plan.style.font, words)
    return blocks_of(plan, setting_of(plan.style, plan.aspect, chain, words), chain)[0].phrase


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("I lost three thousand then", "thousand"),
        ("it was $40 in all weekend", "$40"),
        ("and so it was", None),
        ("why", None),
        ("spreadsheet", "spreadsheet"),
    ],
)
def test_the_weightiest_word_is_the_key_word(text: str, word: str | None) -> None:
    phrase = _phrase(text)
    found = [phrase.tokens[index].word.text for index in keywords_of(phrase, ())]
    assert found == ([word] if word else [])


def test_named_words_win_whatever_their_case_and_punctuation() -> None:
    phrase = _phrase("So, it was so good")
    assert keywords_of(phrase, ("SO",)) == {0, 3}
    assert keywords_of(phrase, ("other",)) == frozenset()
