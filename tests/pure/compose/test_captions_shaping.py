"""Fonts for every script, and measuring."""

from __future__ import annotations

import pytest

from viralclip_desktop.compose.captions.fonts import BUNDLED_FONTS, bundled_font, face_of
from viralclip_desktop.compose.captions.shaping import font_chain, set_word

CHAIN = font_chain("Montserrat ExtraBold", [])


@pytest.mark.parametrize("font", BUNDLED_FONTS, ids=lambda font: font.file)
def test_each_font_is_there_under_its_name_and_its_licence_beside_it(font: object) -> None:
    from fontTools.ttLib import TTFont

    face = face_of(font)  # type: ignore[arg-type]
    with TTFont(face.path, lazy=True) as opened:
        assert opened["name"].getDebugName(4) == face.font.name
        assert "Open Font License" in opened["name"].getDebugName(13)
    readme = (face.path.parent / "README.md").read_text(encoding="utf-8")
    row = next(line for line in readme.splitlines() if line.startswith(f"| {face.path.name} "))
    licence = row.rstrip("| ").rsplit("| ", 1)[1]
    assert "SIL OPEN FONT LICENSE" in (face.path.parent / licence).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("word", "fonts"),
    [
        ("Hello,", ["Montserrat ExtraBold"]),
        ("Привет!", ["Montserrat ExtraBold"]),
        ("Ελλάδα.", ["Noto Sans Bold"]),
        ("Việt", ["Montserrat ExtraBold"]),
        ("مرحبا!", ["Noto Sans Arabic Bold"]),
        ("«שלום»", ["Noto Sans Hebrew Bold"]),
        ("हिन्दी।", ["Noto Sans Bold"]),
        ("น้ำ100", ["Noto Sans Thai Bold"]),
        ("今天，", ["Noto Sans SC Bold"]),
        ("日本へ", ["Noto Sans JP Bold"]),
        ("한국어2", ["Noto Sans KR Bold"]),
        ("wow😀", ["Montserrat ExtraBold", "Noto Emoji Bold"]),
        ("👍🏽!", ["Noto Emoji Bold", "Montserrat ExtraBold"]),
        ("3❤️", ["Montserrat ExtraBold", "Noto Emoji Bold"]),
    ],
)
def test_each_script_has_its_font_and_punctuation_stays_with_the_letters(word: str, fonts: list[str]) -> None:
    placed = set_word(word, font_chain("Montserrat ExtraBold", [word]))
    assert [run.name for run in placed.runs] == fonts
    assert all(run.shown for run in placed.runs)


def test_han_takes_the_shapes_of_the_language_around_it() -> None:
    def font_of_han(*texts: str) -> str:
        return set_word("直", font_chain("Anton", texts)).runs[0].name

    assert font_of_han("直", "今天") == "Noto Sans SC Bold"
    assert font_of_han("直", "です") == "Noto Sans JP Bold"
    assert font_of_han("直", "입니다") == "Noto Sans SC Bold"  # the Korean font holds Hangul alone


def test_a_character_no_font_has_is_left_to_the_system() -> None:
    placed = set_word("ქართული", CHAIN)
    assert [run.shown for run in placed.runs] == [False]
    assert placed.text == "ქართული"
    assert placed.advance > 2


def test_a_font_of_the_system_is_named_and_needs_no_file() -> None:
    placed = set_word("Hello", font_chain("Comic Neue", []))
    assert placed.runs[0].name == "Comic Neue"
    assert placed.files == set()


def test_a_style_may_name_a_family_a_file_or_a_full_name() -> None:
    assert (
        bundled_font("montserrat extrabold")
        == bundled_font("Montserrat-ExtraBold")
        == bundled_font("Montserrat")
    )
    assert bundled_font("Anton") is not None
    assert bundled_font("Helvetica") is None


def test_spacing_widens_a_word_by_each_of_its_letters() -> None:
    assert set_word("abcd", CHAIN, 0.1).advance == pytest.approx(set_word("abcd", CHAIN).advance + 0.4)


def test_arabic_letters_join() -> None:
    joined = set_word("بيت", CHAIN).advance
    assert joined < 0.9 * sum(set_word(letter, CHAIN).advance for letter in "بيت")
