"""Candidates: runs of whole units whose length fits, and the named features that tell how good each one is.

Built on running sums and a range-maximum table, so that an hour of talk is judged in a second.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from viralclip_desktop.features.moments.arrays import Floats, Ints, RangeMax, ramp, running_sum, standard
from viralclip_desktop.features.moments.options import FindOptions
from viralclip_desktop.features.moments.talk import Talk

_KINDS: Final = [
    "story",
    "said",
    "strong",
    "judge",
    "all",
    "ad",
    "house",
    "picture",
    "contrast",
    "number",
    "advice",
    "me",
    "you",
    "ending",
]
_USUAL_PAUSE_S: Final = 0.3  # between sentences, at least; judgement
_USUAL, _USUAL_HEARD = 0.75, 0.5
"""The quantile of the pauses that is the usual one. Of those that were heard the median: in a short talk a
quarter of them part its subjects."""
_LONGER, _LONGER_HEARD = (2.2, 3.0), (2.4, 3.4)
"""From how many times the usual pause on one may part paragraphs, and from how many it does: of the times of
words, and where the sound tells that it is quiet. The first by leaving one recording out; judgement."""


@dataclass(frozen=True)
class Runs:
    """Candidates as pairs of unit numbers: units ``first`` up to and including ``last``."""

    first: Ints
    last: Ints

    def __len__(self) -> int:
        return len(self.first)

    def part(self, chosen: Ints | slice) -> Runs:
        """Some of them."""
        return Runs(self.first[chosen], self.last[chosen])

    def joined(self, others: Runs) -> Runs:
        """These, and others behind them."""
        first, last = (self.first, others.first), (self.last, others.last)
        return Runs(np.concatenate(first), np.concatenate(last))


def paragraph_pauses(gap_s: Floats, turn: Floats, *, heard: bool = False) -> Floats:
    """0..1 for the gap before each unit: how surely the same speaker pauses there as between paragraphs,
    far longer than usual between sentences. Pauses at turns say nothing of this kind; those of subtitles less
    than those that were ``heard``."""
    quantile = _USUAL_HEARD if heard else _USUAL
    usual = float(np.quantile(gap_s[1:], quantile)) if len(gap_s) > 1 else 0.0
    usual = max(usual, _USUAL_PAUSE_S)
    low, high = _LONGER_HEARD if heard else _LONGER
    strength: Floats = ramp(gap_s, low * usual, high * usual) * (1.0 - turn)
    return strength


def pauses_in(talk: Talk) -> Floats:
    """The same for a talk."""
    return paragraph_pauses(talk.signals.gap_s, talk.signals.turn, heard=talk.liveliness.heard)


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


class Gauge:
    """Features of candidates of one talk; the sums are made once."""

    def __init__(self, talk: Talk) -> None:
        self._talk, signals, cohesion = talk, talk.signals, talk.cohesion
        self._opening, self._ending = standard(talk.opening), standard(talk.ending)
        value, trap, peak = standard(talk.value), standard(talk.traps.odds), talk.traps.peak
        seconds, words, ones = signals.seconds, signals.words, np.ones(len(talk))
        sums = {
            "seconds": seconds,
            "words": words,
            "units": ones,
            "value": value * seconds,
            "trap": trap * seconds,
            "peak": peak * seconds,
            "barred": talk.traps.barred * seconds,
            "novel": cohesion.novelty * seconds,
            "turns": signals.turn,
            "nods": signals.opens("nod") * (words < 5),
            "questions": signals.question,
            "fresh": cohesion.first_said,
        }
        sums |= {f"d_{kind}": signals.counts[kind] for kind in _KINDS}
        self._sums = {name: running_sum(values) for name, values in sums.items()}
        self._tops = {
            "value": RangeMax(value - value.min()),
            "trap": RangeMax(trap - trap.min()),
            "peak": RangeMax(peak - peak.min()),
            "opening": RangeMax(self._opening - self._opening.min()),
            "shift": RangeMax(cohesion.shift[:-1]),
            "pause": RangeMax(pauses_in(talk)),
            "gap": RangeMax(np.concatenate([[0.0], signals.gap_s[1:]])),
        }
        self._voices = [running_sum(seconds * (signals.voice == n)) for n in np.unique(signals.voice)]
        self._spread = self._spreads()

    def pause_inside(self, runs: Runs) -> Floats:
        """0..1: whether a pause inside is as long as those between paragraphs, for this talk."""
        return self._tops["pause"].over(runs.first + 1, runs.last + 1)

    def barred(self, runs: Runs) -> Floats:
        """The share of each candidate that may not be in a clip."""
        first, after = runs.first, runs.last + 1
        return self._sum("barred", first, after) / self._sum("seconds", first, after)

    def _spreads(self) -> dict[str, tuple[float, float]]:
        """Mean and spread of each density over stretches of about half a minute, to compare candidates by."""
        starts = self._talk.signals.start_s
        first = np.arange(len(starts))
        after = np.maximum(np.searchsorted(starts, starts + 35.0), first + 1)
        spreads = {}
        for name in [*(f"d_{kind}" for kind in _KINDS), "fresh", "pace"]:
            values = self._density(name, first, after)
            spreads[name] = (float(values.mean()), float(values.std()) + 1e-9)
        return spreads

    def _sum(self, name: str, first: Ints, after: Ints) -> Floats:
        total: Floats = self._sums[name][after] - self._sums[name][first]
        return total

    def _density(self, name: str, first: Ints, after: Ints) -> Floats:
        if name == "pace":
            return self._sum("words", first, after) / self._sum("seconds", first, after)
        return self._sum(name, first, after) / self._sum("words", first, after)

    def features(self, runs: Runs) -> dict[str, Floats]:
        """All features of each candidate."""
        first, last, after = runs.first, runs.last, runs.last + 1
        signals = self._talk.signals
        length = signals.end_s[last] - signals.start_s[first]
        found = self._edges(runs) | self._inside(runs, length)
        for name, (mean, spread) in self._spread.items():
            found[name] = (self._density(name, first, after) - mean) / spread
        found["voice"] = np.max([sums[after] - sums[first] for sums in self._voices], axis=0) / length
        return found

    def _edges(self, runs: Runs) -> dict[str, Floats]:
        first, last, shift = runs.first, runs.last, self._talk.cohesion.shift
        question = self._talk.signals.question
        return {
            "start": self._opening[first],
            "end": self._ending[last],
            "before_end": np.append(1.5, self._ending[:-1])[first],
            "next_start": np.append(self._opening[1:], 1.5)[last],
            "shift_in": shift[first],
            "shift_out": shift[last + 1],
            "question_first": question[first],
            "question_last": question[last],
        }

    def _inside(self, runs: Runs, length: Floats) -> dict[str, Floats]:
        first, after = runs.first, runs.last + 1
        seconds = self._sum("seconds", first, after)
        return {
            "value": self._sum("value", first, after) / seconds,
            "trap": self._sum("trap", first, after) / seconds,
            "trap_peak": self._sum("peak", first, after) / seconds,
            "novel": self._sum("novel", first, after) / seconds,
            "value_max": self._tops["value"].over(first, after),
            "trap_max": self._tops["trap"].over(first, after),
            "trap_peak_max": self._tops["peak"].over(first, after),
            "inner_start": self._tops["opening"].over(first + 1, after),
            "inner_shift": self._tops["shift"].over(first + 1, after),
            "gap_max": np.minimum(self._tops["gap"].over(first + 1, after), 4.0),
            "length": length / 30.0,
            "off_length": (length / 30.0 - 1.1) ** 2,
            "units": np.log(after - first),
            "turns": self._sum("turns", first + 1, after) / (length / 30.0),
            "nods": self._sum("nods", first, after) / self._sum("units", first, after),
            "questions": np.minimum(2.0, self._sum("questions", first, after)),
        }
