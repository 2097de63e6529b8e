"""Phrase lists of a language (data files in ``resources/moments``) and how they are found in a text.

A language without a list is not an error: whoever asks gets an empty lexicon, and every count is 0.
Scripts without spaces are searched letter by letter, all others word by word.
"""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

from viralclip_desktop.core.resources import resource
from viralclip_desktop.domain.transcript import is_unspaced

FINE_KINDS: Final = (
    "he",
    "that",
    "this",
    "it",
    "cause",
    "and",
    "but",
    "there",
    "we",
    "i",
    "prep",
    "the",
    "a",
    "past",
)
"""Closed classes of words: what a sentence begins with tells whether it stands alone."""

KINDS: Final = [
    "join",
    "so",
    "point",
    "nod",
    "filler",
    "question",
    "me",
    "you",
    "all",
    "story",
    "said",
    "strong",
    "judge",
    "advice",
    "ending",
    "contrast",
    "number",
    "turn",
    "example",
    "ad",
    "house",
    "picture",
    "unsure",
    "noun",
    "scene",
    "neg",
    "degree",
    "be",
    *FINE_KINDS,
    "open",
    "clause",
]
"""What a phrase may be a sign of; ``resources/moments/README.md`` explains each."""

_QUESTION_MARKS = frozenset("?？؟\u037e՞፧⁇⁈‽")
_FULL_STOPS = frozenset(".!。！｡…।॥۔։။၊။។᙮") | _QUESTION_MARKS
_CLOSERS = "\"'”’»)]}」』）】》›"
_ELIDING: Final = frozenset({"fr", "it"})  # "l'homme" is two words there


@dataclass(frozen=True, slots=True)
class Mark:
    """One phrase found: its kind, and where it lies in the token list (``last`` is not part of it)."""

    kind: str
    first: int
    last: int


@dataclass(frozen=True)
class Lexicon:
    """The phrases of one language. ``known`` is False where there are none."""

    language: str
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]] = field(default_factory=dict)
    stems: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    letters: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    stop: frozenset[str] = frozenset()

    @property
    def known(self) -> bool:
        """Whether there is a list for the language."""
        return bool(self.phrases or self.letters)

    @property
    def unspaced(self) -> bool:
        """Whether the language writes no spaces between words."""
        return bool(self.letters)

    def split(self, word: str) -> list[str]:
        """A written word as the tokens that phrases are made of."""
        token = token_of(word)
        if "'" in token and self.language in _ELIDING:
            head, _, tail = token.partition("'")
            return [head + "'", *([tail] if tail else [])]
        return [token] if token else []

    def marks(self, tokens: Sequence[str]) -> list[Mark]:
        """Every phrase found, in order; at one place the longest of each kind."""
        if self.unspaced:
            return self._marks_in_letters(tokens)
        found: list[Mark] = []
        for first in range(len(tokens)):
            seen: set[str] = set()
            for kind, length in self._at(tokens, first):
                if kind not in seen:
                    seen.add(kind)
                    found.append(Mark(kind, first, first + length))
        return found

    def _at(self, tokens: Sequence[str], first: int) -> list[tuple[str, int]]:
        token = tokens[first]
        found = [
            (kind, len(words))
            for words, kind in self.phrases.get(token, ())
            if len(words) == 1 or tuple(tokens[first : first + len(words)]) == words
        ]
        found += [(kind, 1) for kind in _stems_of(self, token)]
        return found

    def _marks_in_letters(self, tokens: Sequence[str]) -> list[Mark]:
        """Longest phrases first, one after the other, so that none is found inside another."""
        text, owner = "".join(tokens), [at for at, token in enumerate(tokens) for _ in token]
        found: list[Mark] = []
        place = 0
        while place < len(text):
            length, kinds = self._longest_at(text, place)
            found += [Mark(kind, owner[place], owner[place + length - 1] + 1) for kind in kinds]
            place += max(1, length)
        return found

    def _longest_at(self, text: str, place: int) -> tuple[int, list[str]]:
        fitting = [item for item in self.letters.get(text[place], ()) if text.startswith(item[0], place)]
        length = max((len(phrase) for phrase, _ in fitting), default=0)
        return length, list(dict.fromkeys(kind for phrase, kind in fitting if len(phrase) == length))

    def openings(self, tokens: Sequence[str]) -> dict[str, int]:
        """The kinds of phrases at the very start, each with the number of tokens it takes."""
        if self.unspaced:
            text = "".join(tokens)
            length, found = self._longest_at(text, 0) if text else (0, [])
            return {kind: _tokens_taken(tokens, length) for kind in found}
        kinds: dict[str, int] = {}
        for kind, length in self._at(tokens, 0) if tokens else ():
            kinds.setdefault(kind, length)
        return kinds

    def is_one_of(self, token: str, kind: str) -> bool:
        """Whether a single token is listed under a kind (in scripts without spaces: ends with it)."""
        if self.unspaced:
            return any(found == kind and token.endswith(text) for text, found in _all(self.letters))
        return any(found == kind and len(words) == 1 for words, found in self.phrases.get(token, ()))


