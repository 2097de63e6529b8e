"""The parts of a clip, as they lie on the timeline.

split     |=============|   ->   |=====|=======|      plays as before; each part can be taken out or moved
join      |=====|=======|   ->   |=============|
move      |aaa|bbbbb|cc|    ->   |cc|aaa|bbbbb|       layers stay on their words
trim      |aaa|bbbbb|cc|    ->   |aaa|bbb|cc|         what follows moves up; to the other side it comes back
insert    |aaa|cc|          ->   |aaa|bbbbb|cc|       of any recording, a card, a still
remove    |aaa|bbbbb|cc|    ->   |aaa|cc|
respeed   |aaa|bbbbb|cc|    ->   |aaa|bb|cc|          faster is shorter; layers stay on their words

Times are source time; a part is told by its place in the order of play, from 0.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import NORMAL_SPEED, Card, Clip, Part, Transition
from viralclip_desktop.domain.edits import cuts, layers
from viralclip_desktop.domain.edits.carrying import start_elsewhere
from viralclip_desktop.domain.layers import Layer, MusicLayer

SHORTEST_PART = Time.from_seconds(0.1)  # shorter can hardly be seen, and not be grabbed


LONGEST_STILL = Time.from_seconds(600)  # a still or a card has no end of its own
SLOWEST, FASTEST = Fraction(1, 4), Fraction(4)  # beyond, speech is no speech any more


def can_split(clip: Clip, at: Time, asset_id: str | None = None) -> bool:
    """Whether a moment lies inside a part, at least a tenth of a second away from both of its ends."""
    return _inside_part(clip, at, asset_id) is not None


def _inside_part(clip: Clip, at: Time, asset_id: str | None) -> int | None:
    wanted = clip.asset_id if asset_id is None else asset_id
    for index, part in enumerate(clip.parts):
        inside = part.range.start + SHORTEST_PART <= at <= part.range.end - SHORTEST_PART
        if part.asset_id == wanted and part.card is None and inside:
            return index
    return None


def split(clip: Clip, at: Time, asset_id: str | None = None) -> Clip:
    """Two parts of one; the clip as it is where :func:`can_split` says no."""
    index = _inside_part(clip, at, asset_id)
    return clip if index is None else _split(clip, index, at)


def _split(clip: Clip, index: int, at: Time) -> Clip:
    part = clip.parts[index]
    two = (TimeRange(part.range.start, at), TimeRange(at, part.range.end))
    halves = (replace(part, range=two[0]), replace(part, range=two[1], transition=Transition.CUT))
    return replace(clip, parts=(*clip.parts[:index], *halves, *clip.parts[index + 1 :]))


def join(clip: Clip, at: Time, asset_id: str | None = None) -> Clip:
    """One part of the two that meet at a moment and play on from one another; nothing changes where none
    do."""
    wanted = clip.asset_id if asset_id is None else asset_id
    for index, (one, other) in enumerate(pairwise(clip.parts)):
        if one.asset_id == wanted and one.range.end == at and one.joins(other):
            both = replace(one, range=TimeRange(one.range.start, other.range.end))
            return replace(clip, parts=(*clip.parts[:index], both, *clip.parts[index + 2 :]))
    return clip


def move(clip: Clip, index: int, to: int) -> Clip:
    """Put a part at another place in the order of play; places are held to those there are."""
    parts = list(clip.parts)
    if not 0 <= index < len(parts):
        return clip
    part = parts.pop(index)
    parts.insert(min(max(0, to), len(parts)), part)
    if tuple(parts) == clip.parts:
        return clip
    return _carried(clip, replace(clip, parts=tuple(parts)))


def insert(clip: Clip, part: Part, at: int | None = None) -> Clip:
    """Add a part at a place in the order of play (by default behind all others); what follows moves on, and
    layers with it."""
    place = len(clip.parts) if at is None else min(max(0, at), len(clip.parts))
    tidy = replace(part, speed=_held(part.speed))
    longer = replace(clip, parts=(*clip.parts[:place], tidy, *clip.parts[place:]))
    return layers.carried(clip, longer, keep_ends=False)


def card(text: str, length: Time, look: Card | None = None) -> Part:
    """A part that is a screen of text."""
    shown = Card(text) if look is None else replace(look, text=text)
    return Part("", TimeRange(ZERO, length.clamped(SHORTEST_PART, LONGEST_STILL)), card=shown)


def still(asset_id: str, length: Time) -> Part:
    """A part that shows a picture for a while."""
    within = TimeRange(ZERO, length.clamped(SHORTEST_PART, LONGEST_STILL))
    return Part(asset_id, within, still=True)


def remove(clip: Clip, index: int) -> Clip:
    """Take a part out; the clip as it is where less than a second would stay."""
    if not 0 <= index < len(clip.parts):
        return clip
    shorter = replace(clip, parts=(*clip.parts[:index], *clip.parts[index + 1 :]))
    return layers.carried(clip, shorter) if shorter.duration >= cuts.SHORTEST_CLIP else clip


def respeed(clip: Clip, index: int, speed: Fraction) -> Clip:
    """Play a part faster (above 1) or slower, held to a quarter and four times; the clip as it is for what
    stands still, and where less than a second would stay."""
    if not 0 <= index < len(clip.parts) or clip.parts[index].card or clip.parts[index].still:
        return clip
    part = replace(clip.parts[index], speed=_held(speed), paced=NORMAL_SPEED)
    other = replace(clip, parts=(*clip.parts[:index], part, *clip.parts[index + 1 :]))
    if other == clip or other.duration < cuts.SHORTEST_CLIP:
        return clip
    return layers.carried(clip, other)


def come_with(clip: Clip, index: int, transition: Transition) -> Clip:
    """Have a part come after the one before it in another way; the clip as it is for the first one."""
    if not 0 < index < len(clip.parts):
        return clip
    part = replace(clip.parts[index], transition=transition)
    return replace(clip, parts=(*clip.parts[:index], part, *clip.parts[index + 1 :]))


def _held(speed: Fraction) -> Fraction:
    return min(FASTEST, max(SLOWEST, speed))


def trim(clip: Clip, index: int, start: Time, end: Time, source_duration: Time) -> Clip:
    """Give a part another start and end, held between its neighbours in the recording and to a tenth of a
    second; the clip keeps at least a second. A gap to a neighbour too short for a cut closes.

    ``source_duration`` is that of the part's recording; 0 for a still, which can be as long as one likes.
    """
    parts = list(clip.parts)
    if not 0 <= index < len(parts):
        return clip
    low, high = limits(clip, index, source_duration)
    old = parts[index]
    start = start.clamped(low, high - SHORTEST_PART)
    end = end.clamped(start + SHORTEST_PART, high)
    start = low if start - low < cuts.SHORTEST_CUT else start
    end = high if high - end < cuts.SHORTEST_CUT else end
    parts[index] = replace(old, range=TimeRange(start, end))
    new = replace(clip, parts=tuple(parts))
    if parts[index] == old or new.duration < cuts.SHORTEST_CLIP:
        return clip
    return layers.carried(clip, new)


def limits(clip: Clip, index: int, source_duration: Time) -> tuple[Time, Time]:
    """How far a part can reach: from the end of the part before it in the recording to the start of the one
    after it."""
    part = clip.parts[index]
    if part.card is not None or part.still or not source_duration:
        return ZERO, LONGEST_STILL
    others = clip.ranges_of(part.asset_id)
    before = [other.end for other in others if other.end <= part.range.start]
    after = [other.start for other in others if other.start >= part.range.end]
    return max(before, default=ZERO), min(after, default=source_duration)


def parts_between(clip: Clip, first: int, last: int) -> Clip:
    """The clip with its parts from place ``first`` up to but not including ``last`` alone."""
    return replace(clip, parts=clip.parts[first:last])


def _carried(old: Clip, new: Clip) -> Clip:
    """Layers begin where the words they began on play now, and keep their length; music under the whole
    clip stays there."""
    return replace(new, layers=tuple(_moved(layer, old, new) for layer in old.layers))


def _moved(layer: Layer, old: Clip, new: Clip) -> Layer:
    whole = layer.range.start <= ZERO and layer.range.end >= old.duration
    if isinstance(layer, MusicLayer) and whole:
        return layer
    start = start_elsewhere(old, new, layer.range.start)
    start = start.clamped(ZERO, max(ZERO, new.duration - layer.range.duration))
    return replace(layer, range=TimeRange(start, start + layer.range.duration))
