"""Between the two clocks of a clip.

*Source time* is time in the recording, *clip time* is time in the finished clip: it starts at 0 and the
cuts are not in it::

    source   0--------|======|xxxxx|====|---------     = kept, x cut
    clip              0------+-----+----d              the cut is a single moment

Both directions are exact. A moment where two parts meet belongs to the later one, as every range here
holds its start and not its end. Parts may play in another order than the recording's.
"""

from __future__ import annotations

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip

SAME_MOMENT = Time.from_seconds(0.008)  # half a frame at 60 a second: closer moments show the same picture


def to_clip_time(clip: Clip, source: Time) -> Time | None:
    """When a moment of the recording plays; None where it does not (inside a cut, outside the clip).

    The clip's very end, which nothing follows, is the clip's duration.
    """
    at = ZERO
    for part in clip.kept:
        if part.contains(source):
            return at + (source - part.start)
        at += part.duration
        if source == part.end == clip.kept[-1].end:
            return at
    return None


def nearest_clip_time(clip: Clip, source: Time) -> Time:
    """The same, but a moment that was cut out is where its neighbours meet, one before the clip is its
    start, and one after it its end. Where parts play in another order, the neighbours of its own block
    count."""
    at, block = ZERO, clip.block_of(source)
    parts = clip.kept
    for part in parts:
        own = clip.block_of(part.start)
        if own > block or (own == block and source < part.end):
            return at + max(ZERO, source - part.start) if own == block else at
        at += part.duration
    return at


def heard(clip: Clip, spoken: TimeRange) -> TimeRange | None:
    """When a word plays: as much of it as the part has that its middle lies in; None when that was cut."""
    middle = Time((spoken.start.ticks + spoken.end.ticks) // 2)
    at = ZERO
    for part in clip.kept:
        if part.contains(middle):
            held = TimeRange(max(part.start, spoken.start), min(part.end, spoken.end))
            return held.shifted(at - part.start)
        at += part.duration
    return None


def to_source_time(clip: Clip, at: Time) -> Time:
    """The moment of the recording that plays at a clip time, which is held between 0 and the duration."""
    parts = clip.kept
    if not parts:
        return clip.range.start
    left = max(ZERO, at)
    for part in parts:
        if left < part.duration:
            return part.start + left
        left -= part.duration
    return parts[-1].end


def to_source_end(clip: Clip, at: Time) -> Time:
    """The same for the end of something: where two parts meet it is the end of the earlier one."""
    left = at
    for part in clip.kept:
        if left <= part.duration:
            return part.start + max(ZERO, left)
        left -= part.duration
    return to_source_time(clip, clip.duration)


def to_source_ranges(clip: Clip, within: TimeRange) -> tuple[TimeRange, ...]:
    """The parts of the recording that play in a range of clip time, in order."""
    found, at = [], ZERO
    for part in clip.kept:
        shared = TimeRange(at, at + part.duration).intersection(within)
        if shared is not None:
            found.append(shared.shifted(part.start - at))
        at += part.duration
    return tuple(found)
