"""File names that every system takes, and second names for what is there already."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)  # names of devices on Windows
_NUMBER = re.compile(r"(?P<base>.+) \((?P<number>\d{1,6})\)", re.DOTALL)
_MOST_BYTES = 150  # Linux takes 255 bytes a name, endings included; emoji and Thai take 3-4 a character


def safe_name(text: str, fallback: str) -> str:
    """A file name without ending, made from any text."""
    kept = unicodedata.normalize("NFC", text)
    kept = "".join(mark if mark.isprintable() else " " for mark in kept)
    kept = " ".join(_FORBIDDEN.sub(" ", kept).split())
    kept = kept.encode("utf-8", "ignore")[:_MOST_BYTES].decode("utf-8", "ignore").strip(" .")
    return fallback if not kept or _RESERVED.fullmatch(kept) else kept


def free_name(name: str, taken: Callable[[str], bool]) -> str:
    """``name``, or ``name (2)``, ``name (3)``...: the first that is not taken."""
    if not taken(name):
        return name
    numbered = _NUMBER.fullmatch(name)
    base, number = (numbered["base"], int(numbered["number"]) + 1) if numbered else (name, 2)
    while taken(f"{base} ({number})"):
        number += 1
    return f"{base} ({number})"
