"""Names of files that every system takes."""

from __future__ import annotations

import pytest

from viralclip_desktop.core.file_names import safe_name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("What? A/B: “test”", "What A B “test”"),
        ("con", "_con"),
        ("CON.txt..", "_CON.txt"),
        ("LPT1", "_LPT1"),
        ("console", "console"),
        (" . ", "Clip"),
        ("two\nlines\x00", "two lines"),
        ("เสียงดี", "เสียงดี"),
        ("talk\u202e4pm.exe\u2066", "talk4pm.exe"),
        ("\u200f\u05e9\u05dc\u05d5\u05dd", "\u200f\u05e9\u05dc\u05d5\u05dd"),
    ],
)
def test_any_text_becomes_a_name(text: str, name: str) -> None:
    assert safe_name(text, "Clip") == name


def test_a_long_name_is_cut_between_characters() -> None:
    assert safe_name("เ" * 100, "Clip", 10) == "เเเ"
