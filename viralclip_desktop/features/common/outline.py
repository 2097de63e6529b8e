"""The outline of a sound, to be drawn in one piece: how loud it is in each of some equal stretches."""

from __future__ import annotations

from typing import Any

COLUMNS = 480


def outline(samples: Any, columns: int = COLUMNS) -> tuple[int, ...]:
    """The highest swing of each stretch in thousandths of full scale, of samples from -1 to 1 (mono)."""
    import numpy as np

    sound = np.abs(np.asarray(samples, np.float32))
    if not len(sound):
        return ()
    edges = np.linspace(0, len(sound), min(columns, len(sound)) + 1).astype(np.int64)[:-1]
    return tuple(round(1000 * min(1.0, float(one))) for one in np.maximum.reduceat(sound, edges))
