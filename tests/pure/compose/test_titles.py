"""Titles in their looks: where lines break, what lies under them, how they come and go."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

import pytest
from support import stored
from support.edited import s, span

from viralclip_desktop.compose.captions.layout import canvas_size, safe_area
from viralclip_desktop.compose.clip_plan import plan_clip
from viralclip_desktop.compose.free_place import clear_of_all, in_the_way
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.compose.title_motion import poses
from viralclip_desktop.compose.title_setting import set_title, title_box
from viralclip_desktop.compose.titles import titles_document
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.domain.faces import Face, FacesSeen
from viralclip_desktop.domain.layers import ProgressLayer, TitleLayer, TitleLook, TitleMotion
from viralclip_desktop.features.captions import caption_styles

LONG = "Why nobody told me this about making short clips before"
THAI = "นี่คือสิ่งที่ไม่มีใครบอกฉันเกี่ยวกับการทำคลิปสั้น"


def a_plan(aspect: Aspect = Aspect.VERTICAL, **changes: object) -> RenderPlan:
    clip = replace(stored.clip(), aspect=aspect)
    words = stored.transcript("Why did nobody tell me this about short clips?", "Now I know it all.")
    plan = plan_clip(stored.source(), words, clip, caption_styles()["karaoke"])
    return replace(plan, **changes)  # type: ignore[arg-type]


def a_title(text: str = LONG, look: TitleLook = TitleLook.PLATE, **changes: object) -> TitleLayer:
    title = TitleLayer("t", text, span(0, 2.5), size=0.066, look=look, width=0.76, fade=s(0.28))
    return replace(title, **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize("aspect", list(Aspect))
@pytest.mark.parametrize(
    "text",
    [
        LONG,
        "Short",
        LONG + " and what came of it in the end",
        "นี่คือสิ่งที่ไม่มีใครบอกฉันเกี่ยวกับการทำคลิปสั้น",
        "Donaudampfschifffahrtsgesellschaft",
    ],
)
def test_a_plate_has_at_most_three_lines_and_stays_in_its_width(aspect: Aspect, text: str) -> None:
    laid = set_title(a_title(text), a_plan(aspect))
    assert laid is not None
    assert 1 <= len(laid.lines) <= 3
    assert laid.box.right - laid.box.left <= 0.76 * canvas_size(aspect).width + 1


def test_lines_are_of_about_one_length() -> None:
    laid = set_title(a_title(), a_plan())
    assert laid is not None
    widths = [line.word.advance for line in laid.lines]
    assert min(widths) > 0.6 * max(widths)


def test_the_plate_holds_every_line() -> None:
    laid = set_title(a_title("One\nA line that is much longer"), a_plan())
    assert laid is not None
    assert len(laid.plate) == 8  # a step between the two
    for line in laid.lines:
        half = line.word.advance * line.em / 2
        at = [x for x, y in laid.plate if abs(y - line.middle[1]) < 1.2 * line.em]
        assert min(at) < line.middle[0] - half
        assert max(at) > line.middle[0] + half


def test_a_lower_third_begins_at_its_left_edge_and_its_second_line_is_smaller() -> None:
    laid = set_title(a_title("Ann Lee\nFounder", TitleLook.LOWER_THIRD, x=0.12), a_plan())
    assert laid is not None
    assert laid.box.left == pytest.approx(0.12 * 1080)
    assert laid.lines[1].em < laid.lines[0].em


@pytest.mark.parametrize("motion", [TitleMotion.RISE, TitleMotion.POP, TitleMotion.SLIDE])
def test_a_motion_covers_every_frame_once_and_rests_in_between(motion: TitleMotion) -> None:
    found = list(poses(motion, span(1, 3.5), s(0.28), Fraction(30)))
    assert found[0].first == 30
    assert found[-1].last == 105
    assert [one.last for one in found[:-1]] == [one.first for one in found[1:]]
    longest = max(found, key=lambda one: one.last - one.first)
    assert (longest.across, longest.down, longest.scale, longest.opacity) == (0, 0, 1, 1)
    assert longest.last - longest.first > 50
    assert found[0].opacity < 0.5


def test_a_pop_swings_beyond_its_size_and_an_entrance_slows_down() -> None:
    pop = list(poses(TitleMotion.POP, span(0, 2), s(0.4), Fraction(60)))
    assert 1.01 < max(one.scale for one in pop) < 1.1
    rise = [one.down for one in poses(TitleMotion.RISE, span(0, 2), s(0.4), Fraction(60))][:24]
    steps = [a - b for a, b in pairwise(rise)]
    assert all(a > b > 0 for a, b in pairwise(steps))


@pytest.mark.parametrize("aspect", list(Aspect))
def test_a_hook_keeps_to_the_safe_area_and_off_faces_and_captions(aspect: Aspect) -> None:
    plan = a_plan(aspect)
    face = Face(0.35, 0.05, 0.65, 0.45, 0.9)
    faces = (FacesSeen(s(0), (face,)), FacesSeen(s(1), (face,)), FacesSeen(s(2), (face,)))
    free, safe = title_box(clear_of_all(a_title(width=0.5), plan, ()), plan), safe_area(aspect)
    clear = title_box(clear_of_all(a_title(width=0.5), plan, faces), plan)
    assert free is not None
    assert clear is not None
    assert free.top == pytest.approx(safe.top, abs=1)
    assert clear.top > free.top
    assert safe.top - 1 <= clear.top < clear.bottom <= safe.bottom + 1


def a_crowded_plan() -> tuple[RenderPlan, tuple[FacesSeen, ...]]:
    """A face from near the top to near the bottom of an upright frame, and no captions."""
    face = Face(0.35, 0.22, 0.65, 0.66, 0.9)
    return a_plan(words=(), style=None), tuple(FacesSeen(s(at), (face,)) for at in (0, 1, 2))


def test_a_hook_shrinks_where_only_a_smaller_one_is_clear_of_a_face() -> None:
    plan, faces = a_crowded_plan()
    text = "Why nobody told me this about clips"
    placed = clear_of_all(a_title(text), plan, faces)
    assert 0.042 <= placed.size < 0.066
    assert clear_of_all(a_title(text), plan, ()).size == 0.066
    covered = [box for _, box in in_the_way(placed, plan, faces)]
    box = title_box(placed, plan)
    assert box is not None
    assert covered
    assert all(box.bottom <= one.top + 1 or box.top >= one.bottom - 1 for one in covered)


def test_where_nothing_is_free_a_hook_takes_the_least_of_a_face() -> None:
    plan, safe = a_plan(words=(), style=None), safe_area(Aspect.VERTICAL)
    face = Face(0.3, 0.0, 0.7, 0.68, 0.9)
    faces = tuple(FacesSeen(s(at), (face,)) for at in (0, 1, 2))
    box = title_box(clear_of_all(a_title(), plan, faces), plan)
    assert box is not None
    assert box.bottom == pytest.approx(safe.bottom, abs=1)  # on the chin, not on the forehead


def test_a_bar_fills_over_its_range_and_needs_no_font() -> None:
    bar = ProgressLayer("p", span(0, 10), x=0.1, y=0.1, width=0.8, height=0.01)
    drawn = titles_document(a_plan(progress=(bar,), titles=()))
    lines = [line for line in drawn.ass_text.splitlines() if line.startswith("Dialogue")]
    assert drawn.fonts == ()
    assert len(lines) == 2
    assert "\\clip(108,192,108,204)\\t(\\clip(108,192,972,204))" in lines[1]
    assert "\\clip" not in lines[0]
