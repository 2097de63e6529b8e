"""Names of files that every system takes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from viralclip_desktop.core.marks import without_turns

_FORBIDDEN = re.compile(r'[<>:"|?*\\/]')
_NO_TEXT = ("Cc", "Cs", "Cn", "Co", "Zl", "Zp")  # control, unpaired, unassigned, private; line breaks
# Names Windows keeps for devices, with any ending.
_DEVICE = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


_FILMS = ("mp4", "mov", "mkv", "webm", "avi", "m4v", "mpg", "mpeg", "mts", "m2ts", "ts", "wmv", "flv", "3gp")
_SOUNDS = ("mp3", "m4a", "wav", "aac", "flac", "ogg", "opus", "wma", "aiff")
_STILLS = ("jpg", "jpeg", "png", "webp", "bmp")
FILM_ENDINGS, SOUND_ENDINGS, STILL_ENDINGS = (
    frozenset(f".{one}" for one in kind) for kind in (_FILMS, _SOUNDS, _STILLS)
)
"""By which files in folders are looked at; whatever a user names is read, whatever its ending."""


def file_text(text: str, instead: str = " ") -> str:
    """Text with only what may stand in a file's name: ``instead`` takes the place of every other mark."""
    kept = unicodedata.normalize("NFC", without_turns(text))
    kept = "".join(" " if unicodedata.category(mark) in _NO_TEXT else mark for mark in kept)
    return " ".join(_FORBIDDEN.sub(instead, kept).split()).strip(" .")


def no_device(name: str) -> str:
    """A name that Windows does not take for a device: ``CON`` becomes ``_CON``."""
    return f"_{name}" if _DEVICE.fullmatch(name) else name


def safe_name(text: str, fallback: str, most_bytes: int = 150) -> str:
    """A file name without ending, made from any text. Linux takes 255 bytes, endings included; emoji and Thai
    take 3-4 a character."""
    kept = file_text(text).encode()[:most_bytes].decode("utf-8", "ignore").strip(" .")
    return no_device(kept) if kept else fallback


def free_path(name: Callable[[int], str], folder: Path, taken: Callable[[Path], bool]) -> Path:
    """The first of ``name(1)``, ``name(2)``... in ``folder`` that is not taken."""
    number = 1
    while taken(folder / name(number)):
        number += 1
    return folder / name(number)
