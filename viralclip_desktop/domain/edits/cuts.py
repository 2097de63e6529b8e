"""Taking parts out of a clip and bringing them back. Times are source time.

cut         |=============|   ->   |===xxxx======|     what follows plays earlier; layers stay on their words
restore     |===xxxx======|   ->   |=====xx======|
words       one|two|three     ->   one|xxx|three       each end in the middle of the silence between words

Cuts are always in order, inside the clip, apart from each other and at least 20 ms long; at least one
second of the clip stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip
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


def cut(clip: Clip, ranges: Iterable[TimeRange]) -> Clip:
    """Take ranges out. Less than 20 ms that would be left at an end of the clip goes too.

    When less than a second of the clip would stay, the clip is returned as it is; see :func:`can_cut`.
    """
    with_more = _with_cuts(clip, ranges)
    return layers.carried(clip, with_more) if with_more.duration >= SHORTEST_CLIP else clip


def can_cut(clip: Clip, ranges: Iterable[TimeRange]) -> bool:
    """Whether at least a second of the clip stays when ranges are taken out."""
    return _with_cuts(clip, ranges).duration >= SHORTEST_CLIP


def _with_cuts(clip: Clip, ranges: Iterable[TimeRange]) -> Clip:
    all_cuts = normalised([*clip.cuts, *ranges], clip.range)
    return replace(clip, cuts=tuple(_to_the_ends(one, clip.range) for one in all_cuts))


def _to_the_ends(one: TimeRange, within: TimeRange) -> TimeRange:
    start = within.start if one.start - within.start < SHORTEST_CUT else one.start
    end = within.end if within.end - one.end < SHORTEST_CUT else one.end
    return TimeRange(start, end)


def restore(clip: Clip, within: TimeRange) -> Clip:
    """Bring back what was cut out inside a range; a rest of a cut shorter than 20 ms comes back as well."""
    rests = [rest for one in clip.cuts for rest in _without(one, within)]
    return layers.carried(clip, replace(clip, cuts=normalised(rests, clip.range)))


def _without(one: TimeRange, hole: TimeRange) -> list[TimeRange]:
    if not one.overlaps(hole):
        return [one]
    before = TimeRange(one.start, max(one.start, hole.start))
    after = TimeRange(min(one.end, hole.end), one.end)
    return [rest for rest in (before, after) if rest.duration >= SHORTEST_CUT]


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
    """Whether a word was cut out of the clip: its middle lies in a cut."""
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
