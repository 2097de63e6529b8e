"""Stretches of a clip that play slower, so that what is said over them has the time it needs.

slowed   |=====aaa====|   ->   |=====aaaa====|     what comes after moves along, and so does what lies over it

Ranges are clip time, of the clip as it was before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip, Part, Transition
from viralclip_desktop.domain.clip_time import Placed, placed
from viralclip_desktop.domain.edits import layers
from viralclip_desktop.domain.edits.parts import SHORTEST_PART
from viralclip_desktop.domain.mix import Bus, Mix


@dataclass(frozen=True, slots=True)
class Slowing:
    """A stretch that takes ``factor`` times as long; above 1."""

    range: TimeRange
    factor: Fraction


def slowable(clip: Clip) -> list[TimeRange]:
    """Where something plays that has a pace: no cards, no still pictures."""
    return [TimeRange(one.start, one.end) for one in placed(clip) if _has_pace(one.part)]


def moved(at: Time, slowings: Sequence[Slowing]) -> Time:
    """Where a moment of the clip is once stretches play slower."""
    gained = ZERO
    for one in slowings:
        into = min(at, one.range.end) - one.range.start
        if into > ZERO:
            gained += Time(round(into.ticks * (one.factor - 1)))
    return at + gained


def slowed(clip: Clip, slowings: Sequence[Slowing]) -> Clip:
    """The clip with stretches (in order, none over another) played slower. Layers stay on what they lie on,
    and levels on their moments."""
    if not slowings:
        return clip
    parts = [
        piece
        for one in placed(clip)
        for piece in (_pieces(one, slowings) if _has_pace(one.part) else [one.part])
    ]
    new = replace(clip, parts=tuple(parts), mix=_mix(clip.mix, slowings))
    return layers.carried(clip, new)


def _has_pace(part: Part) -> bool:
    return part.card is None and not part.still


def _pieces(one: Placed, slowings: Sequence[Slowing]) -> list[Part]:
    """A part in pieces, each at its speed; none so short that it would be no picture."""
    part, pieces, at = one.part, list[Part](), one.start
    for slowing in slowings:
        inside = slowing.range.intersection(TimeRange(at, one.end)) if at < one.end else None
        if inside is None or inside.duration < SHORTEST_PART:
            continue
        start = at if inside.start - at < SHORTEST_PART else inside.start
        end = one.end if one.end - inside.end < SHORTEST_PART else inside.end
        if at < start:
            pieces.append(_piece(one, at, start))
        pieces.append(replace(_piece(one, start, end), speed=part.speed / slowing.factor))
        at = end
    if at < one.end:
        pieces.append(_piece(one, at, one.end))
    return [pieces[0], *(replace(piece, transition=Transition.CUT) for piece in pieces[1:])]


def _piece(one: Placed, start: Time, end: Time) -> Part:
    """What plays of a part in a range of clip time."""
    reached = one.part.reached
    first = one.part.range.start if start == one.start else reached(start - one.start)
    last = one.part.range.end if end == one.end else reached(end - one.start)
    return replace(one.part, range=TimeRange(first, last))


def _mix(mix: Mix, slowings: Sequence[Slowing]) -> Mix:
    return replace(
        mix,
        speech=_bus(mix.speech, slowings),
        voice=_bus(mix.voice, slowings),
        music=_bus(mix.music, slowings),
        effects=_bus(mix.effects, slowings),
    )


def _bus(bus: Bus, slowings: Sequence[Slowing]) -> Bus:
    return replace(bus, automation=tuple(replace(key, at=moved(key.at, slowings)) for key in bus.automation))
