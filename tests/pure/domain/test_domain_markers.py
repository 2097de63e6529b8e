"""Markers: in order, one at a moment."""

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
