"""Transitions where the subject changes, and nowhere else: between parts that go on with one, a cut is the
quietest."""

from __future__ import annotations

from itertools import pairwise

from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.clip import Clip, Part, Transition
from viralclip_desktop.domain.edits.parts import come_with
from viralclip_desktop.domain.layers import Element
from viralclip_desktop.features.finish.scene import Scene, Wanted

_FAR = Time.from_seconds(15)  # of a recording left out: what follows is another part of the talk


def subject_changes(clip: Clip) -> tuple[int, ...]:
    """The places of the parts that begin something else: of another recording, from before, from much later,
    a card or a picture, and what follows one."""
    return tuple(place for place, two in enumerate(pairwise(clip.parts), 1) if _is_other(*two))


def _is_other(before: Part, part: Part) -> bool:
    if before.card or part.card or before.still or part.still or before.asset_id != part.asset_id:
        return True
    return not ZERO <= part.range.start - before.range.end < _FAR


def add_transitions(clip: Clip, _scene: Scene, wanted: Wanted) -> Clip:
    """The same one at each change of subject."""
    for place in subject_changes(clip):
        clip = come_with(clip, place, wanted.transition)
    return clip


def remove_transitions(clip: Clip, _element: Element) -> Clip:
    """Plain cuts again."""
    for place in range(1, len(clip.parts)):
        clip = come_with(clip, place, Transition.CUT)
    return clip


def has_transitions(clip: Clip, _element: Element) -> bool:
    """Whether any part comes by more than a cut."""
    return any(part.transition is not Transition.CUT for part in clip.parts[1:])
