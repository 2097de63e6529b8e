"""Which candidates become clips: the best first, none that says again what one before it shows.

Greedy by score, the way maximal marginal relevance picks (Carbonell & Goldstein 1998), with a hard limit on
the time two clips may share. Equal scores are settled by the earlier start.
"""

from __future__ import annotations

import numpy as np

from viralclip_desktop.features.moments.arrays import Floats, Ints


def choose(start_s: Floats, end_s: Floats, score: Floats, count: int, most_shared: float) -> Ints:
    """Indices of at most ``count`` candidates, best first.

    No two share more than ``most_shared`` (0..1) of the shorter one's time. Scores of minus infinity are
    left out.
    """
    left = np.flatnonzero(np.isfinite(score))
    left = left[np.lexsort((end_s[left], start_s[left], -np.round(score[left], 9)))]
    chosen: list[int] = []
    while len(left) and len(chosen) < count:
        best = int(left[0])
        chosen.append(best)
        shared = np.minimum(end_s[left], end_s[best]) - np.maximum(start_s[left], start_s[best])
        shorter = np.minimum(end_s[left] - start_s[left], end_s[best] - start_s[best])
        left = left[shared <= most_shared * shorter + 1e-9]
        left = left[left != best]
    return np.array(chosen, np.int64)
