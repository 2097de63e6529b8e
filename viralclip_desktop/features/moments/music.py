"""Music in a talk: which sentences are spoken over it, and where it is heard without words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.moments.arrays import Floats
from viralclip_desktop.features.moments.sound import Sound
from viralclip_desktop.features.moments.traps import Traps
from viralclip_desktop.features.moments.units import Unit
from viralclip_desktop.features.moments.weights import MUSIC_HINT

Within = tuple[float, float]
_WORDLESS_S: Final = 1.0  # a shorter gap is a pause of the speaker, whatever is heard in it
_BED: Final = 0.5  # of the spoken time over music: it is played under the whole talk and tells nothing
_OVER: Final = 0.5  # of a unit's time


@dataclass(frozen=True)
class Music:
    """``over``: the share of each unit that is spoken over music. ``gaps[g]``: from when to when, in seconds
    of source time, music is heard without words before unit ``g`` (the last: after all of them); None where
    there is none."""

    over: Floats
    gaps: tuple[Within | None, ...]

    def __bool__(self) -> bool:
        return bool(self.over.any()) or any(self.gaps)

    @property
    def alone_s(self) -> Floats:
        """Seconds of music without words after each unit."""
        return np.array([within[1] - within[0] if within else 0.0 for within in self.gaps[1:]])

    def seconds_in(self, spoken_s: Floats, first: int, last: int) -> float:
        """Seconds of music from unit ``first`` to ``last``; ``spoken_s``: how long each unit is."""
        under = self.over[first : last + 1] * spoken_s[first : last + 1]
        return float(under.sum() + self.alone_s[first:last].sum())


def hear_music(words: Sequence[Word], units: Sequence[Unit], sound: Sound | None) -> Music:
    """The music of a talk; none where no sound was measured, and no gaps where it is played throughout."""
    count, found = len(units), sound.music if sound is not None else ()
    if not found:
        return Music(np.zeros(count), (None,) * (count + 1))
    starts = np.array([words[unit.first].start.seconds for unit in units])
    ends = np.array([words[unit.last - 1].end.seconds for unit in units])
    lasting = np.maximum(ends - starts, 1e-3)
    shared = sum((np.clip(np.minimum(ends, b) - np.maximum(starts, a), 0.0, None) for a, b in found), 0.0)
    over = shared / lasting
    if float((over * lasting).sum()) > _BED * float(lasting.sum()):
        return Music(over, (None,) * (count + 1))
    before, after = np.append(0.0, ends), np.append(starts, max(ends[-1], found[-1][1]))
    return Music(over, tuple(_between(found, float(a), float(b)) for a, b in zip(before, after, strict=True)))


def _between(found: Sequence[Within], before_s: float, after_s: float) -> Within | None:
    """From the first to the last music in a gap that is more than a pause."""
    if after_s - before_s < _WORDLESS_S:
        return None
    inside = [(max(a, before_s), min(b, after_s)) for a, b in found if a < after_s and b > before_s]
    return (inside[0][0], inside[-1][1]) if inside else None


def with_music(traps: Traps, music: Music, near_ends: Floats) -> Traps:
    """What is spoken over music near the beginning or the end of a recording is rather an opening, an advert
    or a farewell. ``near_ends``: 1 at the first and last moment, falling to 0."""
    if not any(music.gaps) and float(music.over.mean()) > _BED:
        return traps
    return replace(traps, odds=traps.odds + MUSIC_HINT * (music.over >= _OVER) * near_ends)
