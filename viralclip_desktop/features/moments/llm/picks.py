"""The model's proposals, from quotes to stretches of words. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from viralclip_desktop.features.moments.llm.quotes import Found, QuoteFinder
from viralclip_desktop.features.moments.llm.script import Script, Stretch

_SAME = 0.6  # of the shorter one's words: two proposals of one moment
_TOLERANCE = 1.25  # of the longest length: what is quoted a little too long is shortened, more is a mistake
_PLACES = 6  # of each quote that are tried with those of the other


@dataclass(frozen=True, slots=True)
class Pick:
    """A moment: its words, its payoff where one was named and found, and why."""

    stretch: Stretch
    payoff: Stretch | None = None
    why: str = ""
    own: bool = False
    """Whether it is the local finder's."""


def picks_of(answer: Mapping[str, Any], script: Script, finder: QuoteFinder, part: Stretch) -> list[Pick]:
    """The proposals of one part that can be found in it, in the model's order, each once."""
    found: list[Pick] = []
    for item in answer.get("moments", ()):
        pick = _pick(item, script, finder, part)
        if pick is not None:
            found.append(pick)
    return distinct(found)


def distinct(picks: Sequence[Pick]) -> list[Pick]:
    """Each moment once: the first one of those that share most of their words."""
    kept: list[Pick] = []
    for pick in picks:
        if all(pick.stretch.shares(other.stretch) <= _SAME for other in kept):
            kept.append(pick)
    return kept


def interleaved(parts: Sequence[Sequence[Pick]]) -> list[Pick]:
    """The first choices of all parts before the second ones; each moment once."""
    longest = max(map(len, parts), default=0)
    return distinct([part[place] for place in range(longest) for part in parts if place < len(part)])


def _pick(item: Mapping[str, Any], script: Script, finder: QuoteFinder, part: Stretch) -> Pick | None:
    begins = finder.find(opening_of(str(item.get("starts_with", ""))), part.first, part.last)
    ends = finder.find(closing_of(str(item.get("ends_with", ""))), part.first, part.last)
    whole = _joined(script, begins[:_PLACES], ends[:_PLACES])
    if whole is None:
        return None
    named = finder.find(str(item.get("payoff", "")), whole.first, whole.last)
    payoff = Stretch(named[0].first, named[0].last) if named else None
    fitted = script.fitted(whole, payoff)
    return None if fitted is None else Pick(fitted, payoff, " ".join(str(item.get("why", "")).split()))


def _joined(script: Script, begins: Sequence[Found], ends: Sequence[Found]) -> Stretch | None:
    """The best pair of places: the fewest wrong letters, then the length nearest to what was asked for."""
    longest_s = script.options.max_length_s * _TOLERANCE
    rated: list[tuple[float, float, int, Stretch]] = []
    for begin in begins:
        for end in ends:
            if end.last <= begin.first or end.first < begin.first:
                continue
            stretch = Stretch(script.opening(begin.first), script.closing(end.last))
            length_s = script.length_s(stretch)
            if length_s <= longest_s:
                off_s = max(0.0, script.options.min_length_s - length_s)
                rated.append((round(begin.errors + end.errors, 2), off_s, begin.first, stretch))
    return min(rated, key=lambda one: one[:3])[3] if rated else None


def opening_of(quote: str) -> str:
    """What comes before an ellipsis: models like to leave out the middle."""
    return next((piece for piece in _pieces(quote) if piece), "")


def closing_of(quote: str) -> str:
    """What comes after an ellipsis."""
    return next((piece for piece in reversed(_pieces(quote)) if piece), "")


def _pieces(quote: str) -> list[str]:
    return [piece.strip() for piece in quote.replace("…", "...").split("...")]
