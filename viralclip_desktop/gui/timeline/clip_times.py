"""Source time <-> clip time over many points at once: what the painters and the hit tests ask for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.core.time import ZERO, Time, TimeRange

Ticks = NDArray[np.int64]
"""Times in ticks, one after the other."""


class ClipTimes:
    """The kept parts of a clip (source time, in the order they play), laid end to end. The ends of the clip
    are taken as part of it; at a join, clip time belongs to the later part."""

    def __init__(self, kept: Sequence[TimeRange]) -> None:
        self.kept = tuple(kept)
        self.source_starts: Ticks = np.array([part.start.ticks for part in kept], dtype=np.int64)
        self.source_ends: Ticks = np.array([part.end.ticks for part in kept], dtype=np.int64)
        lengths = self.source_ends - self.source_starts
        self.clip_starts: Ticks = np.concatenate([[0], np.cumsum(lengths)[:-1]]).astype(np.int64)[: len(kept)]
        self.duration = Time(int(lengths.sum()) if len(kept) else 0)
        self._starts = self.clip_starts.tolist()
        self._recorded = np.argsort(self.source_starts, kind="stable")
        """The parts in the order of the recording."""
        self._recorded_starts: Ticks = self.source_starts[self._recorded]

    def to_source(self, at: Time) -> Time:
        """The source time shown at a clip time; held to the clip."""
        if not self.kept:
            return ZERO
        at = at.clamped(ZERO, self.duration)
        index = max(0, bisect_right(self._starts, at.ticks) - 1)
        return Time(int(self.source_starts[index]) + at.ticks - self._starts[index])

    def to_clip(self, source: Time) -> Time | None:
        """The clip time of a source time; None where it was cut out or lies outside."""
        index = self._part_at(source)
        if index is None or source > self.kept[index].end:
            return None
        return Time(self._starts[index]) + (source - self.kept[index].start)

    def nearest_clip(self, source: Time) -> Time:
        """The clip time of a source time, or of the join or end nearest to it."""
        index = self._part_at(source)
        if index is None:
            return Time(self._starts[int(self._recorded[0])]) if self.kept else ZERO
        held = min(source, self.kept[index].end)
        return Time(self._starts[index]) + (held - self.kept[index].start)

    def _part_at(self, source: Time) -> int | None:
        """The part that begins last at or before a source time."""
        place = int(np.searchsorted(self._recorded_starts, source.ticks, side="right")) - 1
        return None if place < 0 else int(self._recorded[place])

    def clip_ticks(self, source: Ticks) -> Ticks:
        """:meth:`nearest_clip` of many source times."""
        if not self.kept:
            return np.zeros(len(source), dtype=np.int64)
        index = self._parts_at(source)
        held = np.clip(source, self.source_starts[index], self.source_ends[index])
        return self.clip_starts[index] + held - self.source_starts[index]

    def spans(self, starts: Ticks, ends: Ticks) -> tuple[Ticks, Ticks]:
        """Clip times of many ranges of source time. One that goes over a cut goes on behind it; where parts
        play in another order, it is held in the part that its middle lies in."""
        if len(self.kept) == 0 or bool((np.diff(self.source_starts) > 0).all()):
            return self.clip_ticks(starts), self.clip_ticks(ends)
        index = self._parts_at((starts + ends) // 2)
        low, high = self.source_starts[index], self.source_ends[index]
        by = self.clip_starts[index] - low
        return np.clip(starts, low, high) + by, np.clip(ends, low, high) + by

    def inside(self, source: Ticks) -> NDArray[np.bool_]:
        """Which of many source times are in the clip (the end of a part is not)."""
        if not self.kept:
            return np.zeros(len(source), dtype=np.bool_)
        index = self._parts_at(source)
        return (source >= self.source_starts[index]) & (source < self.source_ends[index])

    def _parts_at(self, source: Ticks) -> NDArray[np.intp]:
        places = np.searchsorted(self._recorded_starts, source, side="right") - 1
        found: NDArray[np.intp] = self._recorded[np.maximum(0, places)]
        return found

    def source_ranges(self, within: TimeRange) -> list[TimeRange]:
        """The source time that plays in a range of clip time."""
        found = []
        for part, start in zip(self.kept, self._starts, strict=True):
            placed = TimeRange(Time(start), Time(start) + part.duration).intersection(within)
            if placed is not None:
                found.append(placed.shifted(part.start - Time(start)))
        return found
