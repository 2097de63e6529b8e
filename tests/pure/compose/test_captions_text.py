"""Words as typed: what is kept, what goes, and what counts as one sign."""

from __future__ import annotations

from dataclasses import replace

import pytest

from viralclip_desktop.compose.captions.text import (
    clean,
    clusters,
    is_closing,
    is_emoji,
    plain_cluster,
    styled,
)
from viralclip_desktop.domain.captions import TextCase
from viralclip_desktop.features.captions import caption_styles

STYLE = caption_styles()["minimal"]


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("plain", "plain"),
        (" two\nlines\r\n", "two lines"),
        ("tab\there", "tab here"),
        ("bell\x07", "bell"),
        ("no\u00a0break", "no break"),
        ("{\\an8}\\N\\h%", "{\\an8}\\N\\h%"),
        ("cafe\u0301", "café"),
        ("soft\u00adhyphen\u200b\u2060\ufeff", "softhyphen"),
        ("\u202eevil\u202c", "evil"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("broken\ud800", "broken"),
        ("\u200b", ""),
    ],
)
def test_a_word_becomes_one_line_of_printable_text(typed: str, shown: str) -> None:
    assert clean(typed) == shown


def test_letters_follow_the_style() -> None:
    upper = replace(STYLE, case=TextCase.UPPER)
    assert styled("straße", upper) == "STRASSE"
    assert styled("iPhone", STYLE) == "iPhone"
    assert styled("iPhone", replace(STYLE, case=TextCase.LOWER)) == "iphone"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("well,", "well"),
        ("end.”", "end”"),
        ("why?", "why?"),
        ("wow!", "wow!"),
        ("U.S.A.", "U.S.A"),
        ("...", "..."),
    ],
)
def test_quiet_punctuation_goes_where_the_style_drops_it(typed: str, shown: str) -> None:
    assert styled(typed, replace(STYLE, keep_punctuation=False)) == shown


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("👍🏽", ["👍"]),
        ("👩🏽‍💻", ["👩"]),
        ("👨‍👩‍👧", ["👨"]),
        ("🇩🇪🇫🇷", ["🇩🇪", "🇫🇷"]),
        ("❤️", ["❤"]),
        ("1️⃣", ["1"]),
        ("a😀b", ["a", "😀", "b"]),
        ("क्‍ष", ["क्‍", "ष"]),
        ("น้ำ", ["น้", "ำ"]),
    ],
)
def test_emoji_sequences_become_their_first_emoji_and_letters_stay_whole(
    typed: str, shown: list[str]
) -> None:
    assert [plain_cluster(cluster) for cluster in clusters(typed)] == shown


def test_what_is_an_emoji() -> None:
    assert is_emoji("😀")
    assert is_emoji("❤️")
    assert is_emoji("✅")
    assert not any(is_emoji(sign) for sign in ("A", "1️", "©️", "…", "あ", "→"))


def test_lone_closing_punctuation_is_known() -> None:
    assert is_closing("。")
    assert is_closing("?!")
    assert not is_closing("-5")
    assert not is_closing("")