def _all(letters: Mapping[str, tuple[tuple[str, str], ...]]) -> Iterable[tuple[str, str]]:
    return (item for items in letters.values() for item in items)


def _tokens_taken(tokens: Sequence[str], letters: int) -> int:
    """How many whole tokens the first ``letters`` letters fill; at least one."""
    taken = 0
    while taken < len(tokens) and letters >= len(tokens[taken]):
        letters -= len(tokens[taken])
        taken += 1
    return max(1, taken)


_STEM_LETTERS: Final = 2  # stems are kept by their first letters


def _stems_of(lexicon: Lexicon, token: str) -> tuple[str, ...]:
    found = lexicon.stems.get(token[:_STEM_LETTERS], ()) if len(token) >= _STEM_LETTERS else ()
    return tuple(kind for stem, kind in found if token.startswith(stem))


def build_lexicon(language: str, lists: Mapping[str, Iterable[str]]) -> Lexicon:
    """Make a lexicon from lists of phrases by kind; ``stop`` holds words that tell nothing apart."""
    plain = Lexicon(language)
    entries = [
        (entry.strip(), kind) for kind, phrases in lists.items() if kind != "stop" for entry in phrases
    ]
    entries = [(entry, kind) for entry, kind in entries if entry]
    stop = frozenset(token for entry in lists.get("stop", ()) for token in plain.split(entry))
    if sum(is_unspaced(entry[0]) for entry, _ in entries) > len(entries) / 2:
        return Lexicon(language, letters=_by_letter(entries), stop=stop)
    by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    stems: dict[str, list[tuple[str, str]]] = {}
    for entry, kind in entries:
        if entry.endswith("*") and " " not in entry:
            stems.setdefault(entry[:_STEM_LETTERS], []).append((entry[:-1], kind))
            continue
        words = tuple(part for word in entry.split() for part in plain.split(word))
        if words:
            by_first.setdefault(words[0], []).append((words, kind))
    phrases = {
        first: tuple(sorted(found, key=lambda x: (-len(x[0]), x))) for first, found in by_first.items()
    }
    return Lexicon(language, phrases, {key: tuple(found) for key, found in stems.items()}, stop=stop)


def _by_letter(entries: Sequence[tuple[str, str]]) -> dict[str, tuple[tuple[str, str], ...]]:
    letters: dict[str, list[tuple[str, str]]] = {}
    for entry, kind in entries:
        text = entry.rstrip("*").replace(" ", "")
        letters.setdefault(text[0], []).append((text, kind))
    return {key: tuple(sorted(found, key=lambda x: (-len(x[0]), x))) for key, found in letters.items()}


@cache
def load_lexicon(language: str) -> Lexicon:
    """The lexicon for a language code such as ``en`` or ``en-US``; an empty one where there is none."""
    base = language.casefold().replace("_", "-").split("-")[0]
    path = resource("moments", f"{base}.toml")
    if not base.isalpha() or len(base) > 3 or not path.is_file():
        return Lexicon(base)
    lists = tomllib.loads(path.read_text(encoding="utf-8"))
    return build_lexicon(base, {kind: text.split(",") for kind, text in lists.items()})


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
