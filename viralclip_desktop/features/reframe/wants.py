"""What is to be shown, look by look: the first half of the director, which knows people but no crops."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

import numpy as np

from viralclip_desktop.features.reframe.crops import BESIDE_GROUP
from viralclip_desktop.features.reframe.people import Person
from viralclip_desktop.features.reframe.scenes import Scene
from viralclip_desktop.features.reframe.screen import camera_on_a_screen
from viralclip_desktop.features.reframe.speakers import NOBODY

SHORTEST_SHOT_S = 1.2
"""A vision mixer's shots are longer: what changes sooner is felt as restless."""
_GONE_S = 2.0  # a head that turns away or bends down is back sooner


class Kind(StrEnum):
    """What a shot shows."""

    FACE = "face"
    GROUP = "group"  # several faces in one crop
    PAIR = "pair"  # two faces, each in a half of the frame
    SCREEN = "screen"  # a screen, and a small camera picture in it
    ALL = "all"  # the whole picture


@dataclass(frozen=True, slots=True)
class Want:
    """One stretch of a scene (looks ``begin`` to ``end``) and what is to be shown in it."""

    begin: int
    end: int
    kind: Kind
    persons: tuple[int, ...]
    reason: str


ALONE = "One face is in the picture, and the frame holds it."
SPEAKER = "The frame holds the person who speaks: the lips move with the sound."
TOGETHER = "All faces of the picture fit into the frame."
UNSURE_PAIR = "It can't be told which of the two speaks, so both are shown."
UNSURE_MANY = "It can't be told who speaks, so the whole picture is shown."
NO_FACE = "No face is in the picture, so all of it is shown."
ON_SCREEN = "The picture is a screen with a small camera picture, so both are shown."
WISHED_PAIR = "You chose the split screen: both people are shown."


def wants(scene: Scene, width: float, *, split: bool = False, waits: bool = False) -> list[Want]:
    """What a scene is to show. ``width``: the widest crop, as a share of the picture. ``split`` shows two
    people in halves of the frame wherever there are two. ``waits`` holds the place of somebody alone who has
    gone."""
    count, persons = scene.count, scene.persons
    if not persons:
        return [Want(0, count, Kind.ALL, (), NO_FACE)]
    if camera_on_a_screen(scene) is not None:
        return [Want(0, count, Kind.SCREEN, (camera_on_a_screen(scene) or 0,), ON_SCREEN)]
    least = round(SHORTEST_SHOT_S * scene.looks_a_second)
    if len(persons) == 1:
        return [Want(0, count, Kind.FACE, (0,), ALONE)] if waits else settled(_while_there(scene), least)
    if split:
        return [Want(0, count, Kind.PAIR, _main_two(scene), WISHED_PAIR)]
    if _extent(persons) <= width:
        return [Want(0, count, Kind.GROUP, tuple(range(len(persons))), TOGETHER)]
    return settled(_by_speaker(scene), least)


def settled(found: Sequence[Want], least: int) -> list[Want]:
    """Stretches of at least ``least`` looks: shorter ones go to a neighbour, the shortest first; to one that
    shows what the other neighbour shows too, or to the longer one."""
    row = _joined(found)
    while len(row) > 1:
        at = min(range(len(row)), key=lambda n: row[n].end - row[n].begin)
        short = row[at]
        if short.end - short.begin >= least:
            break
        before = row[at - 1] if at else None
        after = row[at + 1] if at + 1 < len(row) else None
        heir = max((one for one in (before, after) if one is not None), key=lambda one: one.end - one.begin)
        row[at] = replace(heir, begin=short.begin, end=short.end)
        row = _joined(row)
    return row


def _joined(found: Sequence[Want]) -> list[Want]:
    row: list[Want] = []
    for want in found:
        if row and (row[-1].kind, row[-1].persons) == (want.kind, want.persons):
            row[-1] = replace(row[-1], end=want.end)
        else:
            row.append(want)
    return row


def _while_there(scene: Scene) -> list[Want]:
    """Somebody alone, and all of the picture while they are gone for longer than a moment."""
    found, begin = [], 0
    for there, looks in groupby(scene.persons[0].seen.tolist()):
        end = begin + len(list(looks))
        if there or end - begin < _GONE_S * scene.looks_a_second:
            found.append(Want(begin, end, Kind.FACE, (0,), ALONE))
        else:
            found.append(Want(begin, end, Kind.ALL, (), NO_FACE))
        begin = end
    return found


def _by_speaker(scene: Scene) -> list[Want]:
    found, begin = [], 0
    for who, looks in groupby(scene.who.tolist()):
        end = begin + len(list(looks))
        if who != NOBODY:
            found.append(Want(begin, end, Kind.FACE, (who,), SPEAKER))
        elif len(scene.persons) == 2:
            found.append(_pair(scene, begin, end))
        else:
            found.append(Want(begin, end, Kind.ALL, (), UNSURE_MANY))
        begin = end
    return found


def _pair(scene: Scene, begin: int, end: int) -> Want:
    """Both people, or the one who is left when the other has gone."""
    there = [number for number, one in enumerate(scene.persons) if one.seen[begin:end].mean() > 0.5]
    if len(there) == 1:
        return Want(begin, end, Kind.FACE, tuple(there), ALONE)
    return Want(begin, end, Kind.PAIR, (0, 1), UNSURE_PAIR)


def _main_two(scene: Scene) -> tuple[int, ...]:
    """The two that are largest and longest in the picture, from the left to the right."""
    weight = [float(np.nansum(person.height)) for person in scene.persons]
    largest = sorted(range(len(weight)), key=lambda number: -weight[number])[:2]
    return tuple(sorted(largest))


def _extent(persons: Sequence[Person]) -> float:
    """The width that all faces take together, with room beside them."""
    left = min(
        float(np.nanpercentile(one.left - BESIDE_GROUP * (one.right - one.left), 5)) for one in persons
    )
    right = max(
        float(np.nanpercentile(one.right + BESIDE_GROUP * (one.right - one.left), 95)) for one in persons
    )
    return right - left
