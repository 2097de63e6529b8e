"""The word lists of a language (data in ``resources/tighten``) and how words are compared with them."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import groupby

from viralclip_desktop.core.resources import resource


@dataclass(frozen=True)
class Lists:
    """The lists of one language; phrases are kept by :func:`key`. Empty where nothing is known."""

    sounds: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()
    doubles: frozenset[str] = frozenset()
    restarts: frozenset[str] = frozenset()
    lead_ins: frozenset[str] = frozenset()
    laughter: frozenset[str] = frozenset()
    doubling: bool = False
    """Whether the language doubles words as grammar."""
    longest: dict[str, int] = field(default_factory=dict)
    """How many words a phrase of each list can have."""

    def found(self, name: str, words: Sequence[str], at: int) -> int:
        """How many words from ``at`` on are a phrase of a list, the longest one; 0 for none.

        ``words`` are keys. Scripts without spaces come in pieces of any length: their phrases are compared
        joined together.
        """
        wanted: frozenset[str] = getattr(self, name)
        for count in range(min(self.longest.get(name, 0), len(words) - at), 0, -1):
            piece = words[at : at + count]
            if all(piece) and "".join(piece) in wanted:
                return count
        return 0


_MOST_PIECES = 6  # of a phrase in a script without spaces
_PHRASES = ("sounds", "phrases", "small", "doubles", "restarts", "lead_ins", "laughter")


@cache
def load_lists(language: str) -> Lists:
    """The lists for a language code such as ``en`` or ``pt-BR``; empty ones where there are none."""
    base = language.casefold().replace("_", "-").split("-")[0]
    path = resource("tighten", f"{base}.toml")
    if not base.isalpha() or not path.is_file():
        return Lists()
    return build_lists(tomllib.loads(path.read_text(encoding="utf-8")))


def build_lists(texts: dict[str, str]) -> Lists:
    """Lists from texts with commas between phrases, by name."""
    kept: dict[str, frozenset[str]] = {}
    longest = {}
    for name in _PHRASES:
        entries = [entry.split() for entry in texts.get(name, "").split(",") if entry.strip()]
        form = squeezed if name == "sounds" else key
        kept[name] = frozenset("".join(form(word) for word in entry) for entry in entries)
        spaced = max((len(entry) for entry in entries), default=0)
        longest[name] = _MOST_PIECES if any(_unspaced(entry) for entry in entries) else spaced
    return Lists(**kept, doubling=texts.get("doubling") == "yes", longest=longest)


def _unspaced(words: Iterable[str]) -> bool:
    return any(unicodedata.category(letter) == "Lo" for word in words for letter in word)


@lru_cache(maxsize=65536)
def key(text: str) -> str:
    """A word as it is compared: lower case, letters, marks, numbers and straight apostrophes alone."""
    folded = text.casefold().replace("’", "'").replace("‘", "'")
    kept = "".join(
        one for one in folded if one == "'" or unicodedata.category(one)[0] in "LNM" or one == "ー"
    )
    return kept.strip("'")


@lru_cache(maxsize=65536)
def squeezed(text: str) -> str:
    """The same with each run of one letter as one letter: "ummm" is "um"."""
    return "".join(letter for letter, _ in groupby(key(text)))
