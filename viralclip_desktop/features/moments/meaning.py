"""What the units of a talk mean, as rows of numbers of length 1 whose products say how alike they are.

They come from a sentence model where one is installed and knows the language; what is made of them here,
:mod:`terms` makes of the words otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

import numpy as np

from viralclip_desktop.features.moments.arrays import Floats
from viralclip_desktop.features.moments.terms import (
    FEWEST_UNITS,
    block_units,
    near_seconds,
    new_by_rank,
    valleys,
)

_FULL_WORDS: Final = 12.0  # a unit of so many words counts in full, a nod of one hardly


class Meaning(Protocol):
    """Texts as rows of numbers of length 1; their products say how alike they are in meaning."""

    def vectors(self, texts: Sequence[str]) -> Floats:
        """One row a text."""
        ...


def meant_shifts(meant: Floats, words: Floats) -> Floats:
    """How surely the subject changes before each unit and after the last, 0..1, by the meaning of the units
    on either side."""
    count = len(meant)
    if count < FEWEST_UNITS:
        return np.zeros(count + 1)
    block, sums = block_units(float(np.mean(words))), _sums(meant, words)
    gaps = np.arange(1, count)
    before = sums[gaps] - sums[np.maximum(gaps - block, 0)]
    after = sums[np.minimum(gaps + block, count)] - sums[gaps]
    lengths = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1)
    return valleys(np.einsum("ij,ij->i", before, after) / np.maximum(lengths, 1e-9))


def meant_novelty(meant: Floats, counts: Floats, starts_s: Floats, ends_s: Floats) -> Floats:
    """0..1 for each unit, by rank: how far its meaning is from all that is said outside the minute around
    it. ``counts``: its telling words."""
    near_s, sums = near_seconds(starts_s, ends_s), _sums(meant, counts)
    low = np.searchsorted(np.maximum.accumulate(ends_s), starts_s - near_s)
    high = np.searchsorted(starts_s, ends_s + near_s, "right")
    rest = sums[-1] - (sums[high] - sums[low])
    return new_by_rank(np.einsum("ij,ij->i", meant, rest), counts)


def _sums(meant: Floats, words: Floats) -> Floats:
    """Running sums of the rows, short units counting less."""
    weighted = meant * np.minimum(1.0, words / _FULL_WORDS)[:, None]
    return np.concatenate([np.zeros((1, meant.shape[1])), np.cumsum(weighted, axis=0)])
