"""Captions leave faces uncovered, and stand still while they do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

import pytest
from support import stored
from support.caption_pictures import caption_plan, spoken

from viralclip_desktop.compose.captions.document import laid_out
from viralclip_desktop.compose.captions.layout import Block, Box, safe_area
from viralclip_desktop.compose.picture_place import picture_place
from viralclip_desktop.compose.plan import Overlay, RenderPlan, parts_of_file
from viralclip_desktop.compose.standing_things import Standing, things_to_keep_off
from viralclip_desktop.core.geometry import Aspect, Size
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Framing
from viralclip_desktop.domain.faces import Face, FacesSeen
from viralclip_desktop.domain.layers import ProgressLayer, TitleLayer
from viralclip_desktop.features.captions import caption_styles

WORDS = "Nobody tells you this but the first thousand dollars is the hardest of them all by far "
LENGTH_S = 40.0


def face(middle: float, height: float = 0.2, x: float = 0.5, width: float = 0.1) -> Face:
    """A face about a height of the picture."""
    return Face(x - width / 2, middle - height / 2, x + width / 2, middle + height / 2)


def plan_with(
    scenes: Sequence[tuple[float, Sequence[Face]]],
    position: float = 0.4,
    aspect: Aspect = Aspect.VERTICAL,
    **changes: object,
) -> RenderPlan:
    """Captions all the time over a 16:9 picture in which faces are seen twice a second: each scene lasts
    until a time in seconds."""
    style = replace(caption_styles()["karaoke"], position=position, keep_off_faces=True)
    words = spoken(WORDS * 6, every_s=LENGTH_S / (6 * len(WORDS.split())))
    plan = caption_plan(words, style, aspect)
    seen, start = [], 0.0
    for until, faces in scenes:
        looks = range(round(start * 2), round(until * 2))
        seen += [FacesSeen(Time.from_seconds(look / 2), tuple(faces)) for look in looks]
        start = until
    filmed = parts_of_file("", stored.media_info(), None, *plan.kept)
    plan = replace(plan, parts=filmed, faces=tuple(seen))
    return replace(plan, **changes)  # type: ignore[arg-type]


def blocks(plan: RenderPlan) -> tuple[Block, ...]:
    laid = laid_out(plan)
    assert laid is not None
    return laid.first


def heights(plan: RenderPlan) -> list[float]:
    """The middle of each phrase's slot, as a share of the height: what one line and two have in common."""
    laid = laid_out(plan)
    assert laid is not None
    return [round(block.box.centre[1] / laid.setting.size.height, 2) for block in laid.first]


def covered(plan: RenderPlan) -> float:
    """For how many seconds any phrase covers a face that is on screen."""
    laid = laid_out(plan)
    assert laid is not None
    return sum(
        0.5
        for look in plan.faces
        for block in laid.first
        if block.phrase.start_cs <= look.at.seconds * 100 < block.phrase.end_cs
        and any(_meet(box, block.box) for box in _boxes(look, plan, laid.setting.size))
    )


def _boxes(look: FacesSeen, plan: RenderPlan, size: object) -> Iterator[Box]:
    video = plan.video_at(ZERO)
    assert video is not None
    place = picture_place(plan, video, size, look.at)  # type: ignore[arg-type]
    for one in look.faces:
        yield Box(
            place.left + one.left * place.width,
            place.top + one.top * place.height,
            place.left + one.right * place.width,
            place.top + one.bottom * place.height,
        )


def _meet(one: Box, other: Box) -> bool:
    across = max(one.left, other.left) < min(one.right, other.right)
    return across and max(one.top, other.top) < min(one.bottom, other.bottom)


def moves(values: Sequence[float]) -> int:
    return sum(abs(a - b) > 0.03 for a, b in pairwise(values))


def test_a_free_position_is_kept_exactly() -> None:
    with_face = plan_with([(LENGTH_S, [face(0.15)])], position=0.72)
    without = replace(with_face, faces=())
    assert [b.box for b in blocks(with_face)] == [b.box for b in blocks(without)]


def test_a_covered_face_is_left_for_the_nearest_free_height_below() -> None:
    plan = plan_with([(LENGTH_S, [face(0.4)])])
    assert covered(replace(plan, faces=())) == 0
    assert covered(plan) == 0
    assert 0.5 < min(heights(plan)) <= max(heights(plan)) < 0.63
    assert moves(heights(plan)) == 0


