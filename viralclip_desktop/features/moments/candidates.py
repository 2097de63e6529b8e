"""Candidates: every run of whole units whose length fits, and how good each one is.

Built on running sums and a range-maximum table, so that millions of candidates are judged in seconds.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from viralclip_desktop.features.moments.arrays import Floats, Ints, RangeMax, joined, ramp, running_sum
from viralclip_desktop.features.moments.options import FindOptions
from viralclip_desktop.features.moments.talk import Talk
from viralclip_desktop.features.moments.weights import (
    CLOSING,
    ENERGY_PEAK,
    GATES,
    LONG_SILENCE_S,
    OUTSIDE_FADE,
    OUTSIDE_UNITS,
    PARTS,
    STRUCTURE,
)


@dataclass(frozen=True)
class Runs:
    """Candidates as pairs of unit numbers: units ``first`` up to and including ``last``."""

    first: Ints
    last: Ints

    def __len__(self) -> int:
        return len(self.first)

    def part(self, chosen: slice) -> Runs:
        """Some of them."""
        return Runs(self.first[chosen], self.last[chosen])


@dataclass(frozen=True)
class Judgement:
    """The five parts of the score, 0..1 each, the product of all faults, and the whole."""

    hook: Floats
    structure: Floats
    value: Floats
    energy: Floats
    novelty: Floats
    gate: Floats
    quality: Floats


def runs_within(talk: Talk, options: FindOptions) -> Runs:
    """All runs whose length, pre-roll and tail included, lies within the wished range."""
    starts, ends = talk.edges.start_s, talk.edges.end_s
    slack = 1e-9  # seconds; sums of exact times as floats
    low = np.searchsorted(ends, starts + options.min_length_s - slack, "left")
    high = np.searchsorted(ends, starts + options.max_length_s + slack, "right")
    low = np.maximum(low, np.arange(len(starts)))
    counts = np.maximum(high - low, 0)
    first = np.repeat(np.arange(len(starts)), counts)
    offset = np.arange(len(first)) - np.repeat(np.cumsum(counts) - counts, counts)
    return Runs(first, np.repeat(low, counts) + offset)


class Judge:
    """Judges candidates of one talk; the sums are made once."""

    def __init__(self, talk: Talk) -> None:
        self._talk = talk
        seconds = talk.seconds
        telling = seconds * np.minimum(1.0, talk.terms.counts / 4.0)  # a nod is neither new nor old
        self._seconds, self._telling = running_sum(seconds), running_sum(telling)
        self._value = running_sum(seconds * talk.wording.value)
        self._dull = running_sum(seconds * talk.wording.dull)
        self._energy = running_sum(seconds * talk.liveliness.energy)
        self._novelty = running_sum(telling * talk.novelty)
        self._energy_peak = RangeMax(talk.liveliness.energy)
        self._inner = RangeMax(talk.boundary)
        self._pause_s = RangeMax(talk.edges.pause_s)
        self._silence_s = RangeMax(talk.silence_s)
        self._closing = _closing(talk)
        self._lead = _better_outside(talk.boundary)
        self._trail = _better_outside(talk.boundary[::-1])[::-1]

    def judge(self, runs: Runs) -> Judgement:
        """All parts of the score of each candidate."""
        first, after = runs.first, runs.last + 1
        parts = {
            "hook": self._talk.wording.hook[first],
            "structure": self._structure(runs),
            "value": self._mean(self._value, self._seconds, first, after),
            "energy": self._liveliness(first, after),
            "novelty": self._mean(self._novelty, self._telling, first, after),
        }
        flat = 1.0 - ramp(np.maximum(parts["hook"], parts["value"]), 0.08, 0.30)
        gate = self._gate(runs) * (1.0 - GATES["flat"] * flat)
        quality = gate * sum((PARTS[name] * part for name, part in parts.items()), np.zeros(len(runs)))
        return Judgement(**parts, gate=gate, quality=quality)

    @staticmethod
    def _mean(sums: Floats, weights: Floats, first: Ints, after: Ints) -> Floats:
        weight = weights[after] - weights[first]
        mean: Floats = np.where(weight > 1e-9, (sums[after] - sums[first]) / np.maximum(weight, 1e-9), 0.5)
        return mean

    def _liveliness(self, first: Ints, after: Ints) -> Floats:
        mean = self._mean(self._energy, self._seconds, first, after)
        return (1.0 - ENERGY_PEAK) * mean + ENERGY_PEAK * self._energy_peak.over(first, after)

    def _structure(self, runs: Runs) -> Floats:
        wording, first, last = self._talk.wording, runs.first, runs.last
        opening = (1.0 - wording.dangling[first]) * (1.0 - 0.3 * wording.loose[first])
        edges = 0.5 * (self._talk.boundary[first] + self._talk.boundary[last + 1])
        unity = 1.0 - self._inner.over(first + 1, last + 1)
        whole = 1.0 - 0.5 * (self._lead[first] + self._trail[last + 1])
        parts = {
            "opening": opening,
            "closing": self._closing[last],
            "edges": edges,
            "whole": whole,
            "unity": unity,
        }
        return sum((STRUCTURE[name] * part for name, part in parts.items()), np.zeros(len(runs)))

    def _gate(self, runs: Runs) -> Floats:
        """The product of all faults: 1 without any."""
        wording, first, last = self._talk.wording, runs.first, runs.last
        units = self._talk.units
        opens_cut = np.array([float(unit.opens_cut) for unit in units])
        closes_cut = np.array([float(unit.closes_cut) for unit in units])
        silence_s = np.maximum(self._pause_s.over(first + 1, last + 1), self._silence_s.over(first, last + 1))
        dull = self._mean(self._dull, self._seconds, first, last + 1)
        faults = [
            ("dangling", wording.dangling[first]),
            ("loose", wording.loose[first]),
            ("unfinished", wording.unfinished[last]),
            ("open_question", wording.question[last]),
            ("missing", ramp(np.maximum(self._lead[first], self._trail[last + 1]), 0.05, 0.55)),
            ("broken", ramp(self._inner.over(first + 1, last + 1), 0.45, 0.95)),
            ("silence", ramp(silence_s, LONG_SILENCE_S, LONG_SILENCE_S + 0.5)),
            ("dull", dull),
            ("dull_edge", np.maximum(wording.dull[first], wording.dull[last])),
            ("cut", np.maximum(opens_cut[first], closes_cut[last])),
        ]
        result = np.ones(len(runs))
        for name, strength in faults:
            result = result * (1.0 - GATES[name] * strength)
        return result


def _better_outside(boundary: Floats) -> Floats:
    """For each gap, how much surer a story starts at one of the few gaps before it than at itself."""
    best = np.zeros(len(boundary))
    for back in range(1, min(OUTSIDE_UNITS, len(boundary) - 1) + 1):
        best[back:] = np.maximum(best[back:], boundary[:-back] * (1.0 - OUTSIDE_FADE * (back - 1)))
    return np.maximum(0.0, best - boundary)


def _closing(talk: Talk) -> Floats:
    """How well each unit ends a clip."""
    wording, count = talk.wording, len(talk.units)
    before = np.concatenate([[0.0], wording.conclusion[:-1]])
    conclusion = np.maximum(wording.conclusion, 0.6 * before)  # "In the end I won. It felt good."
    turn = np.append(wording.turn[1:], 0.0)
    parts = [
        (CLOSING["conclusion"], conclusion),
        (CLOSING["lesson"], wording.lesson),
        (CLOSING["pause"], talk.pause[1 : count + 1]),
        (CLOSING["fall"], talk.liveliness.fall),
        (CLOSING["turn"], turn),
    ]
    plain = joined(np.full(count, CLOSING["plain"]), parts)
    result: Floats = (
        plain * (1.0 - wording.unfinished) * (1.0 - 0.6 * wording.question) * (1.0 - 0.5 * wording.dull)
    )
    return result
