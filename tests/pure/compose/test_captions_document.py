"""The ASS document: header, escaping, fonts."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.caption_pictures import caption_plan, spoken

from viralclip_desktop.compose.captions.ass import alpha, colour, escape, rounded_box, timestamp
from viralclip_desktop.compose.captions.document import caption_document
from viralclip_desktop.core.geometry import Aspect, frame_size
from viralclip_desktop.features.captions import caption_styles


@pytest.mark.parametrize("aspect", list(Aspect))
def test_the_header_says_what_libass_needs(aspect: Aspect) -> None:
    size = frame_size(aspect, 1080)
    lines = caption_document(caption_plan(spoken("hello there"), "box", aspect)).ass_text.splitlines()
    for wanted in (
        f"PlayResX: {size.width}",
        f"PlayResY: {size.height}",
        "WrapStyle: 2",
        "ScaledBorderAndShadow: yes",
        "YCbCr Matrix: TV.709",
    ):
        assert wanted in lines


@pytest.mark.parametrize(
    ("typed", "written"),
    [("{b}", "\\{b\\}"), ("a\\Nb", "a\\\u2060Nb"), ("\\{", "\\\u2060\\{"), ("50%", "50%"), ("a, b", "a, b")],
)
def test_text_is_escaped(typed: str, written: str) -> None:
    assert escape(typed) == written


def test_times_and_colours_are_written_as_ass_has_them() -> None:
    assert timestamp(0) == "0:00:00.00"
    assert timestamp(360_000 + 6_000 + 123) == "1:01:01.23"
    assert colour("#102030FF") == "&H302010&"
    assert alpha("#102030") == "&H00&"
    assert alpha("#10203000") == "&HFF&"


def test_a_box_without_radius_has_corners() -> None:
    assert rounded_box(10, 5, 0) == "m 0 0 l 80 0 80 40 0 40"
    assert " b " in rounded_box(10, 5, 2)


def test_only_the_fonts_in_use_are_asked_for() -> None:
    def names(text: str) -> list[str]:
        return [path.name for path in caption_document(caption_plan(spoken(text), "bold")).fonts]

    assert names("hello there") == ["Anton-Regular.ttf"]
    assert names("hello 😀") == ["Anton-Regular.ttf", "NotoEmoji-Bold.ttf"]
    assert names("مرحبا") == ["NotoSansArabic-Bold.ttf"]
    assert all(path.is_file() for path in caption_document(caption_plan(spoken("x 今 ก א"))).fonts)


def test_no_words_or_no_style_gives_a_document_without_events() -> None:
    plan = caption_plan(spoken("hello"))
    for empty in (
        replace(plan, words=()),
        replace(plan, style=None),
        replace(plan, words=spoken(["\u200b"])),
    ):
        document = caption_document(empty)
        assert "[Events]" in document.ass_text
        assert "Dialogue" not in document.ass_text
        assert document.fonts == ()


def test_a_font_name_cannot_break_the_file() -> None:
    look = replace(caption_styles()["box"], font="Some, Font")
    text = caption_document(caption_plan(spoken("hello"), look)).ass_text
    style = next(line for line in text.splitlines() if line.startswith("Style:"))
    assert style.count(",") == 22


def test_the_same_plan_gives_the_same_document() -> None:
    plan = caption_plan(spoken("nothing changes here at all"), "pop")
    assert caption_document(plan) == caption_document(plan)
