"""Making and taking back what tightening wants cut. Times are time in an asset.

tighten      |==um====pause==|   ->   |==xx====xxxxx==|     listed, one by one
restore      |==xx====xxxxx==|   ->   |==um====xxxxx==|     stays listed, and is left alone from now on
tighten      |==um====pause==|   ->   |==um====xxxxx==|
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import accumulate

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip, Part
from viralclip_desktop.domain.edits import cuts, layers, pacing
from viralclip_desktop.domain.tightening import TightCut


class _Playing:
    """What plays of a recording, to be asked many times."""

    def __init__(self, clip: Clip, asset_id: str) -> None:
        ranges = sorted(clip.ranges_of(asset_id), key=lambda one: one.start)
        self._starts = [one.start for one in ranges]
        self._ends = list(accumulate((one.end for one in ranges), max))

    def any_of(self, within: TimeRange) -> bool:
        """Whether any of a range plays."""
        before = bisect_left(self._starts, within.end)
        return before > 0 and self._ends[before - 1] > within.start

    def spans(self, within: TimeRange) -> bool:
        """Whether a range lies between its earliest start and its latest end, or beside them."""
        return bool(self._starts) and within.start <= self._ends[-1] and self._starts[0] <= within.end


def is_made(clip: Clip, cut: TightCut) -> bool:
    """Whether nothing of what a cut takes out plays in the clip."""
    return not _Playing(clip, cut.asset_id).any_of(cut.range)


def with_state(clip: Clip) -> list[tuple[TightCut, bool]]:
    """What tightening cut or wanted to cut of what the clip spans now, and whether it is cut."""
    playing = {asset_id: _Playing(clip, asset_id) for asset_id in {cut.asset_id for cut in clip.tightened}}
    there = (cut for cut in clip.tightened if playing[cut.asset_id].spans(cut.range))
    return [(cut, not playing[cut.asset_id].any_of(cut.range)) for cut in there]


def listed(clip: Clip) -> tuple[TightCut, ...]:
    """What tightening cut or wanted to cut of what the clip spans now."""
    return tuple(cut for cut, _made in with_state(clip))


def tighten(clip: Clip, wanted: Iterable[TightCut]) -> Clip:
    """Make the cuts, in the place of those that tightening made before. What was brought back by hand is left
    alone; what auto speed made faster stays so. Where less than a second would stay, the clip is returned as
    it is."""
    kept = tuple(cut for cut, made in with_state(clip) if not made)
    plain = untightened(pacing.unpaced(clip))
    new = [cut for cut in wanted if _is_inside(plain, cut) and not _touches(cut, kept)]
    shorter = plain
    for asset_id in dict.fromkeys(cut.asset_id for cut in new):
        ranges = [cut.range for cut in new if cut.asset_id == asset_id]
        if not cuts.can_cut(shorter, ranges, asset_id):
            return clip
        shorter = cuts.cut(shorter, ranges, asset_id)
    tight = replace(shorter, tightened=_in_order([*new, *kept]))
    return pacing.pace(tight, pacing.stretches_of(clip))


def untightened(clip: Clip) -> Clip:
    """The clip with all that tightening cut, and an empty list."""
    plain = pacing.unpaced(clip)
    longer = _closed(plain, [cut for cut, made in with_state(plain) if made])
    for cut, made in with_state(longer):  # those at an end of the clip, and beside what was moved
        if made:
            longer = _with_back(longer, cut)
    return pacing.pace(replace(longer, tightened=()), pacing.stretches_of(clip))


def _closed(clip: Clip, made: Sequence[TightCut]) -> Clip:
    """The clip with the gaps closed that nothing but cuts left between parts that follow each other."""
    gone: dict[str, set[tuple[Time, Time]]] = {}
    for asset_id in {cut.asset_id for cut in made}:
        whole = _joined(cut.range for cut in made if cut.asset_id == asset_id)
        gone[asset_id] = {(one.start, one.end) for one in whole}
    parts: list[Part] = []
    for part in clip.parts:
        before = parts[-1] if parts else part
        gap = (before.range.end, part.range.start)
        if parts and not part.card and gap in gone.get(part.asset_id, ()):
            longer = replace(before, range=TimeRange(before.range.start, part.range.start))
            if longer.joins(part):
                parts[-1] = replace(before, range=TimeRange(before.range.start, part.range.end))
                continue
        parts.append(part)
    return layers.carried(clip, replace(clip, parts=tuple(parts)))


def _joined(ranges: Iterable[TimeRange]) -> list[TimeRange]:
    """Ranges in order, those that meet as one."""
    found: list[TimeRange] = []
    for one in sorted(ranges, key=lambda one: one.start):
        if found and one.start <= found[-1].end:
            found[-1] = TimeRange(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return found


def restore(clip: Clip, cut_id: str) -> Clip:
    """Bring back what one cut took out. Raises KeyError for a cut that is not listed."""
    return _with_back(clip, _named(clip, cut_id))


def make_again(clip: Clip, cut_id: str) -> Clip:
    """Make a cut that was brought back. Raises KeyError for a cut that is not listed."""
    cut = _named(clip, cut_id)
    return cuts.cut(clip, [cut.range], cut.asset_id)


def _named(clip: Clip, cut_id: str) -> TightCut:
    return {cut.id: cut for cut in clip.tightened}[cut_id]


def _in_order(found: Sequence[TightCut]) -> tuple[TightCut, ...]:
    return tuple(sorted(found, key=lambda cut: (cut.asset_id, cut.range.start)))


def _touches(cut: TightCut, others: Iterable[TightCut]) -> bool:
    return any(one.asset_id == cut.asset_id and one.range.overlaps(cut.range) for one in others)


def _is_inside(clip: Clip, cut: TightCut) -> bool:
    """Whether one part plays all that a cut takes out, and more."""
    return any(
        one.start <= cut.range.start and cut.range.end <= one.end and one != cut.range
        for one in clip.ranges_of(cut.asset_id)
    )


def _with_back(clip: Clip, cut: TightCut) -> Clip:
    there = clip.ranges_of(cut.asset_id)
    if not there:
        return clip
    hull = cuts.hull_of(there)
    if hull.start < cut.range.end and cut.range.start < hull.end:
        return cuts.restore(clip, cut.range, cut.asset_id)
    longer = replace(clip, parts=tuple(_longer(part, cut) for part in clip.parts))
    return layers.carried(clip, longer)


def _longer(part: Part, cut: TightCut) -> Part:
    """A part that goes on into what was cut at an end of the clip."""
    if part.asset_id != cut.asset_id or part.card is not None:
        return part
    start: Time = cut.range.start if part.range.start == cut.range.end else part.range.start
    end: Time = cut.range.end if part.range.end == cut.range.start else part.range.end
    return replace(part, range=TimeRange(start, end))
