"""How well what was typed matches a title: letters in order, better at the beginnings of words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")

_START, _JOINED, _GAP = 8.0, 4.0, 0.3
"""What a letter at the beginning of a word, one right behind the letter before, and each letter left out
between two are worth. Chosen so that ``fs`` finds "Full-screen preview"."""
_WHOLE = 13.0  # a letter, where what was typed stands there as it is: more than any scattered one is worth


@dataclass(frozen=True, slots=True)
class Match:
    """``places``: the indexes of the matched letters in the title."""

    score: float
    places: tuple[int, ...]


def match(query: str, title: str) -> Match | None:
    """The best way to find all letters of ``query`` in ``title`` in order, or None. Spaces and the case of
    letters don't count."""
    letters, text = "".join(query.lower().split()), title.lower()
    if not letters:
        return Match(0.0, ())
    best: dict[int, Match] = {}
    for number, letter in enumerate(letters):
        reached: dict[int, Match] = {}
        for place, found in enumerate(text):
            if found == letter:
                before = _before(best, place, first=number == 0)
                if before is not None:
                    worth = before.score + _worth(text, place, before.places)
                    reached[place] = Match(worth, (*before.places, place))
        best = reached
    if not best:
        return None
    found_best = max(best.values(), key=lambda match: match.score)
    whole = _whole(query.lower().strip(), text)
    score = _WHOLE * len(letters) - whole[0] / len(text) if whole else found_best.score
    return Match(score - 0.01 * len(title), whole or found_best.places)  # of two, the shorter


def _whole(typed: str, text: str) -> tuple[int, ...]:
    """Where just what was typed stands, beginning with a word; empty where it doesn't."""
    at = text.find(typed)
    while at > 0 and text[at - 1].isalnum():
        at = text.find(typed, at + 1)
    return tuple(range(at, at + len(typed))) if at >= 0 else ()


def _before(best: dict[int, Match], place: int, *, first: bool) -> Match | None:
    """The best match of the letters so far that ends before ``place``."""
    if first:
        return Match(0.0, ())
    joined = best.get(place - 1)
    others = [found for end, found in best.items() if end < place]
    if not others:
        return None
    top = max(others, key=lambda found: found.score - _GAP * (place - found.places[-1]))
    return joined if joined is not None and joined.score + _JOINED > top.score else top


def _worth(text: str, place: int, before: Sequence[int]) -> float:
    starts = place == 0 or not text[place - 1].isalnum()
    joined = bool(before) and before[-1] == place - 1
    gap = place - before[-1] - 1 if before else place
    return (_START if starts else 1.0) + (_JOINED if joined else 0.0) - min(3.0, _GAP * gap)


def ranked(query: str, items: Iterable[tuple[str, Item]]) -> list[tuple[Item, Match]]:
    """The items (title, item) that match, best first; equal ones in their own order."""
    found = [(item, hit) for title, item in items if (hit := match(query, title)) is not None]
    return sorted(found, key=lambda pair: -pair[1].score)
