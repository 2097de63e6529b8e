"""How long a pause may be at each strength, and how long it stays when it is cut.

The tables are for strengths 0, 0.5 and 1. Pauses of 0.4-0.6 s between sentences and 0.2-0.3 s inside them are
what read speech has; a planned pause (after a question, a colon, dots) carries the next words and is left
alone up to three times that.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

import numpy as np


class Pause(Enum):
    """What a pause is for."""

    INSIDE = "inside"  # a sentence
    BETWEEN = "between"  # sentences or speakers
    PLANNED = "planned"  # a question hangs, a list is announced, people laugh
    EDGE = "edge"  # before the first and after the last word


_STRENGTHS: Final = (0.0, 0.5, 1.0)
_LONGEST_S: Final = {
    Pause.INSIDE: (1.5, 0.6, 0.3),
    Pause.BETWEEN: (2.0, 0.9, 0.45),
    Pause.PLANNED: (3.0, 1.8, 1.2),
    Pause.EDGE: (2.0, 0.8, 0.4),
}
_KEPT_S: Final = {
    Pause.INSIDE: (0.6, 0.25, 0.14),
    Pause.BETWEEN: (0.9, 0.45, 0.24),
    Pause.PLANNED: (1.5, 1.0, 0.7),
    Pause.EDGE: (0.6, 0.3, 0.2),
}


@dataclass(frozen=True, slots=True)
class Pace:
    """The lengths of one strength, 0..1."""

    strength: float

    def longest_s(self, pause: Pause) -> float:
        """A pause no longer than this is left alone."""
        return float(np.interp(self.strength, _STRENGTHS, _LONGEST_S[pause]))

    def kept_s(self, pause: Pause) -> float:
        """How much of a longer one stays."""
        return float(np.interp(self.strength, _STRENGTHS, _KEPT_S[pause]))
