"""Where a moment of a clip is after an edit: a layer stays on the words, the card or the still it lay on.

A moment is known by the asset (or the card) that plays then and the time in it. Where one asset's moment
plays several times, the same one of them counts; where nothing of the asset is left, what played before it.

What stands at an end of the clip and not on a word (a hook, the name after it, a title in the last seconds)
stays at that end, whatever plays there now.
"""

from __future__ import annotations

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip, Part
from viralclip_desktop.domain.clip_time import Placed, nearest_of, part_at, placed, placed_of
from viralclip_desktop.domain.layers import EffectLayer, Element, Layer, TitleLayer

_OPENING = Time.from_seconds(5)  # a title card, a hook after it and a name after that have begun by then
_OF_THE_OPENING = (Element.HOOK, Element.CARD, Element.LOWER_THIRD)
_HAS_COME = Time.from_seconds(0.1)  # after its edge: the effect that goes with it is heard by then


def kept_at_an_end(layer: Layer, old: Clip, new: Clip) -> TimeRange | None:
    """The range in ``new`` of what belongs to the beginning or the end of ``old`` and not to what is said
    there, as long as it was if the clip still is; None for a layer that goes with its words."""
    length = min(layer.range.duration, new.duration)
    if _opens(layer, old) or _is_heard_with_an_opening(layer, old):
        late = layer.range.start - _begins(old)
        start = layer.range.start if late < ZERO else _begins(new) + late
        start = min(start, new.duration - length)
        return TimeRange(start, start + length)
    if _is_title_by_hand(layer) and layer.range.end >= old.duration:
        return TimeRange(new.duration - length, new.duration)
    return None


def _begins(clip: Clip) -> Time:
    """When the clip's own talk begins: after the cards, the other recordings and the cold open before it."""
    home = placed_of(clip)
    return min(home, key=lambda one: one.part.range.start).start if home else ZERO


def _opens(layer: Layer, clip: Clip) -> bool:
    if layer.element in _OF_THE_OPENING:
        return layer.range.start <= _begins(clip) + _OPENING
    return _is_title_by_hand(layer) and layer.range.start <= ZERO


def _is_title_by_hand(layer: Layer) -> bool:
    return isinstance(layer, TitleLayer) and layer.element is Element.NONE


def _is_heard_with_an_opening(layer: Layer, clip: Clip) -> bool:
    """Whether it is an effect that finishing laid on the coming or going of what opens the clip."""
    if not isinstance(layer, EffectLayer) or layer.element is not Element.EFFECTS:
        return False
    edges = [edge for one in clip.layers if _opens(one, clip) for edge in (one.range.start, one.range.end)]
    return any(layer.range.overlaps(TimeRange(edge, edge + _HAS_COME)) for edge in edges)


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
