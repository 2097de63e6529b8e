"""Titles as other programs can take them."""

from __future__ import annotations

import unicodedata

from viralclip_desktop.core import file_names

_LEFT_OUT = ("Cc", "Cs", "Cn", "Co", "Zl", "Zp")  # neither XML 1.0 nor a line of text can hold them
_LONGEST_NAME_BYTES = 120  # emoji and Thai take 3-4 bytes a character; file systems take 255 a name


def one_line(text: str) -> str:
    """Text without line breaks and control characters, single spaces."""
    kept = "".join(" " if unicodedata.category(mark) in _LEFT_OUT else mark for mark in text)
    return " ".join(kept.split())


def safe_name(title: str) -> str:
    """A title as the name of a file on any system, without ending."""
    return file_names.safe_name(title, "Clip", _LONGEST_NAME_BYTES)
