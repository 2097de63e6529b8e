"""Every text a user can meet in the window is in every catalogue, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from support.languages import (
    LANGUAGES,
    Text,
    catalogue,
    early_lookups,
    fields,
    texts,
    unknown_lookups,
)

SAME = frozenset(
    {
        *("Whisper", "Whisper {id}", "UltraFace", "TikTok", "YouTube", "YouTube Shorts"),
        *("Instagram Reels", "Advanced SubStation", "SubRip", "WebVTT", "ViralClip Desktop {version}"),
        # words that Indonesian has too
        *("Audio", "Video", "Menu", "Folder", "Font", "Logo", "Intro", "Outro", "Overlay", "Emoji", "Volume"),
        *("Ripple", "Karaoke", "Neon", "Minimal", "Pop", "Duo", "Format", "{n} keyframe"),
        # languages
        *("Hindi", "Tamil", "Urdu", "Latin", "Maori", "Malayalam", "Telugu", "Bengali", "Kannada"),
        *("Breton", "Basque", "Kazakh", "Swahili", "Marathi", "Punjabi", "Sinhala", "Khmer", "Shona"),
        *("Yoruba", "Somali", "Afrikaans", "Tajik", "Sindhi", "Yiddish", "Uzbek", "Turkmen", "Nynorsk"),
        *("Myanmar", "Tagalog", "Tatar", "Lingala", "Hausa", "Bashkir"),
    }
)
"""Texts that may be the same in another language."""


def _words(language: str) -> dict[str, str]:
    plain = catalogue(language)
    return {**plain["window"], **plain["told"]}


def _listed(found: Iterator[Text]) -> str:
    return "\n".join(sorted(f"{one.where}: {one.text!r}" for one in found))


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_missing(language) -> None:
    plain = catalogue(language)
    told, window = plain["told"], {**plain["window"], **plain["told"]}
    missing = _listed(one for one in texts() if one.text not in (told if one.told else window))
    assert not missing, f"resources/languages/{language}.json lacks:\n{missing}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_over(language) -> None:
    told = {one.text for one in texts() if one.told}
    plain, window = catalogue(language), {one.text for one in texts()} - told
    left = sorted((plain["told"].keys() - told) | (plain["window"].keys() - window))
    assert not left, f"resources/languages/{language}.json has texts that nobody says: {left}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_keeps_its_placeholders(language) -> None:
    wrong = [(key, said) for key, said in _words(language).items() if fields(key) != fields(said)]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_says_something_in_its_language(language) -> None:
    words = _words(language)
    assert [key for key, said in words.items() if not said.strip()] == []
    assert [key for key, said in words.items() if said == key and key not in SAME] == []


def test_thai_is_written_in_thai() -> None:
    latin = {
        key: said
        for key, said in _words("th").items()
        if key not in SAME and not any("\u0e00" <= sign <= "\u0e7f" for sign in said)
    }
    assert latin == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_sentences_keep_their_shape(language) -> None:
    """No stray space, and an ellipsis or a colon at the end stays."""
    words = _words(language)
    assert [key for key, said in words.items() if said != said.strip()] == []
    for end in ("…", ":"):
        assert [key for key, said in words.items() if key.endswith(end) != said.endswith(end)] == []


def test_catalogues_are_sorted_and_have_the_same_parts() -> None:
    parts = [catalogue(language) for language in LANGUAGES]
    for plain in parts:
        for section in ("told", "window", "qt"):
            assert list(plain[section]) == sorted(plain[section])
    assert len({tuple(sorted(plain["qt"])) for plain in parts}) == 1
    assert len({tuple(sorted(plain["_glossary"])) for plain in parts}) == 1


def test_every_text_looked_up_is_known() -> None:
    unknown = "\n".join(unknown_lookups())
    assert not unknown, f"write the text in the call, or name the table in support/languages.py:\n{unknown}"


def test_no_text_is_looked_up_before_a_language_is_chosen() -> None:
    assert early_lookups() == []