def test_above_when_that_is_nearer_or_all_there_is() -> None:
    near = plan_with([(LENGTH_S, [face(0.45, 0.24)])], position=0.38)
    assert max(heights(near)) < 0.34
    low = plan_with([(LENGTH_S, [face(0.7, 0.3)])], position=0.72)
    assert max(heights(low)) < 0.56
    assert covered(near) == covered(low) == 0


def test_below_when_both_are_as_near() -> None:
    plan = plan_with([(LENGTH_S, [face(0.45, 0.2)])], position=0.45)
    assert min(heights(plan)) > 0.45


@pytest.mark.parametrize("style", sorted(caption_styles()))
@pytest.mark.parametrize("aspect", list(Aspect))
def test_every_style_clears_the_face_in_every_shape_and_stays_in_the_safe_area(
    style: str, aspect: Aspect
) -> None:
    plan = plan_with([(LENGTH_S, [face(0.5, 0.22, width=0.12)])], aspect=aspect)
    look = replace(caption_styles()[style], position=0.5, keep_off_faces=True)
    plan, safe = replace(plan, style=look), safe_area(aspect)
    assert covered(plan) == 0
    assert all(b.box.top >= safe.top - 0.01 and b.box.bottom <= safe.bottom + 0.01 for b in blocks(plan))


def test_one_height_serves_all_scenes_where_it_is_free_in_all() -> None:
    scenes = [(5.0 * n, [face(0.4 if n % 2 else 0.28)]) for n in range(1, 9)]
    plan = plan_with(scenes)
    assert covered(plan) == 0
    assert moves(heights(plan)) == 0


def test_where_no_height_serves_all_it_changes_with_the_scene_and_not_more() -> None:
    low, high = [face(0.62, 0.5, width=0.3)], [face(0.3, 0.42, width=0.3)]
    plan = plan_with([(20.0, low), (LENGTH_S, high)], position=0.5)
    assert moves(heights(plan)) == 1
    assert covered(plan) <= 2.0, "only the phrase that is spoken over the cut may cover anything"


def test_it_never_hops_from_phrase_to_phrase() -> None:
    low, high = [face(0.62, 0.5, width=0.3)], [face(0.3, 0.42, width=0.3)]
    quick = [(1.5 * n, low if n % 2 else high) for n in range(1, 27)]
    assert moves(heights(plan_with(quick, position=0.5))) <= 2


def test_a_thing_seen_once_moves_nothing() -> None:
    plan = plan_with([(LENGTH_S, [])])
    once = list(plan.faces)
    once[20] = replace(once[20], faces=(face(0.4),))
    assert set(heights(replace(plan, faces=tuple(once)))) == set(heights(replace(plan, faces=())))


def test_a_face_passing_by_for_a_moment_moves_nothing_for_good() -> None:
    for brief in (1.0, 4.0):
        plan = plan_with([(15, []), (15 + brief, [face(0.4)]), (LENGTH_S, [])])
        assert moves(heights(plan)) == 0, "it stands still, where the face was or clear of it"
    assert covered(plan) == 0, "four seconds are worth it"


def test_faces_that_the_frame_cuts_away_or_words_pass_by_count_for_nothing() -> None:
    plain = plan_with([(LENGTH_S, [])])
    aside = plan_with([(LENGTH_S, [face(0.4, x=0.1)])])
    assert [b.box for b in blocks(aside)] == [b.box for b in blocks(plain)]
    wide = plan_with([(LENGTH_S, [face(0.4, x=0.15)])], aspect=Aspect.WIDE)
    assert wide.style is not None
    wide = replace(wide, style=replace(wide.style, max_words=2))
    assert set(heights(wide)) == set(heights(replace(wide, faces=())))


def test_where_all_is_face_least_of_it_is_covered() -> None:
    plan = plan_with([(LENGTH_S, [face(0.42, 0.9, width=0.5)])])
    assert moves(heights(plan)) == 0
    assert max(heights(plan)) < 0.25 or min(heights(plan)) > 0.6, "at its rim, not over eyes and mouth"


def test_the_fitted_picture_is_smaller_and_so_are_its_faces() -> None:
    plan = plan_with([(LENGTH_S, [face(0.5, 0.3)])], position=0.5, framing=Framing.FIT)
    assert covered(plan) == 0
    assert 0.5 < max(heights(plan)) < 0.65


