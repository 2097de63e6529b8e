"""What the spoken word does in the newer styles, read back from pixels."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from support.caption_pictures import bounds, caption_plan, ink, near, picture, spoken

from viralclip_desktop.core.resources import resource
from viralclip_desktop.domain.captions import CaptionEntrance, CaptionExit, CaptionStyle
from viralclip_desktop.features.captions import caption_styles

STYLES = caption_styles()
CLEAR = "#00000000"


def plain(style: str, **values: object) -> CaptionStyle:
    """A style without what makes pixels hard to read."""
    look = replace(STYLES[style], shadow=CLEAR, glow=CLEAR, entrance=CaptionEntrance.NONE)
    return replace(look, **values)  # type: ignore[arg-type]


def test_a_bouncing_word_hops_and_comes_back() -> None:
    look = plain("bounce", grow=1.0)
    plan = caption_plan(spoken("one two three", 0.6), look)
    tops = [bounds(near(picture(plan, at, 1080), look.active_fill))[1] for at in (0.67, 0.98)]
    resting = bounds(near(picture(plan, 1.05, 1080), look.active_fill))[1]
    assert tops[0] < resting - 8
    assert tops[1] == pytest.approx(resting, abs=3)


def test_a_hop_leaves_the_other_words_and_the_letters_alone() -> None:
    look = plain("bounce", grow=1.0)
    plan = caption_plan(spoken("HHH HHH HHH", 0.6), look)
    before, during = picture(plan, 0.3, 1080), picture(plan, 0.67, 1080)
    third = bounds(near(before, look.fill))[2]
    assert bounds(near(during, look.fill))[2] == third
    left, top, right, bottom = bounds(near(during, look.active_fill))
    lefts = [
        np.flatnonzero(near(during, look.active_fill)[row, left:right])[0] for row in (top + 3, bottom - 3)
    ]
    assert abs(int(lefts[0]) - int(lefts[1])) <= 1


@pytest.mark.parametrize("style", ["reveal", "typewriter"])
def test_words_come_on_when_they_are_spoken(style: str) -> None:
    look = plain(style, box=CLEAR, keyword_fill=CLEAR)
    plan = caption_plan(spoken("one two three", 0.6), look)
    widths = []
    for at in (0.55, 1.15, 1.75):
        left, _, right, _ = bounds(ink(picture(plan, at, 540), 100))
        widths.append(right - left)
    assert widths[0] < 0.6 * widths[1] < 0.8 * widths[2]


@pytest.mark.parametrize("text", ["typewriter", "مرحبا", "สวัสดี"])
def test_letters_are_typed_without_moving(text: str) -> None:
    look = plain("typewriter", box=CLEAR)
    plan = caption_plan(spoken([text], 1.0), look)
    whole, half = ink(picture(plan, 1.05, 540), 100), ink(picture(plan, 0.5, 540), 100)
    assert 0.2 < half.sum() / whole.sum() < 0.8
    assert not (half & ~whole).any()


def test_a_highlighter_runs_along_with_the_voice_and_stays() -> None:
    look = plain("marker")
    plan = caption_plan(spoken("alpha beta gamma", 0.5), look)
    reached = [bounds(near(picture(plan, at, 540), look.active_box, 12))[2] for at in (0.25, 0.75, 1.6)]
    assert reached == sorted(reached)
    begins = {bounds(near(picture(plan, at, 540), look.active_box, 12))[0] for at in (0.25, 0.75, 1.6)}
    assert max(begins) - min(begins) <= 1
    assert near(picture(plan, 1.6, 540), look.fill, 12).sum() < 20


def test_a_line_runs_out_below_the_spoken_word() -> None:
    look = plain("underline")
    plan = caption_plan(spoken("hhhhh hhhhh", 0.6), look)
    early, late = (bounds(near(picture(plan, at, 1080), look.active_box)) for at in (0.05, 0.4))
    assert early[2] - early[0] < late[2] - late[0]
    letters = bounds(near(picture(plan, 0.4, 1080), look.fill))
    assert late[1] >= letters[3] - 2


def test_the_second_line_has_its_own_colour() -> None:
    look = plain("duo")
    image = picture(caption_plan(spoken("everything that you know is wrong", 0.3), look), 0.5, 540)
    first, second = bounds(near(image, look.fill)), bounds(near(image, look.second_fill))
    assert first[3] <= second[1] + 2


def test_key_words_stand_out_and_may_be_named() -> None:
    look = plain("reveal")
    named = replace(look, keywords=("lost",))
    for style, word in ((look, 3), (named, 1)):
        plan = caption_plan(spoken("I lost all 3000 now", 0.4), style)
        seen = [
            bool(near(picture(plan, 0.4 * n + 0.3, 540), look.keyword_fill).any()) for n in range(word + 1)
        ]
        assert seen == [False] * word + [True]


def test_a_phrase_fades_only_after_its_last_word() -> None:
    look = plain("subtitle", exit=CaptionExit.FADE)
    plan = caption_plan(spoken("hello there", 0.5), look)
    strength = [np.abs(picture(plan, at, 270) - 128).sum() for at in (0.9, 1.0, 1.22)]
    assert strength[1] == pytest.approx(strength[0], rel=0.02)
    assert strength[2] < 0.7 * strength[0]
    following = caption_plan(
        (*spoken("hello there. ", 0.5), *spoken("again", 0.5, 1.0)), replace(look, max_words=2)
    )
    assert np.abs(picture(following, 0.98, 270) - 128).sum() > 0.9 * strength[0]


def test_emoji_may_be_left_out() -> None:
    look = plain("minimal", emoji=False)
    with_one, without = (picture(caption_plan(spoken(text), look), 0.3, 270) for text in ("fine 😀", "fine"))
    assert (with_one == without).all()


def test_a_glow_reaches_around_the_letters() -> None:
    glowing = replace(STYLES["neon"], shadow=CLEAR, entrance=CaptionEntrance.NONE)
    plain_look = replace(glowing, glow=CLEAR)
    inks = [
        ink(picture(caption_plan(spoken("glow"), one), 0.3, 540, "black"), 30)
        for one in (glowing, plain_look)
    ]
    assert inks[0].sum() > 1.5 * inks[1].sum()


def test_a_brands_own_font_is_drawn_as_measured(tmp_path) -> None:
    from viralclip_desktop.compose.captions.shaping import font_chain, set_word

    path = tmp_path / "brand.ttf"
    path.write_bytes(resource("fonts", "CourierPrime-Bold.ttf").read_bytes())
    _rename(path, "North Brand Bold")
    look = plain("minimal", font="North Brand Bold", outline_em=0.0, size=0.08, position=0.5)
    plan = replace(caption_plan(spoken(["HAMBURG"]), look), fonts=(str(path), str(tmp_path / "gone.ttf")))
    left, _, right, _ = bounds(ink(picture(plan, 0.3, 1080, "black")))
    chain = font_chain(look.font, ["HAMBURG"], plan.fonts)
    assert chain.primary.file == str(path)
    assert right - left == pytest.approx(set_word("HAMBURG", chain).advance * look.size * 1080, abs=12)


def _rename(path, name: str) -> None:
    from fontTools.ttLib import TTFont

    with TTFont(path) as font:
        for record in (1, 4, 6):
            font["name"].setName(name.replace(" ", "") if record == 6 else name, record, 3, 1, 0x409)
        font.save(path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)
