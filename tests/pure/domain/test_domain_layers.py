"""Layers are held inside the clip, slide, trim, and lift."""

from dataclasses import replace

from hypothesis import given
from support.edited import a_clip, a_layer, cut_clips, ranges, s, span

from viralclip_desktop.core.time import ZERO, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits import cuts, layers
from viralclip_desktop.domain.layers import MusicLayer, TitleLayer


def test_a_split_layer_plays_on_in_its_second_half() -> None:
    clip = a_clip(layers=(a_layer(4, 10, source_start=s(1)),))
    first, second = layers.split(clip, ["layer_1"], s(7), lambda: "layer_2").layers
    assert (first.range, first.source_start, first.id) == (span(4, 7), s(1), "layer_1")
    assert (second.range, second.source_start, second.id) == (span(7, 10), s(4), "layer_2")
    assert layers.split(clip, ["layer_1"], s(4.05), lambda: "layer_2") == clip


@given(ranges(-20, 60))
def test_a_layer_is_held_inside_the_clip(within: TimeRange) -> None:
    clip = layers.put(a_clip(), replace(a_layer(0, 1), range=within, fade=s(99)))
    [layer] = clip.layers
    assert ZERO <= layer.range.start < layer.range.end <= clip.duration
    assert layer.range.duration >= layers.SHORTEST_LAYER
    assert layer.fade.ticks * 2 <= layer.range.duration.ticks


@given(cut_clips(), ranges(0, 30), ranges())
def test_layers_stay_inside_whatever_is_cut(clip: Clip, within: TimeRange, taken: TimeRange) -> None:
    after = cuts.cut(layers.put(clip, replace(a_layer(0, 1), range=within)), [taken])
    for layer in after.layers:
        assert ZERO <= layer.range.start < layer.range.end <= after.duration


def test_a_new_layer_lies_on_top_and_a_known_one_stays_in_its_place() -> None:
    clip = layers.put(layers.put(a_clip(), a_layer(0, 5)), a_layer(2, 4, layer_id="layer_2"))
    changed = layers.put(clip, replace(a_layer(0, 5), opacity=7.0, width=0.0))
    assert [layer.id for layer in changed.layers] == ["layer_1", "layer_2"]
    low = changed.layers[0]
    assert (low.opacity, low.width) == (1.0, layers.NARROWEST)
    assert [layer.id for layer in layers.remove(clip, ["layer_1", "none"]).layers] == ["layer_2"]


def test_the_same_length_slides_and_stops_at_the_ends() -> None:
    clip = a_clip(layers=(a_layer(5, 8, source_start=s(2)),))
    assert layers.move(clip, "layer_1", span(10, 13)).layers[0] == a_layer(10, 13, source_start=s(2))
    assert layers.move(clip, "layer_1", span(29, 32)).layers[0].range == span(27, 30)
    assert layers.move(clip, "layer_1", TimeRange(s(-4), s(-1))).layers[0].range == span(0, 3)
    assert layers.move(clip, "none", span(0, 3)) == clip


def test_another_length_trims_and_the_file_keeps_its_place() -> None:
    clip = a_clip(layers=(a_layer(5, 8, source_start=s(2)),))
    assert layers.move(clip, "layer_1", span(6, 8)).layers[0] == a_layer(6, 8, source_start=s(3))
    assert layers.move(clip, "layer_1", span(5, 9)).layers[0] == a_layer(5, 9, source_start=s(2))
    assert layers.move(clip, "layer_1", span(1, 8)).layers[0].source_start == ZERO


def test_lifting_leaves_what_lies_around_the_hole() -> None:
    clip = a_clip(
        layers=(a_layer(0, 10), a_layer(12, 14, layer_id="layer_2"), a_layer(4, 5, layer_id="layer_3"))
    )
    after = layers.lift(clip, span(3, 6), lambda: "layer_4")
    assert after.layers == (
        a_layer(0, 3),
        a_layer(6, 10, layer_id="layer_4", source_start=s(6)),
        a_layer(12, 14, layer_id="layer_2"),
    )
    assert after.duration == clip.duration


def test_levels_are_held_to_what_can_be_heard() -> None:
    loud = MusicLayer("m", "asset_over", span(0, 5), volume_db=99, duck_db=3)
    [held] = layers.put(a_clip(), loud).layers
    assert held == replace(loud, volume_db=layers.LOUDEST_DB, duck_db=0.0)
    plain = MusicLayer("m", "asset_over", span(0, 5))
    assert layers.put(a_clip(), plain).layers == (plain,), "as far as the mix says"


def test_a_title_is_split_and_carried_like_any_layer() -> None:
    title = TitleLayer("t", "Hello", span(10, 16))
    clip = layers.put(a_clip(), title)
    assert cuts.cut(clip, [span(12, 14)]).layers == (replace(title, range=span(8, 14)),)
    assert [layer.range for layer in layers.split(clip, ["t"], s(12), lambda: "t2").layers] == [
        span(10, 12),
        span(12, 16),
    ]
