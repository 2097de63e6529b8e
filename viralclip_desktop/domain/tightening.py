"""What tightening took out of a clip: cuts with their reasons, which stay listed with it.

A listed cut is *made* while what it took is in no part of the clip. One that was brought back stays in the
list, so that tightening again leaves it alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from viralclip_desktop.core.time import Time, TimeRange

_SHARE = Fraction(15, 100)
_SHORTEST, _LONGEST = Time.from_seconds(Fraction(50, 1000)), Time.from_seconds(Fraction(120, 1000))


class CutKind(StrEnum):
    """Why something was cut."""

    SILENCE = "silence"
    FILLER = "filler"
    REPEAT = "repeat"
    RETAKE = "retake"


@dataclass(frozen=True, slots=True)
class TightCut:
    """One cut; ``range`` is time in the asset."""

    asset_id: str
    range: TimeRange
    kind: CutKind
    text: str = ""
    """The words that went; empty for silence and sounds without words."""

    @property
    def id(self) -> str:
        """Its name among the cuts of a recording, the same whenever it is planned: kind and times in ms."""
        start_ms, end_ms = (round(time.seconds * 1000) for time in (self.range.start, self.range.end))
        return f"{self.kind.value}-{start_ms}-{end_ms}"


def crossfade(cut: TimeRange) -> Time:
    """How long the sounds to both sides of a cut overlap: 0.15 of it, between 50 and 120 ms. Ten would avoid
    the click, but not the step in the room's noise."""
    return Time(round(cut.duration.ticks * _SHARE)).clamped(_SHORTEST, _LONGEST)
