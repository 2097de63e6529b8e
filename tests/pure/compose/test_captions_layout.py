"""Where words stand: safe areas, right-to-left order, stable lines."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from support.caption_pictures import caption_plan, spoken

from viralclip_desktop.compose.captions.bidi import RIGHT_TO_LEFT_MARK, visual_order
from viralclip_desktop.compose.captions.document import laid_out
from viralclip_desktop.compose.captions.layout import Block, canvas_size, safe_area
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.features.captions import caption_styles

TEXT = "Nobody tells you this, but the first thousand dollars is the hardest. Why? {\\an8} น้ำ مرحبا Ångström"


def blocks(plan: RenderPlan) -> list[Block]:
    laid = laid_out(plan)
    return list(laid.first) if laid else []


@pytest.mark.parametrize("position", [0.0, 0.5, 1.0])
@pytest.mark.parametrize("aspect", list(Aspect))
@pytest.mark.parametrize("style", sorted(caption_styles()))
def test_every_block_stays_inside_the_safe_area(style: str, aspect: Aspect, position: float) -> None:
    look = replace(caption_styles()[style], position=position)
    safe = safe_area(aspect)
    for block in blocks(caption_plan(spoken(TEXT), look, aspect)):
        assert block.box.left >= safe.left - 0.01
        assert block.box.right <= safe.right + 0.01
        assert block.box.top >= safe.top - 0.01
        assert block.box.bottom <= safe.bottom + 0.01


def test_the_vertical_safe_area_keeps_clear_of_the_apps_buttons() -> None:
    safe, size = safe_area(Aspect.VERTICAL), canvas_size(Aspect.VERTICAL)
    assert (size.width, size.height) == (1080, 1920)
    assert safe.top >= 190
    assert size.height - safe.bottom >= 380
    assert size.width - safe.right >= 120
    assert safe.left == pytest.approx(size.width - safe.right)


def test_words_of_a_line_never_overlap_and_lines_are_centred() -> None:
    for block in blocks(caption_plan(spoken(TEXT), "pop")):
        for left, right in pairwise(block.words):
            if left.baseline == right.baseline:
                assert left.box.right <= right.box.left + 0.01
        assert block.box.centre[0] == pytest.approx(540, abs=0.5)


def test_accents_do_not_make_captions_jump() -> None:
    plain, accented = (blocks(caption_plan(spoken(text), "karaoke"))[0] for text in ("one two", "ône twö"))
    assert plain.words[0].baseline == accented.words[0].baseline


def test_right_to_left_phrases_run_from_the_right() -> None:
    words = blocks(caption_plan(spoken("שלום לכולם"), "minimal"))[0].words
    assert [word.token.word.text for word in words] == ["לכולם", "שלום"]


def test_mixed_directions_keep_each_run_in_its_own_order() -> None:
    def order(text: str, base: str) -> str:
        words = text.split()
        return " ".join(words[at] for at, _ in visual_order(words, base))

    assert order("he said שלום חבר today", "L") == "he said חבר שלום today"
    assert order("אני אוהב New York מאוד", "R") == "מאוד New York אוהב אני"
    assert order("בשנת 2024 היה", "R") == "היה 2024 בשנת"
    assert order("in 2024 we", "L") == "in 2024 we"


def test_a_foreign_word_at_the_end_of_its_run_is_told_the_base_direction() -> None:
    marks = dict(visual_order(["אני", "אוהב", "Python."], "R"))
    assert marks == {0: "", 1: "", 2: RIGHT_TO_LEFT_MARK}


def test_marks_above_and_below_keep_the_lines_apart() -> None:
    plain = blocks(caption_plan(spoken("everybody everywhere"), "karaoke"))[0]
    thai = blocks(caption_plan(spoken(["ที่นี่", "ทุกคน", "น้ำดื่ม", "ผู้ใหญ่", "ปลูกต้นไม้"]), "karaoke"))[0]

    def pitch(block: Block) -> float:
        baselines = sorted({word.baseline for word in block.words})
        return baselines[1] - baselines[0]

    assert pitch(thai) > pitch(plain)
