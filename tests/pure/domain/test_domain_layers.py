"""Layers are held inside the clip, slide, trim, and lift."""

from dataclasses import replace

from hypothesis import given
from support.edited import a_clip, a_layer, cut_clips, ranges, s, span

from viralclip_desktop.core.time import ZERO, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits import cuts, layers, parts
from viralclip_desktop.domain.edits.clips import trim
from viralclip_desktop.domain.layers import EffectLayer, Element, MusicLayer, TitleLayer


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


def _hook(start_s: float = 0, end_s: float = 2.5, element: Element = Element.HOOK) -> TitleLayer:
    return TitleLayer(f"layer_{element}", "What it is about", span(start_s, end_s), element=element)


def _ranges(clip: Clip) -> dict[Element, TimeRange]:
    return {layer.element: layer.range for layer in clip.layers}


def test_what_opens_a_clip_stays_at_its_beginning_when_the_start_is_trimmed_either_way() -> None:
    card, hook = _hook(0, 1.8, Element.CARD), _hook(1.8, 4.3)
    name, pop = _hook(4.7, 8.7, Element.LOWER_THIRD), EffectLayer("pop", "a", span(1.8, 2.1))
    emoji = _hook(6, 8, Element.EMOJI)
    opening = (card, hook, name, replace(pop, element=Element.EFFECTS), emoji)
    clip = a_clip(layers=opening)
    later = trim(clip, s(15), s(40), s(60))
    assert _ranges(later) == {one.element: one.range for one in opening} | {Element.EMOJI: span(1, 3)}
    earlier = trim(clip, s(7), s(40), s(60))
    assert _ranges(earlier) == {one.element: one.range for one in opening} | {Element.EMOJI: span(9, 11)}


def test_a_hook_also_stays_when_the_first_words_are_cut_and_a_name_said_later_goes_with_its_words() -> None:
    clip = a_clip(layers=(_hook(), _hook(12, 16, Element.LOWER_THIRD)))
    after = cuts.cut(clip, [span(10, 14)])
    assert _ranges(after) == {Element.HOOK: span(0, 2.5), Element.LOWER_THIRD: span(8, 12)}
    short = trim(clip, s(10), s(12), s(60))
    assert _ranges(short) == {Element.HOOK: span(0, 2)}


def test_a_title_of_ones_own_at_an_end_of_the_clip_stays_at_that_end() -> None:
    first = replace(_hook(0, 3, Element.NONE), id="first")
    last = replace(_hook(27, 30, Element.NONE), id="last")
    middle = replace(_hook(10, 13, Element.NONE), id="middle")
    after = trim(a_clip(layers=(first, middle, last)), s(14), s(34), s(60))
    assert [layer.range for layer in after.layers] == [span(0, 3), span(6, 9), span(17, 20)]


def test_a_hook_behind_a_card_of_text_stays_behind_it() -> None:
    clip = parts.insert(a_clip(layers=(_hook(),)), parts.card("Part one", s(3)), 0)
    assert _ranges(clip) == {Element.HOOK: span(3, 5.5)}
    assert _ranges(trim(clip, s(14), s(40), s(60))) == {Element.HOOK: span(3, 5.5)}
    assert _ranges(parts.remove(clip, 0)) == {Element.HOOK: span(0, 2.5)}
