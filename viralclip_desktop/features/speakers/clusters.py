"""Voices into groups: agglomerative clustering with average linkage over cosines."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

SAME_VOICE: Final = (
    0.55  # mean cosine of two groups that are one voice: real voices 0.43 and up, others below
)
_MOST_CLUSTERED: Final = 1000  # stretches: of more, the longest are clustered and the others join them
_LEAST_S, _LEAST_SHARE = 2.5, 0.02  # of speech that make a voice of its own


def voices(rows: Floats, seconds: Floats) -> Ints:
    """A number for each row (length 1; zeros: unknown) from 0 in order of coming up, -1 for the unknown;
    ``seconds`` is how long each was heard."""
    known = np.flatnonzero(np.linalg.norm(rows, axis=1) > 0.5)
    result = np.full(len(rows), -1, np.int64)
    if not len(known):
        return result
    longest = known[np.argsort(-seconds[known], kind="stable")][:_MOST_CLUSTERED]
    groups = _merged(rows[longest])
    centres = _centres(rows[longest], seconds[longest], groups)
    for _ in range(2):
        nearest = np.argmax(rows[known] @ centres.T, axis=1)
        centres = _centres(rows[known], seconds[known], nearest)
    nearest = np.argmax(rows[known] @ centres.T, axis=1)
    order = {group: number for number, group in enumerate(dict.fromkeys(nearest.tolist()))}
    result[known] = [order[group] for group in nearest.tolist()]
    return result


def _merged(rows: Floats) -> Ints:
    """Groups of rows, joined two by two as long as the likest two are one voice."""
    count = len(rows)
    group, sizes = np.arange(count), np.ones(count)
    shared = rows @ rows.T  # sums of the cosines between the members of two groups
    np.fill_diagonal(shared, -np.inf)
    while count > 1:
        alike = shared / (sizes[:, None] * sizes[None, :])
        a, b = divmod(int(np.argmax(alike)), len(rows))
        if alike[a, b] < SAME_VOICE:
            break
        shared[a] += shared[b]
        shared[:, a] = shared[a]
        shared[a, a] = -np.inf
        shared[b] = shared[:, b] = -np.inf
        sizes[a] += sizes[b]
        group[group == b] = a
        count -= 1
    return np.unique(group, return_inverse=True)[1]


def _centres(rows: Floats, seconds: Floats, groups: Ints) -> Floats:
    """The direction of each group that is heard long enough; of the longest where none is."""
    lengths = np.bincount(groups, seconds)
    enough = lengths >= min(max(_LEAST_S, _LEAST_SHARE * lengths.sum()), lengths.max())
    sums = np.array([(rows * seconds[:, None])[groups == one].sum(axis=0) for one in np.flatnonzero(enough)])
    centres: Floats = sums / np.linalg.norm(sums, axis=1, keepdims=True)
    return centres
