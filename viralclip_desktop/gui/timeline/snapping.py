"""Where a trim handle may rest: at the edges of words, with a little air."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.transcript import Word

_BEFORE_WORD = Time.from_seconds(0.08)  # keeps the attack of the first consonant
_AFTER_WORD = Time.from_seconds(0.15)  # lets the last sound die away


class WordEdges:
    """Resting points for in and out points, in source time. Each lies between two words."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._words = words
        self._ins = [_before(words, index) for index in range(len(words))]
        self._middles = [(word.start.ticks + word.end.ticks) // 2 for word in words]
        self._outs = [_after(words, index) for index in range(len(words))]

    def nearest(self, edge: str, to: Time) -> Time:
        """The ``in`` or ``out`` resting point nearest to a time; the time itself without words."""
        points = self._points(edge)
        if not points:
            return to
        index = bisect_left(points, to)
        candidates = points[max(0, index - 1) : index + 1]
        return min(candidates, key=lambda point: abs(point.ticks - to.ticks))

    def neighbour(self, edge: str, here: Time, direction: int) -> Time:
        """The next resting point before (-1) or after (+1) a time; the time itself when there is none."""
        points = self._points(edge)
        index = bisect_right(points, here) if direction > 0 else bisect_left(points, here) - 1
        return points[index] if 0 <= index < len(points) else here

    def at_word(self, edge: str, index: int) -> Time:
        """The resting point that makes word ``index`` the first (``in``) or the last (``out``)."""
        return self._points(edge)[index]

    def first_after(self, at: Time) -> int:
        """The index of the first word whose middle lies at or after a time."""
        return bisect_left(self._middles, at.ticks)

    def _points(self, edge: str) -> list[Time]:
        return self._ins if edge == "in" else self._outs


def _before(words: Sequence[Word], index: int) -> Time:
    floor = words[index - 1].end if index else ZERO
    return min(words[index].start, max(floor, words[index].start - _BEFORE_WORD))


def _after(words: Sequence[Word], index: int) -> Time:
    end = words[index].end
    if index + 1 == len(words):
        return end + _AFTER_WORD
    return max(end, min(words[index + 1].start, end + _AFTER_WORD))
