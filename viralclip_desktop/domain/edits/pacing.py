"""The pace of a clip: slow stretches played a little faster, and edges moved to the beats of its music.

pace     |===aaa=====pp===|   ->   |===aa====p===|     stretches become parts of their own, at their speed
unpace   |===aa====p===|      ->   |===aaa=====pp===|
to_beats |=====|====|===|     ->   |====|=====|===|    edges fall on beats, never into a word

Stretches are time in an asset, beats are clip time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import NORMAL_SPEED, Clip, Part, Transition
from viralclip_desktop.domain.edits import cuts, layers
from viralclip_desktop.domain.edits.parts import SHORTEST_PART, limits
from viralclip_desktop.domain.layers import Element, Layer, MusicLayer, PictureLayer
from viralclip_desktop.domain.transcript import Word

SHORTEST_STRETCH = Time.from_seconds(0.3)  # shorter, nobody hears what it would save
REACH = Time.from_seconds(0.25)  # further from its beat an edge is left where it is
ON_BEAT = Time.from_seconds(0.04)  # nearer, picture and sound seem to happen at once
_CLEAR = Time.from_seconds(0.03)  # of a word's end: its times are no more exact


@dataclass(frozen=True, slots=True)
class Stretch:
    """Something of an asset that is to play faster."""

    asset_id: str
    range: TimeRange
    speed: Fraction


# --- auto speed


def is_paced(part: Part) -> bool:
    """Whether auto speed chose a speed for a part."""
    return part.paced != NORMAL_SPEED


def stretches_of(clip: Clip) -> list[Stretch]:
    """What auto speed made faster."""
    return [
        Stretch(part.asset_id, part.range, part.paced)
        for part in clip.parts
        if is_paced(part) and part.speed == part.paced
    ]


def pace(clip: Clip, wanted: Iterable[Stretch]) -> Clip:
    """Play stretches faster, in the place of those that auto speed chose before. What was put back by hand,
    and what has another speed, is left alone; so is a clip of which under a second would be left."""
    wanted = list(wanted)
    if not wanted and not any(map(is_paced, clip.parts)):
        return clip
    back = [part for part in clip.parts if is_paced(part) and part.speed == NORMAL_SPEED]
    parts: list[Part] = []
    for part in unpaced(clip, but=back).parts:
        parts += _paced(part, wanted) if _may_be_paced(part) else [part]
    new = replace(clip, parts=tuple(parts))
    return layers.carried(clip, new) if new.duration >= cuts.SHORTEST_CLIP else clip


def _may_be_paced(part: Part) -> bool:
    return part.card is None and not part.still and part.speed == NORMAL_SPEED and not is_paced(part)


def _paced(part: Part, wanted: Iterable[Stretch]) -> list[Part]:
    """A part in pieces, each at its speed."""
    pieces, at = [], part.range.start
    for one in sorted(wanted, key=lambda one: one.range.start):
        inside = one.range.intersection(TimeRange(at, part.range.end)) if at < part.range.end else None
        if one.asset_id != part.asset_id or inside is None or inside.duration < SHORTEST_STRETCH:
            continue
        start = at if inside.start - at < SHORTEST_PART else inside.start
        end = part.range.end if part.range.end - inside.end < SHORTEST_PART else inside.end
        if at < start:
            pieces.append(replace(part, range=TimeRange(at, start)))
        pieces.append(replace(part, range=TimeRange(start, end), speed=one.speed, paced=one.speed))
        at = end
    if at < part.range.end:
        pieces.append(replace(part, range=TimeRange(at, part.range.end)))
    first = replace(pieces[0], transition=part.transition)
    return [first, *(replace(piece, transition=Transition.CUT) for piece in pieces[1:])]


def unpaced(clip: Clip, but: Sequence[Part] = ()) -> Clip:
    """The clip without auto speed, ``but`` for some of its parts; what it took apart is whole again."""
    if not any(map(is_paced, clip.parts)):
        return clip
    parts: list[Part] = []
    was_paced = False
    for part in clip.parts:
        paced = is_paced(part) and part not in but
        plain = replace(part, speed=NORMAL_SPEED, paced=NORMAL_SPEED) if paced else part
        if parts and (paced or was_paced) and parts[-1].joins(plain):
            whole = TimeRange(parts[-1].range.start, plain.range.end)
            parts[-1] = replace(parts[-1], range=whole)
        else:
            parts.append(plain)
        was_paced = paced
    return layers.carried(clip, replace(clip, parts=tuple(parts)))


def switch(clip: Clip, index: int, *, on: bool) -> Clip:
    """Play a part as fast as auto speed chose, or as it was recorded. The clip as it is for another part."""
    if not 0 <= index < len(clip.parts) or not is_paced(clip.parts[index]):
        return clip
    part = clip.parts[index]
    other = replace(part, speed=part.paced if on else NORMAL_SPEED)
    new = replace(clip, parts=(*clip.parts[:index], other, *clip.parts[index + 1 :]))
    return layers.carried(clip, new)


# --- to the beat


def to_beats(
    clip: Clip,
    beats: Sequence[Time],
    words: Mapping[str, Sequence[Word]],
    durations: Mapping[str, Time],
) -> Clip:
    """Move the edges between parts, and the pictures over them, to the nearest beat within reach. No word is
    cut into, and none comes in; music stays where it is. ``words``, ``durations``: by asset."""
    new = clip
    for index in range(1, len(clip.parts)):
        new = _edge_to_beat(new, index, beats, words, durations)
    carried = layers.carried(clip, new) if new != clip else clip
    music = {one.id: one for one in clip.layers if isinstance(one, MusicLayer)}
    moved = (_music(music[one.id], clip, new) if one.id in music else one for one in carried.layers)
    return replace(new, layers=tuple(_picture_to_beat(one, new.duration, beats) for one in moved))


def edges_of(clip: Clip) -> list[Time]:
    """What should fall on a beat (clip time): where parts meet, and where pictures come."""
    at, found = ZERO, []
    for part in clip.parts[:-1]:
        at += part.duration
        found.append(at)
    return sorted([*found, *(one.range.start for one in clip.layers if _follows_beats(one))])


def on_beat(clip: Clip, beats: Sequence[Time]) -> int:
    """How many of the edges fall on a beat."""
    near = (_nearest(beats, at) for at in edges_of(clip))
    return sum(
        one is not None and abs((one - at).ticks) <= ON_BEAT.ticks
        for one, at in zip(near, edges_of(clip), strict=True)
    )


def _follows_beats(layer: Layer) -> bool:
    """A picture that comes when it likes; an emoji comes with its word."""
    return isinstance(layer, PictureLayer) and layer.element is not Element.EMOJI and layer.range.start > ZERO


def _nearest(beats: Sequence[Time], at: Time) -> Time | None:
    place = bisect_left(beats, at)
    return min(beats[max(0, place - 1) : place + 1], key=lambda beat: abs((beat - at).ticks), default=None)


def _way(beats: Sequence[Time], at: Time) -> Time:
    """How far to the beat, 0 where none is in reach."""
    beat = _nearest(beats, at)
    return beat - at if beat is not None and abs((beat - at).ticks) <= REACH.ticks else ZERO


def _edge_to_beat(
    clip: Clip,
    index: int,
    beats: Sequence[Time],
    words: Mapping[str, Sequence[Word]],
    durations: Mapping[str, Time],
) -> Clip:
    before, after = clip.parts[index - 1], clip.parts[index]
    by = _way(beats, Time(sum(part.duration.ticks for part in clip.parts[:index])))
    said = words.get(before.asset_id, ())
    low, high = limits(clip, index - 1, durations.get(before.asset_id, ZERO))
    start, end = before.range.start, before.range.end
    later = Time(round(by.ticks * before.speed))
    if not by:
        return clip
    if _meet(before, after):
        if end + later - start >= SHORTEST_PART and after.range.end - end - later >= SHORTEST_PART:
            there = replace(after, range=TimeRange(end + later, after.range.end))
            return _with_parts(clip, index - 1, replace(before, range=TimeRange(start, end + later)), there)
        return clip
    for first, last, moved in ((start, end + later, end), (start - later, end, start)):
        other = last if moved == end else first
        fits = low <= first and last <= high and last - first >= SHORTEST_PART
        if fits and (before.still or before.card or _is_silent(said, moved, other)):
            return _with_parts(clip, index - 1, replace(before, range=TimeRange(first, last)), after)
    return clip


def _meet(before: Part, after: Part) -> bool:
    """Whether two parts play on from one another, at one speed."""
    return before.speed == after.speed and replace(before, paced=after.paced).joins(after)


def _is_silent(words: Sequence[Word], one: Time, other: Time) -> bool:
    """Whether nothing is said between two times, and no word is touched."""
    low, high = min(one, other), max(one, other)
    low, high = (low - _CLEAR, high) if other < one else (low, high + _CLEAR)
    return not any(word.start < high and low < word.end for word in words)


def _with_parts(clip: Clip, index: int, before: Part, after: Part) -> Clip:
    return replace(clip, parts=(*clip.parts[:index], before, after, *clip.parts[index + 2 :]))


def _music(layer: MusicLayer, old: Clip, new: Clip) -> MusicLayer:
    """Music where it was, to the clip's end where it went there."""
    end = new.duration if layer.range.end >= old.duration else min(layer.range.end, new.duration)
    return replace(layer, range=TimeRange(layer.range.start, max(layer.range.start, end)))


def _picture_to_beat(layer: Layer, duration: Time, beats: Sequence[Time]) -> Layer:
    if not _follows_beats(layer):
        return layer
    start = layer.range.start + _way(beats, layer.range.start)
    end = start + layer.range.duration
    end = min(duration, end + _way(beats, end))
    return replace(layer, range=TimeRange(start, end)) if end - start >= SHORTEST_STRETCH else layer
