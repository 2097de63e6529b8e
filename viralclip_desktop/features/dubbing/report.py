"""How good a dub became, by measure."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import mean, median
from typing import Any, Final

from viralclip_desktop.compose.dub_timing import Fit, PlacedLine
from viralclip_desktop.core.time import ZERO, TimeRange


@dataclass(frozen=True, slots=True)
class DubReport:
    """``overlap``: mean over the lines of intersection over union of a line's time span, dub against
    original; ``onset_median_ms``: median of absolute differences of line starts; ``speed_p95``: natural over
    heard duration; ``drift_ms``: the last line's onset error minus the first's; ``flagged``: lines that do
    not fit; ``wer``: word error of what a recogniser heard (0..1), None where none was asked; ``separator``:
    who took the original voices off the background, None where none of it was kept apart; ``voice_left_db``:
    how much of them is left in it, against what they were, None where it cannot be told; ``late_ms``: by how
    much the latest line begins late, ``over_s``: the most that a line does not fit (older dubs tell neither);
    ``slowed_s``: by how
    much the clip became longer for lines that did not fit, and ``slow_factor`` how many times as long its
    slowest stretch takes; None where nothing may be slowed."""

    overlap: float
    onset_median_ms: float
    speed_p95: float
    drift_ms: float
    flagged: int
    wer: float | None = None
    separator: str | None = None
    voice_left_db: float | None = None
    late_ms: float | None = None
    over_s: float | None = None
    slowed_s: float | None = None
    slow_factor: float | None = None

    def told(self) -> dict[str, Any]:
        """As it is printed and kept: what was slowed down only where that was asked for."""
        asked = self.slowed_s is not None
        return {name: value for name, value in asdict(self).items() if asked or name not in _OF_SLOWING}


_OF_SLOWING: Final = ("slowed_s", "slow_factor")


def report_of(slots: Sequence[TimeRange], placed: Sequence[PlacedLine], wer: float | None) -> DubReport:
    """Of lines that are heard."""
    pairs = [(slot, one) for slot, one in zip(slots, placed, strict=True) if one.range.duration > ZERO]
    if not pairs:
        return DubReport(1.0, 0.0, 1.0, 0.0, 0, wer, late_ms=0.0, over_s=0.0)
    errors_ms = [1000 * (one.range.start - slot.start).seconds for slot, one in pairs]
    heard = sorted(one.heard for _, one in pairs)
    return DubReport(
        overlap=round(mean(_overlap(slot, one.range) for slot, one in pairs), 4),
        onset_median_ms=round(median(map(abs, errors_ms)), 2),
        speed_p95=round(heard[math.ceil(0.95 * len(heard)) - 1], 4),
        drift_ms=round(errors_ms[-1] - errors_ms[0], 2),
        flagged=sum(one.fit is Fit.TOO_LONG for _, one in pairs),
        wer=None if wer is None else round(wer, 4),
        late_ms=round(max(0.0, *errors_ms), 2),
        over_s=round(max(one.over.seconds for _, one in pairs), 4),
    )


def _overlap(one: TimeRange, other: TimeRange) -> float:
    shared = (min(one.end, other.end) - max(one.start, other.start)).seconds
    return max(0.0, shared) / (max(one.end, other.end) - min(one.start, other.start)).seconds


def word_error(said: str, heard: str) -> float:
    """Words that were added, left out or heard otherwise, as a share of those that were to be said (at most
    1)."""
    wanted, got = _plain(said), _plain(heard)
    if not wanted:
        return 0.0 if not got else 1.0
    row = list(range(len(got) + 1))
    for number, word in enumerate(wanted, 1):
        before, row[0] = row[0], number
        for place, other in enumerate(got, 1):
            cost = before + (word != other)
            before, row[place] = row[place], min(cost, row[place] + 1, row[place - 1] + 1)
    return min(1.0, row[-1] / len(wanted))


def _plain(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return re.findall(r"[^\W_]+(?:['’][^\W_]+)*", folded)
