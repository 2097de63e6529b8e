"""Titles as other programs can take them."""

from __future__ import annotations

import re
import unicodedata

_LEFT_OUT = ("Cc", "Cs", "Cn", "Co", "Zl", "Zp")  # neither XML 1.0 nor a line of text can hold them
_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_DEVICES = re.compile(r"(CON|PRN|AUX|NUL|COM\d|LPT\d)(\..*)?", re.IGNORECASE)  # no names of files on Windows
_LONGEST_NAME_BYTES = 120  # emoji and Thai take 3-4 bytes a character; file systems take 255 a name


def one_line(text: str) -> str:
    """Text without line breaks and control characters, single spaces."""
    kept = "".join(" " if unicodedata.category(mark) in _LEFT_OUT else mark for mark in text)
    return " ".join(kept.split())


def safe_name(title: str) -> str:
    """A title as the name of a file on any system, without ending."""
    text = _FORBIDDEN.sub(" ", one_line(unicodedata.normalize("NFC", title)))
    text = text.encode()[:_LONGEST_NAME_BYTES].decode("utf-8", "ignore")
    text = " ".join(text.split()).strip(" .") or "Clip"
    return f"{text}_" if _DEVICES.fullmatch(text) else text
