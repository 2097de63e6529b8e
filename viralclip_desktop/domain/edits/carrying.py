"""Where a moment of a clip is after an edit: a layer stays on the words, the card or the still it lay on.

A moment is known by the asset (or the card) that plays then and the time in it. Where one asset's moment
plays several times, the same one of them counts; where nothing of the asset is left, what played before it.
"""

from __future__ import annotations

from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.clip import Clip, Part
from viralclip_desktop.domain.clip_time import Placed, nearest_of, part_at, placed


def start_elsewhere(old: Clip, new: Clip, at: Time) -> Time:
    """The clip time in ``new`` of what begins at a clip time in ``old``."""
    place = part_at(old, at)
    return ZERO if place is None else _elsewhere(old, new, place, at)


def end_elsewhere(old: Clip, new: Clip, at: Time) -> Time:
    """The same for what ends: where two parts meet it is the end of the earlier one."""
    place = next((one for one in placed(old) if one.start < at <= one.end), None)
    if place is None:
        return start_elsewhere(old, new, at)
    return _elsewhere(old, new, place, at)


def _elsewhere(old: Clip, new: Clip, place: Placed, at: Time) -> Time:
    alike = [one for one in placed(new) if _same_asset(one.part, place.part)]
    if not alike:
        return _after_what_came_before(old, new, place)
    source = place.part.reached(max(ZERO, at - place.start))
    playing = [one for one in alike if _holds(one.part, source)]
    if len(playing) > 1:
        earlier = [
            one for one in placed(old) if one.index < place.index and _same_asset(one.part, place.part)
        ]
        number = sum(1 for one in earlier if _holds(one.part, source))
        return playing[min(number, len(playing) - 1)].when(source)
    found = nearest_of(alike, source)
    return ZERO if found is None else found


def _holds(part: Part, source: Time) -> bool:
    return part.range.contains(source)


def _same_asset(one: Part, other: Part) -> bool:
    return one.asset_id == other.asset_id and one.card == other.card


def _after_what_came_before(old: Clip, new: Clip, place: Placed) -> Time:
    """The clip time at which the last part that plays before a place, and is still there, ends."""
    for before in reversed(list(placed(old))[: place.index]):
        for one in placed(new):
            if _same_asset(one.part, before.part):
                return end_elsewhere(old, new, before.end)
    return ZERO
