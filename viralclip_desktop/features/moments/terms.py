"""Words as numbers: TF-IDF (Salton & Buckley 1988), novelty, changes of subject (Hearst 1997).

Everything runs in one pass over the words with sliding sums, so a ten-hour talk takes well under a second.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from viralclip_desktop.domain.transcript import is_unspaced
from viralclip_desktop.features.common.telling_words import rarity
from viralclip_desktop.features.moments.arrays import Floats, ramp

_COMMON_SHARE: Final = 0.25  # a term in more than a quarter of all sentences tells nothing apart
_NEAR_S: Final = 60.0  # what is said within a minute belongs to the same story, not to "the rest"
_NEAR_SHARE: Final = 1 / 6  # of a short talk
FEWEST_UNITS: Final = 8  # with fewer, a valley cannot be told from chance
_ENOUGH_UNITS: Final = 48  # from here on the valleys of word overlap are trusted fully; judgement
_BLOCK_WORDS: Final = 70  # Hearst compares about 120-200 words of prose; talk turns faster (judgement)

Weighted = list[tuple[int, float]]


@dataclass(frozen=True)
class Terms:
    """The telling terms of each unit: ``(term number, TF-IDF weight)``, each unit scaled to length 1."""

    names: list[str]
    units: list[Weighted]
    counts: Floats
    """How many telling terms each unit has."""


def terms_in(tokens: Sequence[str], stop: frozenset[str]) -> list[str]:
    """A unit's tokens without the common ones; pairs of characters in scripts without spaces."""
    found: list[str] = []
    run = ""
    for token in tokens:
        if token and is_unspaced(token[0]):
            run += token
            continue
        if len(run) > 1:
            found.extend(run[at : at + 2] for at in range(len(run) - 1))
        run = ""
        if token and token not in stop:
            found.append(token)
    found.extend(run[at : at + 2] for at in range(len(run) - 1))
    return found


def weigh(units: Sequence[Sequence[str]]) -> Terms:
    """TF-IDF of each unit's terms."""
    documents = Counter(term for unit in units for term in dict.fromkeys(unit))
    total = len(units)
    limit = max(3.0, _COMMON_SHARE * total)
    names = [term for term, seen in documents.items() if seen <= limit]
    number = {term: index for index, term in enumerate(names)}
    idf = [rarity(documents[term], total) for term in names]
    weighted = [_unit_vector(unit, number, idf) for unit in units]
    return Terms(names, weighted, np.array([float(len(unit)) for unit in weighted]))


def _unit_vector(unit: Sequence[str], number: dict[str, int], idf: list[float]) -> Weighted:
    counted = Counter(number[term] for term in unit if term in number)
    raw = [(index, count * idf[index]) for index, count in counted.items()]
    length = sum(weight * weight for _, weight in raw) ** 0.5
    return [(index, weight / length) for index, weight in raw] if length else []


def novelty(terms: Terms, starts_s: Floats, ends_s: Floats) -> Floats:
    """0..1 for each unit: how little of it is said anywhere outside the minute around it.

    The rank among all units, so it means the same in every language and for every length of talk.
    """
    near_s = near_seconds(starts_s, ends_s)
    rest = [0.0] * len(terms.names)
    for unit in terms.units:
        for index, weight in unit:
            rest[index] += weight
    raw, low, high = np.zeros(len(terms.units)), 0, 0
    for at, unit in enumerate(terms.units):
        while high < len(terms.units) and starts_s[high] <= ends_s[at] + near_s:
            _shift(rest, terms.units[high], -1.0)
            high += 1
        while ends_s[low] < starts_s[at] - near_s:
            _shift(rest, terms.units[low], 1.0)
            low += 1
        raw[at] = sum(weight * rest[index] for index, weight in unit)
    return new_by_rank(raw, terms.counts)


def near_seconds(starts_s: Floats, ends_s: Floats) -> float:
    """How far around a unit a talk is still on the same story."""
    return min(_NEAR_S, _NEAR_SHARE * float(ends_s[-1] - starts_s[0]))


def _shift(vector: list[float], unit: Weighted, sign: float) -> None:
    for index, weight in unit:
        vector[index] += sign * weight


