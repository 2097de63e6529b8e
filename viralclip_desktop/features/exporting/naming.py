"""Readable file names: the clip's title, safe on every system, never the name of another file."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from viralclip_desktop.core.geometry import Aspect

LONGEST_NAME = 120
"""Characters with the ending: with a usual folder it stays under the 260 of old Windows programs."""
_LONGEST_BYTES = 200  # Linux takes 255 bytes a name, ".partial" included; emoji and Thai take 3-4 each
_FORBIDDEN = re.compile(r'[<>"|?*\\/]')
_SPACE = re.compile(r"\s+")
_JOINERS = "\u200d\ufe0f\ufe0e"


def readable_name(rank: int, title: str, aspect: Aspect, number: int = 1) -> str:
    """``01 Title of the clip (9x16).mp4``; from ``number`` 2 on with the number at its end."""
    shape = aspect.value.replace(":", "x")
    ending = f" ({shape}).mp4" if number == 1 else f" ({shape}) {number}.mp4"
    head = f"{max(0, rank):02d} "
    room = LONGEST_NAME - len(head) - len(ending)
    title_bytes = _LONGEST_BYTES - len(head) - len(ending)
    return head + _shortened(_safe(title) or "Clip", room, title_bytes) + ending


def free_path(name: Callable[[int], str], folder: Path, taken: Callable[[Path], bool]) -> Path:
    """The first of ``name(1)``, ``name(2)``... in ``folder`` that is not taken."""
    number = 1
    while taken(folder / name(number)):
        number += 1
    return folder / name(number)


def _safe(title: str) -> str:
    """Only characters that every file system takes; a colon becomes a dash."""
    text = unicodedata.normalize("NFC", title).replace(":", " -")
    text = "".join(" " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char for char in text)
    text = "".join(char for char in text if unicodedata.category(char) not in ("Cs", "Co", "Cn"))
    text = _FORBIDDEN.sub("", text)
    return _SPACE.sub(" ", text).strip(" .")


def _shortened(text: str, room: int, room_bytes: int) -> str:
    """Cut at a word where there is one near, never inside a character a reader sees as one."""
    if len(text) <= room and len(text.encode()) <= room_bytes:
        return text
    cut = text[:room].encode()[:room_bytes].decode("utf-8", "ignore")
    while cut and _continues(text[len(cut) : len(cut) + 1], cut[-1]):
        cut = cut[:-1]
    space = cut.rfind(" ")
    return (cut[:space] if space > len(cut) * 0.6 else cut).rstrip(" .,;-")


def _continues(following: str, last: str) -> bool:
    """Whether a cut between two characters would split what is seen as one."""
    joins = following in _JOINERS or bool(following and unicodedata.combining(following))
    marks = bool(following) and unicodedata.category(following) in ("Mn", "Mc", "Sk")
    return bool(following) and (joins or marks or last == "\u200d")
