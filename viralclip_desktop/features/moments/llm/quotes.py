"""Where in a transcript a quote stands, however a model has changed it in copying.

Quote and transcript are compared letter by letter (letters and digits alone, case and accents folded), so
that one way serves every script, with spaces or without. What is not found as it is, is looked for where
most of its four-letter pieces come from, and aligned there by edit distance (Sellers 1980).
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from viralclip_desktop.domain.transcript import Word

_GRAM = 4
_BAND = 12  # letters by which a piece may be displaced within one alignment
_PLACES = 4  # places looked at closely
_MOST_ERRORS = 0.34  # of a quote's letters: a third wrong is another sentence
_SHORTEST = 4  # letters; less stands anywhere


@dataclass(frozen=True, slots=True)
class Found:
    """Words ``first`` up to but not including ``last``; ``errors`` 0..1, the share of wrong letters."""

    first: int
    last: int
    errors: float


class QuoteFinder:
    """Finds quotes among words."""

    def __init__(self, words: Sequence[Word]) -> None:
        spelled = [folded(word.text) for word in words]
        self._letters = "".join(spelled)
        self._word_of = [at for at, letters in enumerate(spelled) for _ in letters]
        self._grams: dict[str, list[int]] | None = None

    def find(self, quote: str, low: int = 0, high: int | None = None) -> list[Found]:
        """Places of a quote among words ``low`` up to ``high``, the best first; the earlier of equals
        first."""
        wanted = folded(quote)
        if len(wanted) < _SHORTEST:
            return []
        spans = [(at, at + len(wanted), 0.0) for at in _all(self._letters, wanted)]
        inside = self._within(spans, low, high)
        return inside or self._within(self._alike(wanted), low, high)

    def _within(self, spans: list[tuple[int, int, float]], low: int, high: int | None) -> list[Found]:
        found = [
            Found(self._word_of[start], self._word_of[stop - 1] + 1, errors) for start, stop, errors in spans
        ]
        top = len(self._word_of) if high is None else high
        return sorted(
            {one for one in found if low <= one.first and one.last <= top},
            key=lambda one: (one.errors, one.first),
        )

    def _alike(self, wanted: str) -> list[tuple[int, int, float]]:
        votes: Counter[int] = Counter()
        grams = self._index()
        for at in range(len(wanted) - _GRAM + 1):
            for place in grams.get(wanted[at : at + _GRAM], ()):
                votes[(place - at) // _BAND] += 1
        spans: dict[tuple[int, int], float] = {}
        for bucket, _ in votes.most_common(_PLACES * 2):
            start = max(0, (bucket - 1) * _BAND)
            stop = (bucket + 2) * _BAND + len(wanted)
            begin, end, cost = _aligned(wanted, self._letters[start:stop])
            errors = cost / len(wanted)
            if end > begin and errors <= _MOST_ERRORS:
                spans[start + begin, start + end] = errors
        return [(begin, end, errors) for (begin, end), errors in spans.items()]

    def _index(self) -> dict[str, list[int]]:
        if self._grams is None:
            self._grams = {}
            for at in range(len(self._letters) - _GRAM + 1):
                self._grams.setdefault(self._letters[at : at + _GRAM], []).append(at)
        return self._grams


def folded(text: str) -> str:
    """Letters and digits alone, without case and accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in plain if letter.isalnum())


def _all(text: str, part: str) -> list[int]:
    found, at = [], text.find(part)
    while at >= 0:
        found.append(at)
        at = text.find(part, at + 1)
    return found


def _aligned(wanted: str, text: str) -> tuple[int, int, int]:
    """The stretch of ``text`` nearest to ``wanted``: its begin and end, and the edit distance."""
    row = [(0, at) for at in range(len(text) + 1)]
    for count, letter in enumerate(wanted, 1):
        before, row = row, [(count, 0)]
        for at, other in enumerate(text, 1):
            same, origin = before[at - 1]
            here = (same + (letter != other), origin)
            up, left = before[at], row[-1]
            row.append(min(here, (up[0] + 1, up[1]), (left[0] + 1, left[1]), key=lambda cell: cell[0]))
    end = min(range(len(row)), key=lambda at: row[at][0])
    return row[end][1], end, row[end][0]
