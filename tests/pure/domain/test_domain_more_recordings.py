"""Parts of other recordings, cards, stills and speeds."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from support.edited import a_clip, a_layer, s, span

from viralclip_desktop.domain.clip import Clip, Marker, Part
from viralclip_desktop.domain.clip_time import (
    nearest_clip_time,
    part_at,
    to_clip_time,
    to_source_ranges,
    to_source_time,
)
from viralclip_desktop.domain.edits import arrange, clips, cuts, markers, parts
from viralclip_desktop.domain.mix import Bus, Mix

OTHER = Part("asset_2", span(100, 104))


def mixed() -> Clip:
    """10..20 of the recording, 4 s of another, a card of 3 s, 20..40 of the recording."""
    clip = parts.split(a_clip(), s(20))
    return parts.insert(parts.insert(clip, OTHER, 1), parts.card("Later", s(3)), 2)


def test_what_is_added_plays_where_it_was_put() -> None:
    clip = mixed()
    assert [part.duration for part in clip.parts] == [s(10), s(4), s(3), s(20)]
    assert clip.duration == s(37)
    assert clip.kept == (span(10, 20), span(20, 40))
    assert to_clip_time(clip, s(101), "asset_2") == s(11)
    assert to_clip_time(clip, s(25)) == s(22)
    assert to_source_time(clip, s(12)) == s(20), "where the recording was left"
    assert to_source_ranges(clip, span(8, 20)) == (span(18, 20), span(20, 23))
    assert part_at(clip, s(15)).part.card.text == "Later"  # type: ignore[union-attr]


def test_the_hull_is_that_of_the_first_parts_recording() -> None:
    clip = mixed()
    assert clip.hull == span(10, 40)
    assert parts.move(clip, 1, 0).hull == span(100, 104)
    assert parts.move(clip, 2, 0).hull is None, "a card has no recording"
    assert parts.move(clip, 1, 0).range == span(10, 40), "the home recording stays"


def test_layers_stay_on_what_they_lay_on() -> None:
    clip = parts.split(a_clip(layers=(a_layer(12, 14), a_layer(2, 4, layer_id="early"))), s(20))
    longer = parts.insert(clip, OTHER, 1)
    assert [layer.range for layer in longer.layers] == [span(16, 18), span(2, 4)]
    on_other = replace(longer, layers=(a_layer(11, 12),))
    assert parts.move(on_other, 1, 0).layers == (a_layer(1, 2),)
    assert parts.remove(on_other, 1).layers == (), "it goes with what it lay on"
    on_card = replace(mixed(), layers=(a_layer(14.5, 16),))
    assert parts.move(on_card, 2, 0).layers == (a_layer(0.5, 2),)


def test_cuts_and_trims_are_those_of_one_recording() -> None:
    clip = mixed()
    assert cuts.cut(clip, [span(12, 13)]).duration == s(36)
    shorter = cuts.cut(clip, [span(101, 102)], "asset_2")
    assert shorter.ranges_of("asset_2") == (span(100, 101), span(102, 104))
    assert cuts.restore(shorter, span(100, 104), "asset_2") == clip
    assert shorter.kept == clip.kept
    assert clips.trim(clip, s(15), s(30), s(60)).duration == s(5 + 4 + 3 + 10)
    assert parts.trim(clip, 1, s(98), s(103), s(104)).parts[1].range == span(98, 103)
    assert parts.trim(clip, 2, s(0), s(9), s(0)).parts[2].duration == s(9)


def test_a_faster_part_is_shorter_and_layers_stay_on_their_words() -> None:
    clip = parts.split(a_clip(layers=(a_layer(20, 26),)), s(20))
    fast = parts.respeed(clip, 1, Fraction(3, 2))
    assert fast.duration == s(10) + s(40 / 3)
    assert to_clip_time(fast, s(35)) == s(20)
    assert to_source_time(fast, s(20)) == s(35)
    assert fast.layers[0].range.start == nearest_clip_time(fast, s(30))
    assert parts.respeed(fast, 1, Fraction(1)).duration == clip.duration
    assert parts.respeed(clip, 0, Fraction(100)).parts[0].speed == parts.FASTEST
    assert parts.respeed(mixed(), 2, Fraction(2)) == mixed(), "a card stands still"
    assert parts.join(fast, s(20)) == fast, "two speeds are two parts"


def test_a_division_goes_through_any_part() -> None:
    clip = replace(mixed(), markers=(Marker(s(12)), Marker(s(101), "there", "asset_2")))
    first, second = arrange.split_in_play(clip, s(12), "clip_2", 7.0)
    assert first.parts[-1].range == span(100, 102)
    assert second.parts[0].range == span(102, 104)
    assert [len(one.markers) for one in (first, second)] == [2, 0]
    on_card, after = arrange.split_in_play(clip, s(15), "clip_2", 7.0)
    assert (on_card.parts[-1].duration, after.parts[0].duration) == (s(1), s(2))


def test_a_marker_of_another_recording_is_held_in_what_plays_of_it() -> None:
    clip = markers.add(mixed(), Marker(s(500), "late", "asset_2"))
    assert clip.markers == (Marker(s(104), "late", "asset_2"),)
    assert markers.remove(clip, s(104)) == clip, "the home recording has none there"
    assert markers.remove(clip, s(104), "asset_2").markers == ()


def test_a_clip_can_be_a_key() -> None:
    dubbed = replace(a_clip(), mix=Mix(dub={"th": Bus(-3.0)}))
    assert {dubbed: 1}[replace(dubbed)] == 1
    assert dubbed != a_clip()


def test_a_still_has_no_recording_and_no_speed() -> None:
    clip = parts.insert(a_clip(), parts.still("asset_p", s(2)), 0)
    assert clip.hull is None
    assert parts.respeed(clip, 0, Fraction(2)) == clip
    assert parts.trim(clip, 0, s(0), s(7), s(0)).parts[0].duration == s(7)
