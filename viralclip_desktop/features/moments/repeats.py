"""What a talk says twice: which candidates say again what a chosen clip has said."""

from __future__ import annotations

from typing import Final

import numpy as np

from viralclip_desktop.features.moments.arrays import Floats, running_sum
from viralclip_desktop.features.moments.candidates import Runs
from viralclip_desktop.features.moments.cohesion import Cohesion
from viralclip_desktop.features.moments.talk import Talk
from viralclip_desktop.features.moments.terms import Weighted

_SAME_MEANING: Final = 0.80  # cosine of two sentences that say the same (MiniLM); on one subject: 0.3 to 0.6
_SAME_WORDS: Final = 0.70  # the same for TF-IDF
_FEWEST_TERMS: Final = 3.0  # telling words below which a sentence says nothing that could be repeated


def said_again(talk: Talk, runs: Runs, place: int) -> Floats:
    """For each candidate, the share (0..1) of its telling words in sentences that candidate ``place`` has,
    too, in these or (with a sentence model) other words."""
    inside = range(int(runs.first[place]), int(runs.last[place]) + 1)
    near, cohesion = _nearest(talk.cohesion, inside), talk.cohesion
    same = near >= (_SAME_WORDS if cohesion.meant is None else _SAME_MEANING)
    telling = np.where(cohesion.counts >= _FEWEST_TERMS, cohesion.counts, 0.0)
    again, total = running_sum(telling * same), running_sum(telling)
    after = runs.last + 1
    share: Floats = (again[after] - again[runs.first]) / np.maximum(total[after] - total[runs.first], 1.0)
    return share


def _nearest(cohesion: Cohesion, inside: range) -> Floats:
    """How alike each unit is to the most alike one inside, as a cosine."""
    if cohesion.meant is not None:
        found: Floats = (cohesion.meant @ cohesion.meant[inside.start : inside.stop].T).max(axis=1)
        return found
    units = cohesion.terms.units
    where: dict[int, list[tuple[int, float]]] = {}
    for at in inside:
        for index, weight in units[at]:
            where.setdefault(index, []).append((at - inside.start, weight))
    return np.array([_best_match(unit, where, len(inside)) for unit in units])


def _best_match(unit: Weighted, where: dict[int, list[tuple[int, float]]], count: int) -> float:
    shared = [0.0] * count
    for index, weight in unit:
        for at, other in where.get(index, ()):
            shared[at] += weight * other
    return max(shared)
