"""A clip as scenes: what lies between two cuts, of the recording or of the clip, with who is in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import cached_property
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.core.geometry import Size
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.sight import Look, cuts
from viralclip_desktop.features.reframe.people import Person, Row, people
from viralclip_desktop.features.reframe.speakers import NOBODY, who_speaks


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of one part of a clip. ``looks[0]`` is the look ``first`` of the recording's grid, the
    last one at or before the part's start."""

    asset_id: str
    size: Size
    """Of the recording's picture, upright."""
    part: TimeRange
    """Source time."""
    rate: Fraction
    first: int
    looks: tuple[Look, ...]
    speed: Fraction = Fraction(1)
    voices: tuple[str, ...] = ()
    """The name of the voice that is heard in each look, where the transcript tells voices apart."""

    @property
    def duration(self) -> Time:
        """How long it plays."""
        return Time(round(self.part.duration.ticks / self.speed))


@dataclass(frozen=True)
class Scene:
    """Looks without a cut between them. ``starts`` has the clip time of each look, and of the scene's end."""

    asset_id: str
    size: Size
    rate: Fraction
    first: int
    looks: tuple[Look, ...]
    starts: tuple[Time, ...]
    speed: Fraction
    goes_on: bool
    """Whether it begins with a cut of the clip within one picture of the recording."""
    persons: tuple[Person, ...]
    who: NDArray[np.int_]
    """Who speaks in each look, or :data:`NOBODY` where it can't be told."""

    @property
    def aspect(self) -> float:
        """The picture's width over its height."""
        return float(self.size.ratio)

    @property
    def count(self) -> int:
        """How many looks it has."""
        return len(self.looks)

    @property
    def looks_a_second(self) -> float:
        """Of clip time."""
        return float(self.rate * self.speed)

    @cached_property
    def levels(self) -> Row | None:
        """How loud each look is, dB; None without sound."""
        return levels_of(self.looks)


def levels_of(looks: Sequence[Look]) -> Row | None:
    """How loud each look is, dB; None where that is not known of all."""
    levels = [look.level_db for look in looks]
    return None if None in levels else np.array(levels, float)


@dataclass(frozen=True, slots=True)
class Still:
    """A stretch of a clip (clip time) in which nothing was to be watched: a card, a picture, sound alone."""

    range: TimeRange


def standing(asset_id: str, part: TimeRange, speed: Fraction) -> Seen:
    """A part in which there is nothing to be watched."""
    return Seen(asset_id, Size(1, 1), part, Fraction(1), 0, (), speed)


def scenes(seen: Sequence[Seen]) -> Iterator[Scene | Still]:
    """The scenes of a clip, from what was seen of its parts in the order of play."""
    before, begin = None, ZERO
    for part in seen:
        end = begin + part.duration
        if part.looks:
            for scene in _of_part(part, begin, before):
                before = scene
                yield scene
        elif begin < end:
            before = None
            yield Still(TimeRange(begin, end))
        begin = end


def _of_part(part: Seen, begin: Time, before: Scene | None) -> Iterator[Scene]:
    if not part.duration:
        return
    changes = [0.0, *(look.change for look in part.looks[1:])]
    edges = [0, *cuts(changes), len(part.looks)]
    for first, last in pairwise(edges):
        looks = part.looks[first:last]
        persons = tuple(people(looks, float(part.size.ratio)))
        sides = np.array([look.side_db for look in looks])
        starts = tuple(_clip_time(part, begin, look) for look in range(first, last + 1))
        yield Scene(
            part.asset_id,
            part.size,
            part.rate,
            part.first + first,
            looks,
            (*starts[:-1], begin + part.duration) if last == len(part.looks) else starts,
            part.speed,
            first == 0 and before is not None and before.asset_id == part.asset_id,
            persons,
            who_speaks(persons, levels_of(looks), part.voices[first:last], sides),
        )


def _clip_time(part: Seen, begin: Time, look: int) -> Time:
    source = Time.from_frames(part.first + look, part.rate)
    inside = Time(round((source - part.part.start).ticks / part.speed))
    return begin + inside.clamped(ZERO, part.duration)


def with_only(scene: Scene, person: int) -> Scene:
    """The same scene as if one of its people were alone."""
    who = np.where(scene.persons[person].seen, 0, NOBODY)
    return replace(scene, persons=(scene.persons[person],), who=who)
