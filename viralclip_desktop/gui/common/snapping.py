"""Where a trim handle may rest: at the edges of words, with a little air."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import partial

from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.transcript import Word

_BEFORE_WORD = Time.from_seconds(0.08)  # keeps the attack of the first consonant
_AFTER_WORD = Time.from_seconds(0.15)  # lets the last sound die away


class WordEdges:
    """Resting points for in and out points, in source time. Each lies between two words.

    Nothing is worked out beforehand: a long recording has a hundred thousand words, and a search looks at
    seventeen of them.
    """

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words

    def nearest(self, edge: str, to: Time) -> Time:
        """The ``in`` or ``out`` resting point nearest to a time; the time itself without words."""
        if not self._words:
            return to
        index = bisect_left(self._all, to, key=partial(self.at_word, edge))
        beside = [self.at_word(edge, place) for place in (index - 1, index) if 0 <= place < len(self._words)]
        return min(beside, key=lambda point: abs(point.ticks - to.ticks))

    def neighbour(self, edge: str, here: Time, direction: int) -> Time:
        """The next resting point before (-1) or after (+1) a time; the time itself when there is none."""
        point = partial(self.at_word, edge)
        if direction > 0:
            index = bisect_right(self._all, here, key=point)
        else:
            index = bisect_left(self._all, here, key=point) - 1
        return point(index) if 0 <= index < len(self._words) else here

    def at_word(self, edge: str, index: int) -> Time:
        """The resting point that makes word ``index`` the first (``in``) or the last (``out``)."""
        return (_before if edge == "in" else _after)(self._words, index)

    def first_after(self, at: Time) -> int:
        """The index of the first word whose middle lies at or after a time."""
        return bisect_left(self._words, at.ticks, key=lambda word: (word.start.ticks + word.end.ticks) // 2)

    @property
    def _all(self) -> range:
        return range(len(self._words))


def _before(words: Sequence[Word], index: int) -> Time:
    floor = words[index - 1].end if index else ZERO
    return min(words[index].start, max(floor, words[index].start - _BEFORE_WORD))


def _after(words: Sequence[Word], index: int) -> Time:
    end = words[index].end
    if index + 1 == len(words):
        return end + _AFTER_WORD
    return max(end, min(words[index + 1].start, end + _AFTER_WORD))
