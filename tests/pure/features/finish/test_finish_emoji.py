"""Which emoji go with what is said, and where none does."""

from __future__ import annotations

import pytest

from viralclip_desktop.core.resources import resource
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.common.telling_words import LANGUAGES
from viralclip_desktop.features.finish.emoji import emoji_names, emoji_picture, emoji_said, fitting

_WORD_S = 0.4


def _words(text: str) -> list[Word]:
    return [
        Word(one, Time.from_seconds(at * _WORD_S), Time.from_seconds((at + 0.8) * _WORD_S))
        for at, one in enumerate(text.split())
    ]


def _found(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(one.name, one.word.text) for one in fitting(_words(text), language)]


def test_a_word_brings_its_emoji_and_a_sentence_one_at_most() -> None:
    assert _found("They built a bridge. It is so.") == [("hammer-and-wrench", "built")], "the earliest"
    telling = {"bridge": 4.0, "built": 1.0}
    [found] = fitting(_words("They built a bridge."), "en", telling)
    assert found.name == "bridge-at-night", "the word that tells more"


@pytest.mark.parametrize(
    ("language", "text", "name"),
    [
        ("en", "Give me coffee.", "hot-beverage"),
        ("de", "Das Gehirn lernt.", "brain"),
        ("fr", "Voilà l'océan ici.", "water-wave"),
        ("es", "Una idea nueva.", "light-bulb"),
        ("pt", "Um foguete novo.", "rocket"),
        ("it", "Una pizza buona.", "pizza"),
        ("id", "Minum kopi dulu.", "hot-beverage"),
        ("th", "ผม ชอบ ดื่ม กาแฟ ตอนเช้า", "hot-beverage"),
        ("ja", "昨日 映画 を 見た。", "clapper-board"),
    ],
)
def test_nine_languages_know_theirs(language: str, text: str, name: str) -> None:
    assert [one for one, _ in _found(text, language)] == [name]


def test_a_serious_word_keeps_them_away_from_its_sentence_and_those_beside_it() -> None:
    text = "Give me pizza. We have a dog. My father died in a hospital. We had a cat. Give me coffee."
    assert [name for name, _ in _found(text)] == ["pizza", "hot-beverage"]


def test_what_is_denied_has_none() -> None:
    assert _found("We did not win it.") == []
    assert _found("We didn’t win it.") == []
    assert _found("We win it.") == [("trophy", "win")]


def test_of_phrases_that_begin_together_the_longest_counts() -> None:
    assert [name for name, _ in _found("海外 に 行く。", "ja")] == ["airplane"]
    assert [name for name, _ in _found("海 に 行く。", "ja")] == ["water-wave"]


def test_a_part_of_a_word_is_no_word() -> None:
    assert _found("The scarf was carted off.") == []


def test_a_language_without_a_list_has_none() -> None:
    assert fitting(_words("Kawa i pizza."), "pl") == ()
    assert fitting(_words("Pizza."), "") == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_names_every_picture_once(language: str) -> None:
    names = [emoji_said(name, language) for name in emoji_names()]
    assert all(names)
    assert len(set(names)) == len(names)
    assert resource("emoji", f"{language}.toml").is_file()


def test_every_emoji_has_its_picture() -> None:
    assert len(emoji_names()) > 100
    assert all(emoji_picture(name).stat().st_size < 20_000 for name in emoji_names())
