"""Word order on a line that mixes right-to-left and left-to-right words.

A word-level form of the Unicode bidirectional algorithm (UAX #9): the order inside a word is libass's
(FriBidi); here whole words are ordered, runs against the base direction being reversed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

LEFT_TO_RIGHT_MARK = "\u200e"
RIGHT_TO_LEFT_MARK = "\u200f"


def direction(text: str) -> str:
    """``"R"`` or ``"L"`` by the first letter that has a direction; ``""`` for digits and signs alone."""
    for character in text:
        if unicodedata.category(character) == "Co":
            continue  # a picture (an emoji of several signs)
        kind = unicodedata.bidirectional(character)
        if kind in ("R", "AL"):
            return "R"
        if kind == "L":
            return "L"
    return ""


def visual_order(texts: Sequence[str], base: str) -> list[tuple[int, str]]:
    """Indexes of the words from left to right, each with the mark libass needs in front of the word to
    lay its punctuation on the right side (mostly none)."""
    sides = _resolved([direction(text) for text in texts], base)
    order: list[tuple[int, str]] = []
    first = 0
    for index in range(1, len(sides) + 1):
        if index == len(sides) or sides[index] != sides[first]:
            run = [(at, _mark(at, texts, sides, base, index)) for at in range(first, index)]
            order.extend(run if sides[first] == base else reversed(run))
            first = index
    return order if base == "L" else order[::-1]


def _resolved(sides: list[str], base: str) -> list[str]:
    """Words without a direction take that of both neighbours where these agree, else the base."""
    found = list(sides)
    for index, side in enumerate(sides):
        if not side:
            before = found[index - 1] if index else base
            after = next((other for other in sides[index + 1 :] if other), base)
            found[index] = before if before == after else base
    return found


def _mark(index: int, texts: Sequence[str], sides: Sequence[str], base: str, run_end: int) -> str:
    """The last word of a run against the base, and words of digits in right-to-left text, are told the
    base direction."""
    if sides[index] != base and index == run_end - 1:
        return RIGHT_TO_LEFT_MARK if base == "R" else LEFT_TO_RIGHT_MARK
    return RIGHT_TO_LEFT_MARK if sides[index] == "R" and not direction(texts[index]) else ""
