"""Taking something out of a clip's parts and bringing it back. Times are source time.

cut         |=============|   ->   |===xxxx======|     what follows plays earlier; layers stay on their words
restore     |===xxxx======|   ->   |=====xx======|
words       one|two|three     ->   one|xxx|three       each end in the middle of the silence between words

What is cut is what is in no part: the gaps between the parts of a recording. They are at least 20 ms long,
and at least one second of the clip stays. What is cut at an end of the clip moves that end.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip, Part, Transition, gaps
from viralclip_desktop.domain.edits import layers
from viralclip_desktop.domain.transcript import Word

SHORTEST_CLIP = Time.from_seconds(1)  # below this neither fades nor a caption phrase have room
SHORTEST_CUT = Time.from_seconds(0.02)  # one frame at 50 a second; a rest this short would only flash
FURTHEST_SNAP = Time.from_seconds(0.15)  # more silence than this belongs to the neighbour's own rhythm


def normalised(cuts: Iterable[TimeRange], within: TimeRange) -> tuple[TimeRange, ...]:
    """Cuts in order, clamped to ``within``, joined where less than 20 ms lie between them; those that are
    still shorter than 20 ms are dropped."""
    joined: list[TimeRange] = []
    for cut in sorted((cut for cut in cuts if cut.overlaps(within)), key=lambda cut: cut.start):
        part = TimeRange(max(cut.start, within.start), min(cut.end, within.end))
        if joined and part.start - joined[-1].end < SHORTEST_CUT:
            joined[-1] = TimeRange(joined[-1].start, max(joined[-1].end, part.end))
        else:
            joined.append(part)
    return tuple(cut for cut in joined if cut.duration >= SHORTEST_CUT)


def cut(clip: Clip, ranges: Iterable[TimeRange], asset_id: str | None = None) -> Clip:
    """Take ranges of a recording (by default the home one) out of all parts. Less than 20 ms that would be
    left of a part goes too.

    When less than a second of the clip would stay, the clip is returned as it is; see :func:`can_cut`.
    """
    shorter = _without_ranges(clip, ranges, asset_id)
    return layers.carried(clip, shorter) if shorter.duration >= SHORTEST_CLIP else clip


def can_cut(clip: Clip, ranges: Iterable[TimeRange], asset_id: str | None = None) -> bool:
    """Whether at least a second of the clip stays when ranges are taken out."""
    return _without_ranges(clip, ranges, asset_id).duration >= SHORTEST_CLIP


def _without_ranges(clip: Clip, ranges: Iterable[TimeRange], asset_id: str | None) -> Clip:
    wanted = clip.asset_id if asset_id is None else asset_id
    there = clip.ranges_of(wanted)
    if not there:
        return clip
    hull = hull_of(there)
    gone = normalised([*gaps(there), *ranges], hull)
    parts: list[Part] = []
    for part in clip.parts:
        if part.asset_id != wanted or part.card is not None:
            parts.append(part)
            continue
        pieces = outside(part.range, gone)
        long = [piece for piece in pieces if piece == part.range or piece.duration >= SHORTEST_CUT]
        parts += [replace(part, range=piece) for piece in long[:1]]
        parts += [replace(part, range=piece, transition=Transition.CUT) for piece in long[1:]]
    return replace(clip, parts=tuple(parts))


def outside(whole: TimeRange, holes: Iterable[TimeRange]) -> list[TimeRange]:
    """What is left of a range without some others, which are in order and apart."""
    left, start = [], whole.start
    for hole in holes:
        if hole.start >= whole.end:
            break
        if hole.start > start:
            left.append(TimeRange(start, hole.start))
        start = max(start, min(hole.end, whole.end))
    return [*left, TimeRange(start, whole.end)] if start < whole.end else left


def hull_of(ranges: Sequence[TimeRange]) -> TimeRange:
    """From the earliest start to the latest end of ranges, of which there is at least one."""
    return TimeRange(min(one.start for one in ranges), max(one.end for one in ranges))


def restore(clip: Clip, within: TimeRange, asset_id: str | None = None) -> Clip:
    """Bring back what lies in gaps between the parts of a recording inside a range; a rest of a gap shorter
    than 20 ms comes back as well. What comes back plays on from the part before it in the recording; where
    that closes a gap between two parts that follow each other, they are one."""
    wanted = clip.asset_id if asset_id is None else asset_id
    longer = clip
    for gap in gaps(clip.ranges_of(wanted)):
        for back in outside(gap, _rests(gap, within)):
            longer = _with_back(longer, back, wanted)
    return layers.carried(clip, longer)


def _rests(gap: TimeRange, hole: TimeRange) -> list[TimeRange]:
    if not gap.overlaps(hole):
        return [gap]
    before = TimeRange(gap.start, max(gap.start, hole.start))
    after = TimeRange(min(gap.end, hole.end), gap.end)
    return [rest for rest in (before, after) if rest.duration >= SHORTEST_CUT]


def _with_back(clip: Clip, back: TimeRange, asset_id: str) -> Clip:
    """The clip with a range of a recording that lies in a gap between two parts."""
    parts = list(clip.parts)
    places = [at for at, part in enumerate(parts) if part.asset_id == asset_id and part.card is None]
    before = max(
        (at for at in places if parts[at].range.end <= back.start), key=lambda at: parts[at].range.end
    )
    if parts[before].range.end == back.start:
        parts[before] = replace(parts[before], range=TimeRange(parts[before].range.start, back.end))
        if before + 1 < len(parts) and parts[before].joins(parts[before + 1]):
            one = TimeRange(parts[before].range.start, parts[before + 1].range.end)
            parts[before : before + 2] = [replace(parts[before], range=one)]
        return replace(clip, parts=tuple(parts))
    after = next((at for at in places if parts[at].range.start == back.end), None)
    if after is not None:
        parts[after] = replace(parts[after], range=TimeRange(back.start, parts[after].range.end))
    else:
        parts.insert(before + 1, replace(parts[before], range=back, transition=Transition.CUT))
    return replace(clip, parts=tuple(parts))


def words_range(words: Sequence[Word], first: int, last: int) -> TimeRange:
    """Words ``first`` up to but not including ``last`` with the silence around them: up to the middle of
    the gap to each neighbour, at most 0.15 s, so that no neighbour is clipped.

    Raises IndexError when there are no such words.
    """
    if not 0 <= first < last <= len(words):
        raise IndexError(f"words {first} to {last} of {len(words)}")
    start, end = words[first].start, words[last - 1].end
    before = start - words[first - 1].end if first else start + start
    after = words[last].start - end if last < len(words) else FURTHEST_SNAP + FURTHEST_SNAP
    return TimeRange(start - _snap(before), max(start, end) + _snap(after))


def _snap(gap: Time) -> Time:
    return Time(gap.ticks // 2).clamped(ZERO, FURTHEST_SNAP)


def word_ranges(clip: Clip, words: Sequence[Word], indexes: Iterable[int]) -> tuple[TimeRange, ...]:
    """What to cut so that the words at ``indexes`` go, one range for each run of neighbours.

    The silence between a word and a neighbour that is cut already goes, too. Raises IndexError.
    """
    ranges = []
    for first, last in runs(indexes):
        plain = words_range(words, first, last)
        start, end = plain.start, plain.end
        if first and is_cut(clip, words[first - 1]):
            start = min(start, words[first - 1].end)
        if last < len(words) and is_cut(clip, words[last]):
            end = max(end, words[last].start)
        ranges.append(TimeRange(start, end))
    return tuple(ranges)


def runs(indexes: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbours together: 3, 1, 2, 7 are 1 up to 4 and 7 up to 8."""
    found: list[tuple[int, int]] = []
    for index in sorted(set(indexes)):
        if found and found[-1][1] == index:
            found[-1] = (found[-1][0], index + 1)
        else:
            found.append((index, index + 1))
    return found


def is_cut(clip: Clip, word: Word) -> bool:
    """Whether a word was cut out of the clip: its middle lies in a gap."""
    middle = Time((word.start.ticks + word.end.ticks) // 2)
    return any(one.contains(middle) for one in clip.cuts)


def latest_start(cuts: Sequence[TimeRange], end: Time) -> Time:
    """The latest in point that leaves a second before ``end`` beside the cuts (may lie before 0)."""
    need, at = SHORTEST_CLIP, end
    for one in reversed(cuts):
        if one.start >= at:
            continue
        free = at - min(one.end, at)
        if free >= need:
            break
        need, at = need - free, one.start
    return at - need


def earliest_end(cuts: Sequence[TimeRange], start: Time) -> Time:
    """The earliest out point that leaves a second after ``start`` beside the cuts."""
    need, at = SHORTEST_CLIP, start
    for one in cuts:
        if one.end <= at:
            continue
        free = max(one.start, at) - at
        if free >= need:
            break
        need, at = need - free, one.end
    return at + need