def new_by_rank(raw: Floats, counts: Floats) -> Floats:
    """Overlap turned into novelty by rank; ties share their rank, and units that say little stay neutral."""
    telling = counts >= 2
    result = np.full(len(raw), 0.5)
    if telling.sum() < 4:
        return result
    values = np.round(raw[telling], 9)
    ordered = np.sort(values)
    middle = (np.searchsorted(ordered, values, "left") + np.searchsorted(ordered, values, "right")) / 2
    result[telling] = 1.0 - middle / len(values)
    return result


def topic_shifts(terms: Terms, words_per_unit: float) -> Floats:
    """0..1 for the gap before each unit (and one after the last): how surely the subject changes there."""
    if len(terms.units) < FEWEST_UNITS:
        return np.zeros(len(terms.units) + 1)
    return valleys(_block_similarity(terms, block_units(words_per_unit)))


def block_units(words_per_unit: float) -> int:
    """How many units on either side of a gap are compared."""
    return int(np.clip(round(_BLOCK_WORDS / max(1.0, words_per_unit)), 3, 12))


def valleys(similar: Floats) -> Floats:
    """How surely the subject changes before each unit (and after the last), 0..1, from how alike the units
    before and after each inner gap are."""
    count = len(similar) + 1
    result = np.zeros(count + 1)
    depth = _depths(_smoothed(similar))
    cut = float(depth.mean() - depth.std() / 2)  # Hearst's threshold
    strength = ramp(depth, cut, cut + 2.5 * max(float(depth.std()), 1e-9))
    strength = strength * min(1.0, count / _ENOUGH_UNITS)
    result[1:count] = np.where(_is_peak(depth), strength, 0.3 * strength)
    return result


def _block_similarity(terms: Terms, block: int) -> Floats:
    """Cosine between the ``block`` units before and after each inner gap, updated as the gap moves."""
    count = len(terms.units)
    left, right = [0.0] * len(terms.names), [0.0] * len(terms.names)
    sums = _Cosine(left, right)
    for unit in terms.units[1 : 1 + block]:
        sums.add_right(unit, 1.0)
    sums.add_left(terms.units[0], 1.0)
    result = np.zeros(count - 1)
    for gap in range(1, count):
        result[gap - 1] = sums.value()
        sums.add_right(terms.units[gap], -1.0)
        sums.add_left(terms.units[gap], 1.0)
        if gap + block < count:
            sums.add_right(terms.units[gap + block], 1.0)
        if gap - block >= 0:
            sums.add_left(terms.units[gap - block], -1.0)
    return result


class _Cosine:
    """The cosine of two sparse sums, kept up to date while units come and go."""

    def __init__(self, left: list[float], right: list[float]) -> None:
        self._left, self._right = left, right
        self._dot = self._left_square = self._right_square = 0.0

    def add_left(self, unit: Weighted, sign: float) -> None:
        for index, weight in unit:
            change, old = sign * weight, self._left[index]
            self._dot += change * self._right[index]
            self._left_square += change * (2 * old + change)
            self._left[index] = old + change

    def add_right(self, unit: Weighted, sign: float) -> None:
        for index, weight in unit:
            change, old = sign * weight, self._right[index]
            self._dot += change * self._left[index]
            self._right_square += change * (2 * old + change)
            self._right[index] = old + change

    def value(self) -> float:
        """The cosine, 0..1; 0 where one side is empty."""
        product = self._left_square * self._right_square
        return min(1.0, max(0.0, self._dot / product**0.5)) if product > 1e-12 else 0.0


def _smoothed(values: Floats) -> Floats:
    padded = np.pad(values, 1, mode="edge")
    return (padded[:-2] + 2 * padded[1:-1] + padded[2:]) / 4


def _depths(similar: Floats) -> Floats:
    """Hearst's depth score: how far the similarity climbs on both sides of each gap."""
    return _climb(similar) + _climb(similar[::-1])[::-1] - 2 * similar


def _climb(values: Floats) -> Floats:
    """The height of the hill to the left of each place, walking up only."""
    heights = values.copy()
    for at in range(1, len(values)):
        if values[at - 1] >= values[at]:
            heights[at] = heights[at - 1]
    return heights


def _is_peak(depth: Floats) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    """Whether no gap within two places is deeper (the first of equals counts)."""
    padded = np.pad(depth, 2, constant_values=-1.0)
    size = len(depth)
    before = np.maximum(padded[:size], padded[1 : 1 + size])
    after = np.maximum(padded[3 : 3 + size], padded[4 : 4 + size])
    peak: np.ndarray[tuple[int], np.dtype[np.bool_]] = (depth > before) & (depth >= after)
    return peak
