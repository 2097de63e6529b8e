"""Reviewing where clips begin and end, within bounds. Pure.

The ending may move by 45 s later or 20 s earlier, the opening only forward and by at most 20 s, neither out
of
the wished length nor over the payoff.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from viralclip_desktop.features.moments.llm.picks import Pick, closing_of, opening_of
from viralclip_desktop.features.moments.llm.quotes import QuoteFinder
from viralclip_desktop.features.moments.llm.script import Script, Stretch

LATER_S, EARLIER_S, FORWARD_S = 45.0, 20.0, 20.0
_SHOWN_S = 3.0  # a sentence that just ends beyond the bound helps to understand


def shown(script: Script, pick: Pick) -> tuple[list[str], str, str]:
    """What the model reads of a clip: the lines around it, its first and its last sentence."""
    around = script.around(pick.stretch, 0.0, LATER_S + _SHOWN_S)
    first = script.quote(pick.stretch, last=False)
    return script.lines(around), first, script.quote(pick.stretch, last=True)


def reviewed(
    answer: Mapping[str, Any], picks: Sequence[Pick], script: Script, finder: QuoteFinder
) -> list[Pick]:
    """The picks with the edges that the model asks for, where those are within bounds."""
    result = list(picks)
    for item in answer.get("clips", ()):
        at = item.get("clip", 0) - 1
        if 0 <= at < len(picks):
            result[at] = _moved(item, picks[at], script, finder)
    return result


def _moved(item: Mapping[str, Any], pick: Pick, script: Script, finder: QuoteFinder) -> Pick:
    first = _opening(str(item.get("starts_with", "")), pick, script, finder)
    last = _closing(str(item.get("ends_with", "")), pick, script, finder)
    tries = (
        Stretch(first, last),
        Stretch(pick.stretch.first, last),
        Stretch(first, pick.stretch.last),
    )
    low, high = script.options.min_length_s, script.options.max_length_s
    for stretch in tries:
        if stretch.last > stretch.first and low <= script.length_s(stretch) <= high:
            return replace(pick, stretch=stretch)
    return pick


def _opening(quote: str, pick: Pick, script: Script, finder: QuoteFinder) -> int:
    """The new first word, or the old one."""
    old, words = pick.stretch.first, script.words
    latest = pick.payoff.first if pick.payoff is not None else pick.stretch.last - 1
    for found in finder.find(opening_of(quote), old, pick.stretch.last):
        word = script.opening(found.first)
        moved_s = words[word].start.seconds - words[old].start.seconds
        if old <= word <= latest and moved_s <= FORWARD_S:
            return word
    return old


def _closing(quote: str, pick: Pick, script: Script, finder: QuoteFinder) -> int:
    """The new last word's successor, or the old one: of the places in bounds, the nearest to the old one."""
    old, words = pick.stretch.last, script.words
    earliest = pick.payoff.last if pick.payoff is not None else pick.stretch.first + 1
    around = script.around(pick.stretch, 0.0, LATER_S)
    best, best_s = old, float("inf")
    for found in finder.find(closing_of(quote), pick.stretch.first, around.last):
        word = script.closing(found.last)
        moved_s = words[word - 1].end.seconds - words[old - 1].end.seconds
        if word >= earliest and -EARLIER_S <= moved_s <= LATER_S and abs(moved_s) < best_s:
            best, best_s = word, abs(moved_s)
    return best
