"""How well what was typed matches a title: beginnings of its words, or a stretch of it as it stands there.

Letters picked from the middles of words match nothing: nobody would see why they were found.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from unicodedata import category

Item = TypeVar("Item")

_START, _JOINED, _GAP = 8.0, 4.0, 0.3
"""What a letter at the beginning of a word, one right behind the letter before, and each letter left out
between two are worth. Chosen so that ``fs`` finds "Full-screen preview"."""
_WHOLE = 13.0  # a letter, where what was typed stands there as it is: more than any other is worth
_ALSO = 11.0  # a letter, where it is one of the other words that people look for
_STRETCH = 3  # letters from the middle of a word tell something


@dataclass(frozen=True, slots=True)
class Match:
    """``places``: the indexes of the matched letters in the title."""

    score: float
    places: tuple[int, ...]


def match(query: str, title: str) -> Match | None:
    """The best way to find all letters of ``query`` in ``title`` in order, each at the beginning of a word or
    right behind the letter before; else as a stretch of the title, which may begin anywhere. None without
    either. Spaces and the case of letters don't count."""
    letters, text = "".join(query.lower().split()), title.lower()
    if not letters:
        return Match(0.0, ())
    found, whole = _by_beginnings(letters, text), _whole(query.lower().strip(), text)
    if found is None and not whole:
        found = _stretch(query.lower().strip(), text)
    if found is None and not whole:
        return None
    score = _WHOLE * len(letters) - whole[0] / len(text) if whole or found is None else found.score
    places = whole or (found.places if found is not None else ())
    return Match(score - 0.01 * len(title), places)  # of two, the shorter


def match_also(query: str, words: Iterable[str]) -> Match | None:
    """How well what was typed begins one of the other words for something; no place of its title shows it."""
    typed = query.lower().strip()
    if len(typed) < _STRETCH or not any(_whole(typed, word.lower()) for word in words):
        return None
    return Match(_ALSO * len("".join(typed.split())), ())


def _by_beginnings(letters: str, text: str) -> Match | None:
    best: dict[int, Match] = {}
    for number, letter in enumerate(letters):
        reached: dict[int, Match] = {}
        for place, found in enumerate(text):
            if found == letter:
                before = _before(best, place, first=number == 0, joined=not _starts(text, place))
                if before is not None:
                    worth = before.score + _worth(text, place, before.places)
                    reached[place] = Match(worth, (*before.places, place))
        best = reached
    return max(best.values(), key=lambda match: match.score) if best else None


def _starts(text: str, place: int) -> bool:
    """Whether a word begins at a place. A mark that is written over or under a letter (as in Thai) belongs to
    the letter before it."""
    return text[place].isalnum() and (place == 0 or not _in_word(text[place - 1]))


def _in_word(letter: str) -> bool:
    return letter.isalnum() or category(letter).startswith("M")


def _whole(typed: str, text: str) -> tuple[int, ...]:
    """Where just what was typed stands, beginning with a word; empty where it doesn't."""
    at = text.find(typed)
    while at > 0 and _in_word(text[at - 1]):
        at = text.find(typed, at + 1)
    return tuple(range(at, at + len(typed))) if at >= 0 else ()


def _stretch(typed: str, text: str) -> Match | None:
    """Where what was typed stands within a word; in writing without spaces most words do."""
    at = text.find(typed) if len(typed) >= _STRETCH or not typed.isascii() else -1
    if at < 0:
        return None
    return Match(_JOINED * len(typed) - at / len(text), tuple(range(at, at + len(typed))))


def _before(best: dict[int, Match], place: int, *, first: bool, joined: bool) -> Match | None:
    """The best match of the letters so far that ends before ``place``; with ``joined``, right before it."""
    if first:
        return None if joined else Match(0.0, ())
    beside = best.get(place - 1)
    if joined:
        return beside
    others = [found for end, found in best.items() if end < place]
    if not others:
        return None
    top = max(others, key=lambda found: found.score - _GAP * (place - found.places[-1]))
    return beside if beside is not None and beside.score + _JOINED > top.score else top


def _worth(text: str, place: int, before: Sequence[int]) -> float:
    starts = _starts(text, place)
    joined = bool(before) and before[-1] == place - 1
    gap = place - before[-1] - 1 if before else place
    return (_START if starts else 1.0) + (_JOINED if joined else 0.0) - min(3.0, _GAP * gap)


def ranked(query: str, items: Iterable[tuple[str, Item]]) -> list[tuple[Item, Match]]:
    """The items (title, item) that match, best first; equal ones in their own order."""
    found = [(item, hit) for title, item in items if (hit := match(query, title)) is not None]
    return best_first(found)


def best_first(found: Iterable[tuple[Item, Match]]) -> list[tuple[Item, Match]]:
    """Matched items in order, equal ones in their own."""
    return sorted(found, key=lambda pair: -pair[1].score)
