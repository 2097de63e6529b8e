"""Which candidates become clips: the best first, none that says again what one before it shows.

Greedy by score, the way maximal marginal relevance picks (Carbonell & Goldstein 1998), with a hard limit on
the time two clips may share. Equal scores are settled by the earlier start.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from viralclip_desktop.features.moments.arrays import Floats, Ints


def choose(  # noqa: PLR0917 - candidates, and what two may share
    start_s: Floats,
    end_s: Floats,
    score: Floats,
    count: int,
    most_shared: float,
    again: Callable[[int], Floats] | None = None,
    most_again: float = 1.0,
) -> Ints:
    """Indices of at most ``count`` candidates, best first.

    No two share more than ``most_shared`` (0..1) of the shorter one's time, and of none is more than
    ``most_again`` already said by one before it: ``again`` gives that share of every candidate for a chosen
    one. Scores of minus infinity are left out.
    """
    left = np.flatnonzero(np.isfinite(score))
    left = left[np.lexsort((end_s[left], start_s[left], -np.round(score[left], 9)))]
    chosen: list[int] = []
    while len(left) and len(chosen) < count:
        best = int(left[0])
        chosen.append(best)
        shared = np.minimum(end_s[left], end_s[best]) - np.maximum(start_s[left], start_s[best])
        shorter = np.minimum(end_s[left] - start_s[left], end_s[best] - start_s[best])
        apart = (shared <= most_shared * shorter + 1e-9) & (left != best)
        if again is not None and len(chosen) < count:
            apart &= again(best)[left] <= most_again
        left = left[apart]
    return np.array(chosen, np.int64)
