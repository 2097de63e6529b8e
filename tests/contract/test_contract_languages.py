"""Every text a user can meet in the window is in every catalogue, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from babel.core import Locale
from babel.messages.pofile import read_po
from babel.numbers import get_decimal_symbol, get_group_symbol
from support.languages import (
    LANGUAGES,
    Text,
    catalogue,
    early_lookups,
    fields,
    path_of,
    po_text,
    rendered_early,
    said,
    texts,
    unknown_lookups,
)

SAME = frozenset(
    {
        *(
            "Kokoro",
            "Spleeter",
            "DeepFilterNet3",
            "Podcast",
            "Tempo",
            "minor",
            "Whisper",
            "Whisper {id}",
            "UltraFace",
            "Ollama",
            "Deepgram",
            "ElevenLabs",
        ),
        *("TikTok", "YouTube", "YouTube Shorts"),
        *("Instagram Reels", "Advanced SubStation", "SubRip", "WebVTT", "ViralClip Desktop {version}"),
        # words that Indonesian has too
        *("Premium", "Model", "Lancashire", "New York", "West Midlands"),
        *("Audio", "Video", "Menu", "Folder", "Font", "Logo", "Intro", "Outro", "Overlay", "Emoji", "Volume"),
        *("Ripple", "Karaoke", "Neon", "Minimal", "Pop", "Duo", "Format", "file"),
        # languages
        *("Hindi", "Tamil", "Urdu", "Latin", "Maori", "Malayalam", "Telugu", "Bengali", "Kannada"),
        *("Breton", "Basque", "Kazakh", "Swahili", "Marathi", "Punjabi", "Sinhala", "Khmer", "Shona"),
        *("Yoruba", "Somali", "Afrikaans", "Tajik", "Sindhi", "Yiddish", "Uzbek", "Turkmen", "Nynorsk"),
        *("Myanmar", "Tagalog", "Tatar", "Lingala", "Hausa", "Bashkir"),
    }
)
"""Texts that may be the same in another language."""


def _listed(found: Iterator[Text]) -> str:
    return "\n".join(sorted(f"{one.where}: {one.text!r}" for one in found))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing(language) -> None:
    known = catalogue(language)
    missing = _listed(
        one
        for one in texts()
        if ((one.text, one.many) not in known.plurals if one.many else one.text not in known.texts)
    )
    assert not missing, f"resources/languages/{language}.po lacks:\n{missing}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_over(language) -> None:
    known = catalogue(language)
    left = sorted(known.texts.keys() - {one.text for one in texts() if not one.many})
    pairs = sorted(known.plurals.keys() - {(one.text, one.many) for one in texts()})
    assert not left + pairs, f"resources/languages/{language}.po has texts that nobody says: {left} {pairs}"


def test_no_message_is_rendered_before_it_reaches_its_reader() -> None:
    early = "\n".join(rendered_early())
    assert not early, f"give these a template and values with say():\n{early}"


def test_a_text_is_either_a_plural_or_not() -> None:
    """gettext has one entry for a text; say the singular of such a pair with its number ("{n} clip")."""
    singles = {one.text for one in texts() if not one.many}
    assert sorted(one.text for one in texts() if one.many and one.text in singles) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_keeps_its_placeholders(language) -> None:
    wrong = [(key, text) for key, text in said(language) if fields(key) != fields(text)]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_says_something_in_its_language(language) -> None:
    assert [key for key, text in said(language) if not text.strip()] == []
    assert [key for key, text in said(language) if text == key and key not in SAME] == []


def test_thai_is_written_in_thai() -> None:
    latin = {
        key: text
        for key, text in said("th")
        if key not in SAME and not any("\u0e00" <= sign <= "\u0e7f" for sign in text)
    }
    assert latin == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_keep_their_shape(language) -> None:
    """No stray space, and an ellipsis or a colon at the end stays."""
    words = said(language)
    assert [key for key, text in words if text != text.strip()] == []
    for end in ("…", ":"):
        assert [key for key, text in words if key.endswith(end) != text.endswith(end)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_is_sorted_and_says_each_text_once(language) -> None:
    known, text = catalogue(language), path_of(language).read_text(encoding="utf-8")
    header = text.partition("\n\n")[0]
    assert text == po_text(header, known.texts, known.plurals, known.toolkit), "run support/languages.py"
    assert known.toolkit.keys() == catalogue(LANGUAGES[0]).toolkit.keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_gettext_tools_read_the_same_catalogue(language) -> None:
    known = catalogue(language)
    with path_of(language).open("rb") as file:
        read = read_po(file, abort_invalid=True)
    entries = [entry for entry in read if entry.id and entry.context is None]
    assert {entry.id: entry.string for entry in entries if not entry.pluralizable} == known.texts
    assert {entry.id: tuple(entry.string) for entry in entries if entry.pluralizable} == known.plurals
    assert {entry.id: entry.string for entry in read if entry.context} == known.toolkit


@pytest.mark.parametrize("language", LANGUAGES)
def test_plurals_and_numbers_are_those_of_the_language(language) -> None:
    known, locale = catalogue(language), Locale(language)
    forms = {"one": 0, "other": len(locale.plural_form.tags)}
    assert [known.plural_form(n) for n in range(200)] == [forms[locale.plural_form(n)] for n in range(200)]
    assert {len(said) for said in known.plurals.values()} == {len(locale.plural_form.tags) + 1}
    assert known.decimal_mark == get_decimal_symbol(locale)
    assert known.group_mark == get_group_symbol(locale)


def test_every_text_looked_up_is_known() -> None:
    unknown = "\n".join(unknown_lookups())
    assert not unknown, f"write the text in the call, or name the table in support/languages.py:\n{unknown}"


def test_no_text_is_looked_up_before_a_language_is_chosen() -> None:
    assert early_lookups() == []
