"""Between the clocks of a clip.

*Source time* is time in a recording, *clip time* is time in the finished clip: it starts at 0 and what is in
no part is not in it::

    source   0--------|======|xxxxx|====|---------     = a part, x a gap
    clip              0------+-----+----d              the gap is a single moment

Both directions are exact (to a tick where a part has another speed). A moment where two parts meet belongs to
the later one, as every range here holds its start and not its end. Parts may play in another order than the
recording's. Functions that take no ``asset_id`` mean the home recording.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip, Part

SAME_MOMENT = Time.from_seconds(0.008)  # half a frame at 60 a second: closer moments show the same picture


@dataclass(frozen=True, slots=True)
class Placed:
    """A part of a clip, its place in the order of play, and the clip time it begins at."""

    part: Part
    index: int
    start: Time

    @property
    def end(self) -> Time:
        """The clip time it ends at."""
        return self.start + self.part.duration

    def when(self, source: Time) -> Time:
        """The clip time of a moment of its asset."""
        return self.start + self.part.played(source)


def placed(clip: Clip) -> Iterator[Placed]:
    """The parts in the order of play, with their clip times."""
    at = ZERO
    for index, part in enumerate(clip.parts):
        yield Placed(part, index, at)
        at += part.duration


def placed_of(clip: Clip, asset_id: str | None = None) -> list[Placed]:
    """The parts of one recording, in the order of play."""
    wanted = clip.asset_id if asset_id is None else asset_id
    return [one for one in placed(clip) if one.part.asset_id == wanted and one.part.card is None]


def part_at(clip: Clip, at: Time) -> Placed | None:
    """The part that plays at a clip time, which is held between 0 and the duration; None without parts."""
    last = None
    for last in placed(clip):
        if at < last.end:
            return last
    return last


def to_clip_time(clip: Clip, source: Time, asset_id: str | None = None) -> Time | None:
    """When a moment of a recording plays; None where it does not (in a gap, outside the clip).

    The end of the last part, which nothing follows, is the clip's duration.
    """
    for one in placed_of(clip, asset_id):
        if one.part.range.contains(source):
            return one.when(source)
        if source == one.part.range.end and one.index == len(clip.parts) - 1:
            return one.end
    return None


def nearest_clip_time(clip: Clip, source: Time, asset_id: str | None = None) -> Time:
    """The same, but a moment in a gap is where the part before it in the recording ends, and one before all
    parts is where the earliest of them starts. 0 when nothing of the recording plays."""
    found = nearest_of(placed_of(clip, asset_id), source)
    return ZERO if found is None else found


def nearest_clip_times(clip: Clip, moments: Sequence[Time], asset_id: str) -> list[Time]:
    """The same for many moments; of parts that play the same moment, the one counts that begins last in the
    recording."""
    parts = sorted(placed_of(clip, asset_id), key=lambda one: one.part.range.start)
    starts = [one.part.range.start for one in parts]
    found = []
    for moment in moments:
        one = parts[max(0, bisect_right(starts, moment) - 1)] if parts else None
        held = moment if one is None else moment.clamped(one.part.range.start, one.part.range.end)
        found.append(ZERO if one is None else one.when(held))
    return found


def nearest_of(parts: list[Placed], source: Time) -> Time | None:
    """The clip time nearest to a moment of a recording among parts of it; None without any."""
    if not parts:
        return None
    for one in parts:
        if one.part.range.contains(source):
            return one.when(source)
    before = [one for one in parts if one.part.range.end <= source]
    if before:
        return max(before, key=lambda one: one.part.range.end).end
    return min(parts, key=lambda one: one.part.range.start).start


def heard(clip: Clip, spoken: TimeRange, asset_id: str | None = None) -> TimeRange | None:
    """When a word plays: as much of it as the part has that its middle lies in; None when that was cut."""
    middle = Time((spoken.start.ticks + spoken.end.ticks) // 2)
    for one in placed_of(clip, asset_id):
        whole = one.part.range
        if whole.contains(middle):
            return TimeRange(one.when(max(whole.start, spoken.start)), one.when(min(whole.end, spoken.end)))
    return None


def to_source_time(clip: Clip, at: Time) -> Time:
    """The moment of the home recording that plays at a clip time, which is held between 0 and the duration.

    While something else plays, it is where the home recording was left, or where it first begins.
    """
    home = placed_of(clip)
    if not home:
        return ZERO
    left = home[0].part.range.start
    for one in home:
        if at < one.start:
            return left
        if at < one.end:
            return one.part.reached(max(ZERO, at - one.start))
        left = one.part.range.end
    return left


def to_source_end(clip: Clip, at: Time) -> Time:
    """The same for the end of something: where two parts meet it is the end of the earlier one."""
    for one in placed_of(clip):
        if one.start < at <= one.end:
            return one.part.reached(at - one.start)
    return to_source_time(clip, at)


def to_source_ranges(clip: Clip, within: TimeRange, asset_id: str | None = None) -> tuple[TimeRange, ...]:
    """What of a recording plays in a range of clip time, in the order of play."""
    found = []
    for one in placed_of(clip, asset_id):
        shared = TimeRange(one.start, one.end).intersection(within)
        if shared is not None:
            start, end = (one.part.reached(edge - one.start) for edge in (shared.start, shared.end))
            found.append(TimeRange(start, end))
    return tuple(found)