def test_an_hour_of_captions_keeps_one_height() -> None:
    plan = plan_with([(LENGTH_S, [face(0.4)])])
    laid = laid_out(plan)
    assert laid is not None
    from viralclip_desktop.compose.captions.clear_of_faces import Shown, clear_heights
    from viralclip_desktop.compose.captions.layout import room_of

    room = room_of(laid.first[0].phrase, laid.setting)
    shown = [Shown(200 * n, 200 * n + 190, room) for n in range(1800)]
    looks = tuple(FacesSeen(Time.from_seconds(n / 2), (face(0.4),)) for n in range(7200))
    found = clear_heights(replace(plan, faces=looks), laid.setting, shown)
    assert len(set(found.positions)) == 1


# --- the logo, pictures, titles and bars


def logo(top: float, width: float = 0.15, start_s: float = 0, end_s: float = LENGTH_S) -> Overlay:
    """A square picture at the right of the safe area, from a height of the frame on."""
    info = stored.media_info()
    assert info.video is not None
    square = replace(info, video=replace(info.video, size=Size(400, 400)))
    return Overlay("logo.png", square, TimeRange.from_seconds(start_s, end_s), 0.7, top, width)


def over(plan: RenderPlan, things: Sequence[Standing]) -> list[int]:
    """The phrases that lie over a thing that shows with them."""
    return [
        number
        for number, block in enumerate(blocks(plan))
        for thing in things
        if block.phrase.start_cs < thing.range.end.seconds * 100
        and block.phrase.end_cs > thing.range.start.seconds * 100
        and _meet(thing.box, block.box)
    ]


def test_captions_that_left_a_face_lie_on_no_logo_either() -> None:
    low = [(LENGTH_S, [face(0.7, 0.5, width=0.4)])]
    there = heights(plan_with(low, position=0.72))[0]
    plan = plan_with(low, position=0.72, overlays=(logo(there - 0.04),))
    things = list(things_to_keep_off(plan))
    assert over(plan_with(low, position=0.72), things)
    assert not over(plan, things)
    assert covered(plan) == 0
    assert moves(heights(plan)) == 0


@pytest.mark.parametrize("kind", ["picture", "title", "bar"])
def test_captions_make_way_for_what_is_laid_over_them_and_stand_still_all_the_same(kind: str) -> None:
    within = TimeRange.from_seconds(10, 20)
    title = TitleLayer("mine", "Mine", within, y=0.6)
    bar = ProgressLayer("bar", within, y=0.6)
    laid: dict[str, dict[str, object]] = {
        "picture": {"overlays": (logo(0.56, start_s=10, end_s=20),)},
        "title": {"titles": (title,)},
        "bar": {"progress": (bar,)},
    }
    plan = plan_with([], position=0.6, **laid[kind])
    bare = replace(plan, overlays=(), titles=(), progress=())
    things = list(things_to_keep_off(plan))
    assert len(over(bare, things)) > 3
    assert not over(plan, things)
    assert moves(heights(plan)) == 0
    assert plan.style is not None
    by_hand = replace(plan, style=replace(plan.style, keep_off_faces=False))
    assert heights(by_hand) == heights(bare)


def test_without_room_captions_stay_where_they_are_and_never_go_onto_a_face() -> None:
    faces = [(LENGTH_S, [face(0.62, 0.75, width=0.9)])]
    there = heights(plan_with(faces))[0]
    crowded = plan_with(faces, overlays=(logo(there - 0.05),))
    assert covered(crowded) == covered(plan_with(faces)) == 0
    assert over(crowded, list(things_to_keep_off(crowded)))
    assert moves(heights(crowded)) == 0
    filled = plan_with(
        [], position=0.6, overlays=(replace(logo(0), width=0.99), replace(logo(0.5), width=0.99))
    )
    assert max(heights(filled)) - min(heights(filled)) < 0.02


def test_a_faint_watermark_and_a_picture_that_fills_the_frame_move_nothing() -> None:
    plan = plan_with([], position=0.6)
    faint, whole = replace(logo(0.56), opacity=0.25), replace(logo(0), x=0.0, width=1.0)
    assert heights(replace(plan, overlays=(faint, whole))) == heights(plan)
