"""Source time <-> clip time over many points at once: what the painters and the hit tests ask for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.clip_time import placed_of

Ticks = NDArray[np.int64]
"""Times in ticks, one after the other."""


class ClipTimes:
    """Parts of one recording (source time, in the order they play), laid end to end or each at its place. The
    ends of the clip are taken as part of it; at a join, clip time belongs to the later part."""

    def __init__(self, kept: Sequence[TimeRange]) -> None:
        lengths = [part.duration for part in kept]
        starts = [Time(0), *(Time(ticks) for ticks in accumulate(length.ticks for length in lengths))]
        self._lay(kept, starts[: len(kept)], lengths, starts[-1])

    @classmethod
    def of(cls, clip: Clip) -> ClipTimes:
        """The parts of a clip's home recording, where they play beside what else does."""
        home = placed_of(clip)
        times = cls.__new__(cls)
        starts, lengths = [one.start for one in home], [one.part.duration for one in home]
        times._lay([one.part.range for one in home], starts, lengths, clip.duration)
        return times

    def _lay(
        self, kept: Sequence[TimeRange], starts: Sequence[Time], lengths: Sequence[Time], duration: Time
    ) -> None:
        self.kept, self.duration = tuple(kept), duration
        self.source_starts: Ticks = np.array([part.start.ticks for part in kept], dtype=np.int64)
        self.source_ends: Ticks = np.array([part.end.ticks for part in kept], dtype=np.int64)
        self.clip_starts: Ticks = np.array([start.ticks for start in starts], dtype=np.int64)
        self.lengths: Ticks = np.array([length.ticks for length in lengths], dtype=np.int64)
        """How long each plays; as long as it was recorded, but for those of another speed."""
        self._even = bool((self.lengths == self.source_ends - self.source_starts).all())
        self._starts = self.clip_starts.tolist()
        self._recorded = np.argsort(self.source_starts, kind="stable")
        """The parts in the order of the recording."""
        self._recorded_starts: Ticks = self.source_starts[self._recorded]

    def source_ticks(self, at: Ticks, index: NDArray[np.intp]) -> Ticks:
        """The source times of many clip times, each in a part, also beyond its end."""
        into = at - self.clip_starts[index]
        if not self._even:
            recorded = (self.source_ends - self.source_starts)[index]
            into = np.rint(into * (recorded / self.lengths[index])).astype(np.int64)
        found: Ticks = self.source_starts[index] + into
        return found

    def played_ticks(self, source: Ticks, index: NDArray[np.intp]) -> Ticks:
        """The clip times of many source times, each in a part."""
        into = source - self.source_starts[index]
        if not self._even:
            recorded = (self.source_ends - self.source_starts)[index]
            into = np.rint(into * (self.lengths[index] / recorded)).astype(np.int64)
        found: Ticks = self.clip_starts[index] + into
        return found

    def to_source(self, at: Time) -> Time:
        """The source time shown at a clip time; held to the clip, and where something else plays to where the
        recording was left."""
        if not self.kept:
            return ZERO
        at = at.clamped(ZERO, self.duration)
        index = max(0, bisect_right(self._starts, at.ticks) - 1)
        found = int(self.source_ticks(np.array([at.ticks]), np.array([index]))[0])
        return Time(found).clamped(self.kept[index].start, self.kept[index].end)

    def to_clip(self, source: Time) -> Time | None:
        """The clip time of a source time; None where it was cut out or lies outside."""
        index = self._part_at(source)
        if index is None or source > self.kept[index].end:
            return None
        return self._played(source, index)

    def nearest_clip(self, source: Time) -> Time:
        """The clip time of a source time, or of the join or end nearest to it."""
        index = self._part_at(source)
        if index is None:
            return Time(self._starts[int(self._recorded[0])]) if self.kept else ZERO
        return self._played(min(source, self.kept[index].end), index)

    def _played(self, source: Time, index: int) -> Time:
        return Time(int(self.played_ticks(np.array([source.ticks]), np.array([index]))[0]))

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
        return self.played_ticks(held, index)

    def spans(self, starts: Ticks, ends: Ticks) -> tuple[Ticks, Ticks]:
        """Clip times of many ranges of source time. One that goes over a cut goes on behind it; where parts
        play in another order, it is held in the part that its middle lies in."""
        if len(self.kept) == 0 or bool((np.diff(self.source_starts) > 0).all()):
            return self.clip_ticks(starts), self.clip_ticks(ends)
        index = self._parts_at((starts + ends) // 2)
        low, high = self.source_starts[index], self.source_ends[index]
        begun, over = np.clip(starts, low, high), np.clip(ends, low, high)
        return self.played_ticks(begun, index), self.played_ticks(over, index)

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
        for index, (start, length) in enumerate(zip(self._starts, self.lengths.tolist(), strict=True)):
            placed = TimeRange(Time(start), Time(start + length)).intersection(within)
            if placed is not None:
                edges = np.array([placed.start.ticks, placed.end.ticks])
                low, high = self.source_ticks(edges, np.array([index, index])).tolist()
                found.append(TimeRange(Time(low), Time(high)))
        return found
