"""Word lists of a language (data files in ``resources/moments``) and how they are found in a text.

A language without a list is not an error: whoever asks gets None and stays neutral.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from viralclip_desktop.core.resources import resource

_QUESTION_MARKS = frozenset("?？؟\u037e՞፧⁇⁈‽")
_FULL_STOPS = frozenset(".!。！｡…।॥۔։።၊။។᙮") | _QUESTION_MARKS
_CLOSERS = "\"'”’»)]}」』）】》›"


@dataclass(frozen=True, slots=True)
class Mark:
    """One phrase found: its kind, and where it lies in the token list."""

    kind: str
    first: int
    last: int


@dataclass(frozen=True)
class Lexicon:
    """The phrases of one language, by their first token."""

    language: str
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    stop: frozenset[str]

    def marks(self, tokens: Sequence[str]) -> list[Mark]:
        """Every phrase found, in order. Phrases of different kinds may overlap; of one kind, the longest
        at each place is taken."""
        found: list[Mark] = []
        for first, token in enumerate(tokens):
            if token not in self.phrases:
                continue
            seen: set[str] = set()
            for words, kind in self.phrases[token]:
                last = first + len(words)
                if kind not in seen and tuple(tokens[first:last]) == words:
                    seen.add(kind)
                    found.append(Mark(kind, first, last))
        return found

    def opening(self, tokens: Sequence[str], kind: str) -> Mark | None:
        """The longest phrase of a kind at the very start, or None."""
        if not tokens:
            return None
        for words, found in self.phrases.get(tokens[0], ()):
            if found == kind and tuple(tokens[: len(words)]) == words:
                return Mark(kind, 0, len(words))
        return None

    def is_one_of(self, token: str, kind: str) -> bool:
        """Whether a single token is listed under a kind."""
        return any(found == kind and len(words) == 1 for words, found in self.phrases.get(token, ()))


def build_lexicon(language: str, lists: Mapping[str, Iterable[str]]) -> Lexicon:
    """Make a lexicon from lists of phrases by kind."""
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, entries in lists.items():
        for entry in entries:
            words = tuple(entry.split())
            if kind != "stop":
                by_first.setdefault(words[0], []).append((words, kind))
    phrases = {
        first: tuple(sorted(found, key=lambda item: (-len(item[0]), item)))
        for first, found in by_first.items()
    }
    return Lexicon(language, phrases, frozenset(lists.get("stop", ())))


@cache
def load_lexicon(language: str) -> Lexicon | None:
    """The lexicon for a language code such as ``en`` or ``en-US``; None where there is none."""
    base = language.casefold().replace("_", "-").split("-")[0]
    if not base.isalpha():
        return None
    path = resource("moments", f"{base}.toml")
    if not path.is_file():
        return None
    return build_lexicon(base, tomllib.loads(path.read_text(encoding="utf-8")))


@lru_cache(maxsize=65536)
def token_of(text: str) -> str:
    """A word as it is compared: lower case, straight apostrophes, no punctuation around it."""
    folded = text.casefold().replace("’", "'").replace("‘", "'")
    low, high = 0, len(folded)
    while low < high and not _is_letter(folded[low]):
        low += 1
    while high > low and not _is_letter(folded[high - 1]):
        high -= 1
    return folded[low:high]


def _is_letter(character: str) -> bool:
    return character == "%" or unicodedata.category(character)[0] in "LNM"


def ends_with_question(text: str) -> bool:
    """Whether a text ends with a question mark of any script."""
    return text.rstrip(_CLOSERS + " ")[-1:] in _QUESTION_MARKS


def ends_sentence(text: str) -> bool:
    """Whether a text ends with a full stop, question or exclamation mark of any script."""
    bare = text.rstrip(_CLOSERS + " ")
    return bare[-1:] in _FULL_STOPS and not bare.endswith(("...", "…"))


@lru_cache(maxsize=65536)
def has_digit(text: str) -> bool:
    """Whether a text holds a digit of any script, or a run of Han numerals."""
    return any(character.isdigit() for character in text) or (len(text) > 1 and text.isnumeric())
