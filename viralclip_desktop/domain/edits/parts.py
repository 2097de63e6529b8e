"""The parts of a clip, as they lie on the timeline: split it, move parts, trim their edges.

split     |=============|   ->   |=====|=======|      plays as before; each part can be taken out or moved
join      |=====|=======|   ->   |=============|
move      |aaa|bbbbb|cc|    ->   |cc|aaa|bbbbb|       layers stay on their words
trim      |aaa|bbbbb|cc|    ->   |aaa|bbb|cc|         what follows moves up; to the other side it comes back

Times are source time; a part is told by its place in the order of play, from 0.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip, Layer, LayerKind
from viralclip_desktop.domain.clip_time import nearest_clip_time, to_source_time
from viralclip_desktop.domain.edits import cuts, layers

SHORTEST_PART = Time.from_seconds(0.1)  # shorter can hardly be seen, and not be grabbed


def can_split(clip: Clip, at: Time) -> bool:
    """Whether a moment lies inside a part, at least a tenth of a second away from both of its ends."""
    return any(part.start + SHORTEST_PART <= at <= part.end - SHORTEST_PART for part in clip.kept)


def split(clip: Clip, at: Time) -> Clip:
    """Two parts of one; the clip as it is where :func:`can_split` says no."""
    if not can_split(clip, at):
        return clip
    return replace(clip, splits=tuple(sorted({*clip.splits, at})))


def join(clip: Clip, at: Time) -> Clip:
    """One part of the two that meet at a moment; nothing changes where none do."""
    meeting = any(one.end == at == other.start for one, other in pairwise(clip.kept))
    if not meeting:
        return clip
    return replace(clip, splits=tuple(edge for edge in clip.splits if edge != at))


def move(clip: Clip, index: int, to: int) -> Clip:
    """Put a part at another place in the order of play; places are held to those there are."""
    parts = list(clip.kept)
    if not 0 <= index < len(parts):
        return clip
    part = parts.pop(index)
    parts.insert(min(max(0, to), len(parts)), part)
    if tuple(parts) == clip.kept:
        return clip
    return _carried(clip, _of_parts(clip, parts))


def trim(clip: Clip, index: int, start: Time, end: Time, source_duration: Time) -> Clip:
    """Give a part another start and end, held between its neighbours in the recording and to a tenth of a
    second; the clip keeps at least a second. A gap to a neighbour too short for a cut closes."""
    parts = list(clip.kept)
    if not 0 <= index < len(parts):
        return clip
    low, high = limits(clip, index, source_duration)
    old = parts[index]
    start = start.clamped(low, high - SHORTEST_PART)
    end = end.clamped(start + SHORTEST_PART, high)
    start = low if start - low < cuts.SHORTEST_CUT else start
    end = high if high - end < cuts.SHORTEST_CUT else end
    parts[index] = TimeRange(start, end)
    new = _of_parts(clip, parts)
    if parts[index] == old or new.duration < cuts.SHORTEST_CLIP:
        return clip
    return layers.carried(clip, new)


def limits(clip: Clip, index: int, source_duration: Time) -> tuple[Time, Time]:
    """How far a part can reach: from the end of the part before it in the recording to the start of the one
    after it."""
    part = clip.kept[index]
    before = [other.end for other in clip.kept if other.end <= part.start]
    after = [other.start for other in clip.kept if other.start >= part.end]
    return max(before, default=ZERO), min(after, default=source_duration)


def parts_between(clip: Clip, first: int, last: int) -> Clip:
    """The clip with its parts from place ``first`` up to but not including ``last`` alone."""
    return _of_parts(clip, clip.kept[first:last])


def _of_parts(clip: Clip, parts: Sequence[TimeRange]) -> Clip:
    """The clip that plays these parts, which share no moment, in this order."""
    recorded = sorted(parts, key=lambda part: part.start)
    within = TimeRange(recorded[0].start, recorded[-1].end)
    gaps = [TimeRange(a.end, b.start) for a, b in pairwise(recorded) if a.end < b.start]
    meets = {a.end for a, b in pairwise(recorded) if a.end == b.start}
    waiting = {edge for edge in clip.splits if not any(part.contains(edge) for part in parts)}
    return replace(
        clip,
        range=within,
        cuts=tuple(gaps),
        splits=tuple(sorted(meets | waiting)),
        play_order=_order(parts, recorded),
    )


def _order(parts: Sequence[TimeRange], recorded: Sequence[TimeRange]) -> tuple[Time, ...]:
    """The starts of the blocks: runs of parts that follow each other in the recording as well."""
    follows = {other.start: one for one, other in pairwise(recorded)}
    begins = [b.start for a, b in pairwise(parts) if follows.get(b.start) != a]
    return (parts[0].start, *begins) if begins else ()


def _carried(old: Clip, new: Clip) -> Clip:
    """Layers begin where the words they began on play now, and keep their length; music under the whole
    clip stays there."""
    return replace(new, layers=tuple(_moved(layer, old, new) for layer in old.layers))


def _moved(layer: Layer, old: Clip, new: Clip) -> Layer:
    whole = layer.range.start <= ZERO and layer.range.end >= old.duration
    if layer.kind is LayerKind.MUSIC and whole:
        return layer
    start = nearest_clip_time(new, to_source_time(old, layer.range.start))
    start = start.clamped(ZERO, max(ZERO, new.duration - layer.range.duration))
    return replace(layer, range=TimeRange(start, start + layer.range.duration))
