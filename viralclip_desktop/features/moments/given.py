"""Given and new: what the telling words of each unit have to do with the sentences right before and after.

A sentence that can be understood cold brings its words along and has them taken up by what follows; one
that goes on with a thought repeats words just said (Prince 1981, "given" and "new"). Windows are sentences.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

import numpy as np

from viralclip_desktop.features.moments.arrays import Floats
from viralclip_desktop.features.moments.terms import Terms

_WINDOWS: Final = (1, 3, 8)
_NO_TERMS: Final = 0.3  # the usual share, for units without telling words
_TALK_BEFORE, _TALK_AFTER = 6, 6  # sentences compared across the gap before a unit


def given_and_new(terms: Terms) -> dict[str, Floats]:
    """Each value 0..1: the shares of a unit's terms said in the sentences before (``given``) and after
    (``taken_up``), how many it introduces, and how much of the talk before goes on across it."""
    units = [dict(unit) for unit in terms.units]
    sets = [set(unit) for unit in units]
    said = Counter(index for unit in sets for index in unit)
    found: dict[str, list[float]] = {}
    known: set[int] = set()
    for at, unit in enumerate(units):
        for size in _WINDOWS:
            before, after = _union(sets, at - size, at), _union(sets, at + 1, at + 1 + size)
            found.setdefault(f"given_{size}", []).append(_share(unit, before))
            found.setdefault(f"taken_up_{size}", []).append(_share(unit, after))
        before, after = _union(sets, at - 8, at), _union(sets, at + 1, at + 9)
        lasting = {index for index in sets[at] - known if said[index] > 1}
        for name, terms_found, most in (
            ("sets_topic", sets[at] & after - before, 3),
            ("keeps_topic", sets[at] & after, 4),
            ("brings_lasting", lasting, 3),
        ):
            found.setdefault(name, []).append(min(most, len(terms_found)) / most)
        known |= sets[at]
        found.setdefault("goes_on", []).append(_carried(sets, at, 3))
        found.setdefault("talk_goes_on", []).append(_carried(sets, at, _TALK_BEFORE))
    return {name: np.array(values) for name, values in found.items()}


def _union(sets: list[set[int]], low: int, high: int) -> set[int]:
    return set().union(*sets[max(0, low) : max(0, high)])


def _share(unit: dict[int, float], others: set[int]) -> float:
    if not unit:
        return _NO_TERMS
    return sum(weight for index, weight in unit.items() if index in others) / sum(unit.values())


def _carried(sets: list[set[int]], at: int, back: int) -> float:
    """The share of the terms of some sentences before a unit that come back with it and right after."""
    before, now = _union(sets, at - back, at), _union(sets, at, at + _TALK_AFTER)
    return len(before & now) / max(5, min(len(before), len(now)))
