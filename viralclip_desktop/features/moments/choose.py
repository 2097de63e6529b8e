"""Which candidates become clips: weighted interval scheduling with a limit on their number.

The textbook dynamic program (Kleinberg & Tardos, "Algorithm Design", 6.1) with one more dimension for the
count: ``best[k][u]`` is the most that at most ``k`` clips within the first ``u`` units are worth. It runs in
O(candidates x count), and equal values are always settled the same way.
"""

from __future__ import annotations

import numpy as np

from viralclip_desktop.features.moments.arrays import Floats, Ints
from viralclip_desktop.features.moments.candidates import Runs


def choose(runs: Runs, worth: Floats, units: int, count: int) -> Ints:
    """Indices of the chosen candidates in order of time; only those worth more than 0 are taken."""
    useful = np.flatnonzero(worth > 0)
    useful = useful[np.lexsort((runs.first[useful], runs.last[useful]))]
    count = min(count, units)
    bounds = np.searchsorted(runs.last[useful], np.arange(units + 1))
    best = np.zeros((units + 1, count + 1))
    taken = np.full((units + 1, count + 1), -1, np.int64)
    for unit in range(units):
        here = useful[bounds[unit] : bounds[unit + 1]]
        best[unit + 1] = best[unit]
        if len(here):
            winner, gained = _best_total(best[runs.first[here], :-1], worth[here])
            better = gained > best[unit, 1:] + 1e-12
            best[unit + 1, 1:] = np.where(better, gained, best[unit, 1:])
            taken[unit + 1, 1:] = np.where(better, here[winner], -1)
    return _walk_back(taken, runs.first, units, count)


def _best_total(before: Floats, worth: Floats) -> tuple[Ints, Floats]:
    """For each number of clips: which of the candidates that end here is best, and the total with it."""
    totals = before + worth[:, None]
    winner = np.argmax(totals, axis=0)
    return winner, totals[winner, np.arange(totals.shape[1])]


def _walk_back(taken: Ints, first: Ints, units: int, count: int) -> Ints:
    chosen: list[int] = []
    unit, left = units, count
    while unit > 0 and left > 0:
        candidate = int(taken[unit, left])
        if candidate < 0:
            unit -= 1
            continue
        chosen.append(candidate)
        unit, left = int(first[candidate]), left - 1
    return np.array(chosen[::-1], np.int64)
