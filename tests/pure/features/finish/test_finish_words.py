"""Which word of a sentence is marked: what it is about, never its grammar."""

from __future__ import annotations

import pytest
from support import stored

from viralclip_desktop.features.common.telling_words import is_telling, language_of, weights
from viralclip_desktop.features.finish.words import keywords


def marked(language: str, *sentences: str, telling: dict[str, float] | None = None) -> tuple[str, ...]:
    return keywords(stored.transcript(*sentences).words, language, telling or {})


@pytest.mark.parametrize(
    ("language", "sentence", "expected"),
    [
        ("en", "Additionally, we really changed the microphone before that.", "microphone"),
        ("en", "Unfortunately everybody always forgets about the budget.", "budget"),
        ("en", "It took us 14 months to build the prototype.", "14"),
        ("en", "Then something happened in Barcelona.", "barcelona"),
        ("es", "Además, realmente necesitamos una estrategia.", "estrategia"),
        ("fr", "Malheureusement, nous avons perdu la bataille.", "bataille"),
        ("de", "Allerdings haben wir damals die Werkstatt verkauft.", "werkstatt"),
    ],
)
def test_the_word_that_tells_most_is_marked(language: str, sentence: str, expected: str) -> None:
    assert marked(language, sentence) == (expected,)


def test_a_sentence_of_grammar_has_none() -> None:
    assert marked("en", "And then, well, they really would have been there.") == ()


def test_what_the_recording_says_all_the_time_tells_less() -> None:
    talk = [["podcast", "garden"], ["podcast", "listener"], ["podcast", "tomatoes"], ["podcast"]]
    telling = weights(talk)
    assert telling["garden"] > telling["podcast"]
    assert marked("en", "The podcast needs the garden.", telling=telling) == ("garden",)


@pytest.mark.parametrize(
    ("code", "text", "language"),
    [
        ("en-US", "", "en"),
        ("", "so it is what we have and that was all of it", "en"),
        ("", "ich habe das nicht gewusst und wir sind dann auch gegangen", "de"),
        ("", "lorem ipsum dolor sit amet consectetur", ""),
        ("", "", ""),
    ],
)
def test_a_language_is_told_by_its_common_words(code: str, text: str, language: str) -> None:
    assert language_of(code, text.split()) == language


def test_family_is_no_adverb() -> None:
    assert is_telling("family", "en")
    assert not is_telling("suddenly", "en")
    assert is_telling("ครอบครัว", "th")
