"""Markers: in order, one at a moment."""

from dataclasses import replace

from support.edited import a_clip, s

from viralclip_desktop.domain.clip import Marker
from viralclip_desktop.domain.edits import markers


def test_markers_come_in_order_and_inside_the_clip() -> None:
    clip = markers.add(markers.add(a_clip(), Marker(s(30), " the\n turn ")), Marker(s(2)))
    assert clip.markers == (Marker(s(10)), Marker(s(30), "the turn"))


def test_a_second_marker_at_the_same_moment_takes_its_place() -> None:
    clip = markers.add(markers.add(a_clip(), Marker(s(20), "one")), Marker(s(20.002), "two"))
    assert [marker.label for marker in clip.markers] == ["two"]
    assert markers.rename(clip, s(20), "three").markers[0].label == "three"


def test_moving_and_removing() -> None:
    clip = markers.add(markers.add(a_clip(), Marker(s(20), "one")), Marker(s(25), "two"))
    assert markers.move(clip, s(20), s(99)).markers == (Marker(s(25), "two"), Marker(s(40), "one"))
    assert markers.remove(clip, s(20)).markers == (Marker(s(25), "two"),)
    assert markers.remove(clip, s(21)) == markers.move(clip, s(21), s(22)) == clip


def test_one_frame_at_most_is_the_cover() -> None:
    named = markers.add(a_clip(), Marker(s(20), "Here"))
    chosen = markers.set_cover(named, s(20))
    assert [(one.at, one.label, one.is_cover) for one in chosen.markers] == [(s(20), "Here", True)]
    assert markers.cover_of(chosen) == s(20) - a_clip().range.start
    elsewhere = markers.set_cover(chosen, s(25))
    assert [(one.label, one.is_cover) for one in elsewhere.markers] == [("Here", False), ("", True)]
    assert markers.clear_cover(elsewhere) == named


def test_a_cover_is_moved_and_named_as_any_marker_and_goes_with_it() -> None:
    chosen = markers.set_cover(a_clip(), s(20))
    moved = markers.move(chosen, s(20), s(22))
    assert [(one.at, one.is_cover) for one in moved.markers] == [(s(22), True)]
    assert markers.rename(moved, s(22), "Face").markers[0].is_cover
    assert markers.cover_of(markers.remove(moved, s(22))) is None


def test_a_cover_that_was_cut_out_is_none() -> None:
    chosen = markers.set_cover(a_clip(), s(20))
    assert markers.cover_of(replace(chosen, parts=())) is None
