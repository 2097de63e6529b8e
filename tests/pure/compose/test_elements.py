"""What can be taken hold of on a picture: where it stands, what lies under a point, where it goes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support import stored
from support.caption_pictures import caption_plan, spoken
from support.edited import span

from viralclip_desktop.compose.alignment import Lines, lines_of, resting, resting_factor
from viralclip_desktop.compose.captions.layout import Box, canvas_size, safe_area
from viralclip_desktop.compose.elements import CAPTIONS, ElementKind, Elements, around, under, word_under
from viralclip_desktop.compose.handling import (
    CORNERS,
    caption_position,
    caption_way,
    corner_point,
    factor_to,
    layer_box,
    logo_box,
    logo_place,
    moved_layer,
    moved_logo,
    opposite,
    scaled_layer,
    scaled_logo,
)
from viralclip_desktop.compose.overlays import placed
from viralclip_desktop.compose.plan import Overlay, RenderPlan
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.layers import PictureLayer, ProgressLayer, TitleLayer, TitleLook

AT = Time.from_seconds(0.5)
WHOLE = span(0, 3)
PICTURE = PictureLayer("p", "asset", WHOLE, x=0.2, y=0.3, width=0.4)


def a_plan(aspect: Aspect = Aspect.VERTICAL, **changes: object) -> RenderPlan:
    return replace(caption_plan(spoken("hello there you"), "bold", aspect), **changes)  # type: ignore[arg-type]


def an_overlay(layer: PictureLayer = PICTURE, element_id: str = "p") -> Overlay:
    return Overlay("a.png", stored.source().info, WHOLE, layer.x, layer.y, layer.width, id=element_id)


def test_elements_are_listed_as_they_are_painted() -> None:
    bar, title = ProgressLayer("b", WHOLE), TitleLayer("t", "Numbers", WHOLE, y=0.3)
    plan = a_plan(overlays=(an_overlay(), an_overlay(element_id="logo")), progress=(bar,), titles=(title,))
    shown = Elements(plan).at(AT)
    assert [one.id for one in shown] == ["p", "logo", CAPTIONS, "b", "t"]
    assert [one.kind for one in shown] == [
        ElementKind.PICTURE, ElementKind.LOGO, ElementKind.CAPTIONS, ElementKind.PROGRESS, ElementKind.TITLE,
    ]  # fmt: skip
    assert Elements(plan).at(plan.duration) == ()
    assert Elements(plan).at(Time.from_seconds(-1)) == ()


def test_what_does_not_show_yet_cannot_be_hit() -> None:
    later = TitleLayer("t", "Numbers", span(1, 2))
    elements = Elements(a_plan(titles=(later,)))
    assert "t" not in [one.id for one in elements.at(AT)]
    assert "t" in [one.id for one in elements.at(Time.from_seconds(1))]


def test_the_ground_of_a_card_hides_what_it_covers() -> None:
    card = TitleLayer("c", "Chapter", WHOLE, look=TitleLook.CARD)
    assert [one.id for one in Elements(a_plan(titles=(card,))).at(AT)] == ["c"]


@pytest.mark.parametrize("aspect", list(Aspect))
def test_a_picture_is_hit_where_it_is_rendered(aspect: Aspect) -> None:
    plan = a_plan(aspect, overlays=(an_overlay(),))
    (picture,) = (one for one in Elements(plan).at(AT) if one.id == "p")
    x, y, size = placed(plan.overlays[0], canvas_size(aspect))
    rendered = (x, y, x + size.width, y + size.height)
    box = picture.box
    assert (box.left, box.top, box.right, box.bottom) == pytest.approx(rendered, abs=2)


def test_the_topmost_comes_first_and_thin_things_are_hit_beside() -> None:
    bar, title = ProgressLayer("b", WHOLE, y=0.5, height=0.004), TitleLayer("t", "Numbers", WHOLE, y=0.5)
    shown = Elements(a_plan(progress=(bar,), titles=(title,))).at(AT)
    assert [one.id for one in under(shown, 540, 962)] == ["t", "b"]
    assert [one.id for one in under(shown, 40, 970)] == []
    assert [one.id for one in under(shown, 40, 970, air=16)] == ["b"]


def test_captions_are_one_element_and_their_words_are_told_apart() -> None:
    elements = Elements(a_plan())
    blocks = elements.blocks(AT)
    (captions,) = elements.at(AT)
    assert captions.id == CAPTIONS
    inside = around([block.box for block in blocks])
    assert captions.box.left <= inside.left
    assert captions.box.bottom >= inside.bottom
    for word in blocks[0].words:
        assert word_under(blocks, *word.box.centre) == (0, word.index)
    assert word_under(blocks, -500, blocks[0].box.top)[1] == 0
    said = elements.plan.words
    middles = [elements.spoken(blocks[0], word.index) for word in blocks[0].words]
    assert middles == [Time((one.start.ticks + one.end.ticks) // 2) for one in said[: len(middles)]]


@pytest.mark.parametrize(
    "layer",
    [
        PICTURE,
        TitleLayer("p", "Numbers", WHOLE, y=0.3),
        TitleLayer("p", "Ada\nMathematician", WHOLE, look=TitleLook.LOWER_THIRD, x=0.2),
        ProgressLayer("p", WHOLE, x=0.1, y=0.2, width=0.5),
    ],
)
def test_a_layer_goes_as_far_as_it_is_moved_and_keeps_its_middle_on_the_picture(layer) -> None:
    plan = a_plan(overlays=(an_overlay(),))
    before, after = layer_box(layer, plan), layer_box(moved_layer(layer, plan, 31, -47), plan)
    assert before is not None
    assert after is not None
    assert (after.left, after.top) == pytest.approx((before.left + 31, before.top - 47), abs=0.01)
    far = layer_box(moved_layer(layer, plan, 9000, -9000), plan)
    assert far is not None
    assert far.centre == pytest.approx((1080, 0), abs=0.01)


@pytest.mark.parametrize("corner", CORNERS)
@pytest.mark.parametrize("factor", [0.6, 1.3])
@pytest.mark.parametrize(
    "layer",
    [
        PICTURE,
        TitleLayer("p", "Ask who made the number first", WHOLE, size=0.06, width=0.5, y=0.4),
        TitleLayer("p", "Ada\nMathematician", WHOLE, look=TitleLook.LOWER_THIRD, x=0.2, width=0.5),
    ],
)
def test_a_scaled_layer_keeps_its_shape_and_the_corner_across(layer, factor, corner) -> None:
    plan, still = a_plan(overlays=(an_overlay(),)), opposite(corner)
    before, after = layer_box(layer, plan), layer_box(scaled_layer(layer, plan, factor, still), plan)
    assert before is not None
    assert after is not None
    assert corner_point(after, still) == pytest.approx(corner_point(before, still), abs=0.01)
    assert after.right - after.left == pytest.approx(factor * (before.right - before.left), rel=0.01)
    assert after.bottom - after.top == pytest.approx(factor * (before.bottom - before.top), rel=0.01)


def test_a_picture_made_as_wide_as_the_frame_fills_it() -> None:
    plan = a_plan(overlays=(an_overlay(),))
    whole = scaled_layer(PICTURE, plan, 9, (-1, -1))
    assert (whole.width, whole.x, whole.y) == (1.0, 0.0, 0.0)  # type: ignore[union-attr]
    assert moved_layer(whole, plan, 50, 50) == whole


def test_a_logo_is_moved_and_scaled_from_where_the_plan_has_it() -> None:
    overlay = an_overlay(element_id="logo")
    plan = a_plan(overlays=(overlay,))
    place = logo_place(overlay, plan)
    before = logo_box(place, overlay, plan)
    assert before.left == pytest.approx(0.2 * 1080)
    moved = logo_box(moved_logo(place, plan, -30, 60), overlay, plan)
    assert (moved.left, moved.top) == pytest.approx((before.left - 30, before.top + 60), abs=0.01)
    larger = logo_box(scaled_logo(overlay, plan, 1.5, (1, 1)), overlay, plan)
    assert (larger.right, larger.bottom) == pytest.approx((before.right, before.bottom), abs=0.01)


@pytest.mark.parametrize("down", [-5000, -200, -60, 0, 5000])
def test_captions_stand_where_they_are_put_as_far_as_the_safe_area_lets_them(down: float) -> None:
    plan = a_plan()
    (block,) = Elements(plan).blocks(AT)
    assert plan.style is not None
    position = caption_position(block, plan, down)
    (after,) = Elements(replace(plan, style=replace(plan.style, position=position))).blocks(AT)
    way = caption_way(block, plan, down)
    assert after.box.top - block.box.top == pytest.approx(way, abs=0.01)
    assert way == down or abs(down) > 500
    safe = safe_area(plan.aspect)
    assert safe.top <= after.box.top <= after.box.bottom <= safe.bottom


def test_the_nearest_line_in_reach_wins_and_a_middle_before_an_edge() -> None:
    lines = lines_of(canvas_size(Aspect.VERTICAL), [Box(100, 200, 980, 1500)], [Box(300, 400, 500, 600)])
    assert lines.xs == (540, 100, 980, 300, 400, 500)
    rest = resting(Box(435, 190, 635, 290), lines, 12)
    assert (rest.across, rest.x) == (5, 540)
    assert (rest.down, rest.y) == (10, 200)
    assert resting(Box(435, 190, 635, 290), lines, 4) == resting(Box(0, 0, 9, 9), Lines(), 4)


def test_a_corner_comes_to_rest_on_a_line() -> None:
    factor, rest = resting_factor((200, 200), (100, 100), 1.97, Lines((300,), (900,)), 6)
    assert (factor, rest.x, rest.y) == (2.0, 300, None)
    assert resting_factor((200, 200), (100, 100), 1.9, Lines((300,), ()), 6)[0] == 1.9


def test_a_factor_follows_the_diagonal_and_never_turns_over() -> None:
    assert factor_to((200, 100), (300, 150), (0, 0)) == 1.5
    assert factor_to((200, 100), (-300, -150), (0, 0)) == 0.01
