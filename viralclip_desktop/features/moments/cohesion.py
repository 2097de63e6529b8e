"""How units hang together: which words come back, where the subject changes, what is new.

Two measures in the spirit of TextTiling (Hearst 1997): similarity of what is said before and after each
gap, and how many telling words of a unit were just used (it points back) or are used again soon (it opens
something).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from viralclip_desktop.features.moments.arrays import Floats
from viralclip_desktop.features.moments.meaning import meant_novelty, meant_shifts
from viralclip_desktop.features.moments.signals import Signals
from viralclip_desktop.features.moments.terms import Terms, novelty, terms_in, topic_shifts, weigh

_NEAR_S: Final = 25.0  # how far back a word is still "just said", and forward "soon said again"


@dataclass(frozen=True)
class Cohesion:
    """One value a unit: ``back`` and ``ahead`` 0..1, the share of its telling words said shortly before or
    soon after; ``shift`` how surely the subject changes with it; ``novelty`` by rank; ``first_said`` how
    many of its telling words come up for the first time; ``counts`` how many it has; ``meant`` one row of
    length 1 a unit where a sentence model read the talk: its ``shift`` and ``novelty`` are then by meaning.
    """

    terms: Terms
    back: Floats
    ahead: Floats
    shift: Floats
    novelty: Floats
    first_said: Floats
    counts: Floats
    stop: frozenset[str]
    meant: Floats | None = None

    def around(self) -> dict[str, Floats]:
        """The features of a gap: what the unit after it shares with either side."""
        return {
            "back": self.back,
            "ahead": self.ahead,
            "opens_up": self.ahead - self.back,
            "shift": self.shift[:-1],
            "fresh": np.minimum(self.first_said, 4.0) / 4.0,
        }


def read_cohesion(signals: Signals, stop: frozenset[str], meant: Floats | None = None) -> Cohesion:
    """Measure a talk; ``meant``: the meaning of its units, where a model knows the language."""
    found = [terms_in(said.tokens, stop) for said in signals.said]
    terms = weigh(found)
    back, ahead = _shared(signals, terms)
    seen: set[int] = set()
    first_said = np.zeros(len(signals))
    for at, unit in enumerate(terms.units):
        new = {index for index, _ in unit} - seen
        first_said[at] = len(new)
        seen |= new
    per_unit, start_s, end_s = float(np.mean(signals.words)), signals.start_s, signals.end_s
    return Cohesion(
        terms=terms,
        back=back,
        ahead=ahead,
        shift=topic_shifts(terms, per_unit) if meant is None else meant_shifts(meant, signals.words),
        novelty=novelty(terms, start_s, end_s)
        if meant is None
        else meant_novelty(meant, terms.counts, start_s, end_s),
        first_said=first_said,
        counts=terms.counts,
        stop=stop,
        meant=meant,
    )


def _shared(signals: Signals, terms: Terms) -> tuple[Floats, Floats]:
    """Weighted shares of each unit's terms found in the seconds before and after it."""
    count = len(signals)
    back, ahead = np.zeros(count), np.zeros(count)
    sets = [{index for index, _ in unit} for unit in terms.units]
    for at, unit in enumerate(terms.units):
        total = sum(weight for _, weight in unit)
        if total <= 0:
            back[at] = ahead[at] = 0.5
            continue
        before: set[int] = set()
        low = at - 1
        while low >= 0 and signals.start_s[at] - signals.end_s[low] < _NEAR_S:
            before |= sets[low]
            low -= 1
        after: set[int] = set()
        high = at + 1
        while high < count and signals.start_s[high] - signals.end_s[at] < _NEAR_S:
            after |= sets[high]
            high += 1
        back[at] = sum(weight for index, weight in unit if index in before) / total
        ahead[at] = sum(weight for index, weight in unit if index in after) / total
    return back, ahead
