"""Which word of a phrase is its key word."""

from __future__ import annotations

import pytest
from support.caption_pictures import caption_plan, spoken

from viralclip_desktop.compose.captions.document import laid_out
from viralclip_desktop.compose.captions.keywords import keywords_of


def _phrase(text: str):
    return laid_out(caption_plan(spoken(text, 0.2), "subtitle")).first[0].phrase


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
