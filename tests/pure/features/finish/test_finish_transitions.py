"""Transitions stand where the subject changes; edits carry them along."""

from __future__ import annotations

from dataclasses import replace

from support import stored
from support.edited import s, span

from viralclip_desktop.domain.clip import Clip, Part, Transition
from viralclip_desktop.domain.edits import cuts, parts
from viralclip_desktop.domain.layers import Element
from viralclip_desktop.features.finish import row_of, subject_changes
from viralclip_desktop.features.finish.scene import Palette, Scene, Wanted

ROW = row_of(Element.TRANSITIONS)


def a_clip() -> Clip:
    """Tightened at first, then a jump ahead, a card, and back to the beginning."""
    played = (
        Part("asset_1", span(10, 14)),
        Part("asset_1", span(14.5, 18)),
        Part("asset_1", span(60, 64)),
        parts.card("Then", s(2)),
        Part("asset_1", span(0, 4)),
    )
    return replace(stored.clip(), parts=played)


def laid(clip: Clip, **wanted: Transition) -> Clip:
    scene = Scene(None, (), Palette())  # type: ignore[arg-type]
    return ROW.laid(clip, scene, Wanted(**wanted))  # type: ignore[arg-type]


def kinds(clip: Clip) -> list[str]:
    return [str(part.transition) for part in clip.parts]


def test_only_changes_of_subject_have_one() -> None:
    assert subject_changes(a_clip()) == (2, 3, 4)
    assert kinds(laid(a_clip())) == ["cut", "cut", "dissolve", "dissolve", "dissolve"]
    assert laid(a_clip()).duration == a_clip().duration


def test_they_are_changed_and_taken_off() -> None:
    clip = laid(a_clip(), transition=Transition.WHIP)
    assert ROW.has(clip, ROW.id)
    assert kinds(parts.come_with(clip, 2, Transition.ZOOM))[2] == "zoom"
    assert ROW.remove(clip, ROW.id) == a_clip()
    assert not ROW.has(a_clip(), ROW.id)


def test_nothing_comes_after_nothing() -> None:
    clip = a_clip()
    assert parts.come_with(clip, 0, Transition.ZOOM) == clip
    assert parts.come_with(clip, 9, Transition.ZOOM) == clip


def test_the_rest_of_a_part_that_is_divided_comes_by_a_cut() -> None:
    clip = laid(a_clip())
    assert kinds(parts.split(clip, s(62)))[2:4] == ["dissolve", "cut"]
    assert kinds(cuts.cut(clip, [span(61, 62)]))[2:4] == ["dissolve", "cut"]
