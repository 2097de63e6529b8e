"""Captions as libass really draws them: read back from pixels."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from support.caption_pictures import bounds, caption_plan, ink, near, picture, spoken

from viralclip_desktop.compose.captions.fonts import bundled_font
from viralclip_desktop.compose.captions.layout import safe_area
from viralclip_desktop.compose.captions.shaping import font_chain, set_word
from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.domain.captions import CaptionAnimation, CaptionStyle
from viralclip_desktop.features.captions import caption_styles

STYLES = caption_styles()
PLAIN = replace(
    STYLES["minimal"],
    font="Montserrat ExtraBold",
    outline_em=0.0,
    shadow="#00000000",
    fill="#FFFFFF",
    size=0.08,
)
"""White letters and nothing else, so that pixels are easy to read."""


def extent_px(text: str, style: CaptionStyle = PLAIN) -> tuple[float, float]:
    """Advance and height above the baseline in pixels at a shorter side of 1080."""
    word = set_word(text, font_chain(style.font, [text]), style.letter_spacing_em)
    return word.advance * style.size * 1080, word.top * style.size * 1080


@pytest.mark.parametrize(
    "text", ["HxHxH", "ILLNESS", "שלום", "مرحبا", "في", "हिन्दी", "สวัสดี", "今天天气", "한국어"]
)
def test_words_are_drawn_where_and_as_large_as_measured(text: str) -> None:
    style = replace(PLAIN, position=0.5)
    left, top, right, _ = bounds(ink(picture(caption_plan(spoken([text]), style), 0.3, 1080, "black")))
    advance, height = extent_px(text)
    baseline = 960 + (0.70 + 0.04 - 0.2) / 2 * style.size * 1080
    assert right - left == pytest.approx(advance, abs=0.17 * style.size * 1080)
    assert (left + right) / 2 == pytest.approx(540, abs=0.1 * style.size * 1080)
    assert top == pytest.approx(baseline - height, abs=3)


@pytest.mark.parametrize(
    ("style", "factor"), [*((style, 2) for style in sorted(STYLES)), ("karaoke", 4), ("soft", 4)]
)
def test_the_same_document_gives_the_same_picture_at_every_size(style: str, factor: int) -> None:
    plan = caption_plan(spoken("but the first thousand dollars"), style)
    small, large = picture(plan, 1.3, 540), picture(plan, 1.3, 540 * factor)
    shrunk = large.reshape(960, factor, 540, factor, 3).mean(axis=(1, 3))
    assert ssim(small.mean(axis=2), shrunk.mean(axis=2)) > 0.98
    edges = np.array(bounds(ink(small, 100))) - np.array(bounds(ink(large, 100))) / factor
    assert np.abs(edges).max() <= 1.5


@pytest.mark.parametrize("background", ["white", "black"])
@pytest.mark.parametrize("style", sorted(STYLES))
def test_every_style_is_seen_on_white_and_black(style: str, background: str) -> None:
    image = picture(caption_plan(spoken("nobody tells you this"), style), 0.7, 540, background)
    contrast = np.abs(image - image[0, 0]).max(axis=2)
    assert (contrast > 120).sum() > 1200


@pytest.mark.parametrize("aspect", list(Aspect))
@pytest.mark.parametrize("style", ["bold", "soft"])
def test_nothing_is_drawn_outside_the_safe_area(style: str, aspect: Aspect) -> None:
    look = replace(STYLES[style], position=1.0, shadow="#00000000")
    safe = safe_area(aspect)
    plan = caption_plan(spoken("https://www.example.com/a/very/long/address/indeed jumping"), look, aspect)
    left, top, right, bottom = bounds(ink(picture(plan, 0.2, 540)))
    assert left >= safe.left / 2 - 1
    assert right <= safe.right / 2 + 1
    assert top >= safe.top / 2 - 1
    assert bottom <= safe.bottom / 2 + 1


SPECIALS = [
    "{b1}",
    "a\\Nb",
    "c\\nd",
    "e\\hf",
    "{\\an8}",
    "100%",
    '"quote"',
    "it's",
    "back\\",
    "\\{x",
    "<i>",
    "&amp;",
    "#$@",
]


@pytest.mark.parametrize("text", SPECIALS)
def test_special_characters_take_the_room_they_have(text: str) -> None:
    found = bounds(
        ink(picture(caption_plan(spoken([text]), replace(PLAIN, position=0.5)), 0.3, 540, "black"))
    )
    advance, _ = extent_px(text)
    assert found[2] - found[0] == pytest.approx(advance / 2, abs=7)
    assert found[3] - found[1] < 1.1 * PLAIN.size * 540


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("Nobody tells you", "Nobody tells you"),
        ("It costs 100% {more} today", "It costs 100% {more} today"),
        ('He said "C:\\Name" loudly', 'He said "C:\\Name" loudly'),
    ],
)
def test_captions_are_read_as_typed(said: str, read: str, tmp_path: Path) -> None:
    style = replace(PLAIN, size=0.06, fill="#000000", font="Noto Sans Bold")
    image = picture(caption_plan(spoken(said), style, Aspect.WIDE), 0.5, 1080, "white")
    assert ocr(image, tmp_path) == read


@pytest.mark.parametrize(
    ("said", "drawn"),
    [("❤️", "❤"), ("😀\ufe0f", "😀"), ("😀‍🧀", "😀")],
)
def test_emoji_sequences_that_have_no_picture_are_drawn_as_their_first_emoji(said: str, drawn: str) -> None:
    look = replace(PLAIN, position=0.5)
    given, plain = (picture(caption_plan(spoken([text]), look), 0.3, 540, "black") for text in (said, drawn))
    assert (given == plain).all()
    assert ink(given).sum() > 80


@pytest.mark.parametrize(
    ("said", "first"),
    [("👨‍👩‍👧‍👦", "👨"), ("🏳️‍🌈", "🏳"), ("👩🏿‍🚀", "👩"), ("1️⃣", "1"), ("👩‍💻", "👩"), ("🇩🇪", "😀")],
)
def test_joined_emoji_are_drawn_as_one_picture(said: str, first: str) -> None:
    look = replace(PLAIN, position=0.5)
    whole, other, one = (
        ink(picture(caption_plan(spoken([text]), look), 0.3, 540, "black")) for text in (said, first, "😀")
    )
    left, _, right, _ = bounds(whole)
    single = bounds(one)
    assert whole.shape != other.shape or (whole != other).any()
    assert right - left == pytest.approx(single[2] - single[0], rel=0.25)


def test_each_emoji_has_a_picture_of_its_own() -> None:
    image = picture(caption_plan(spoken(["😀✅🇩🇪"]), replace(PLAIN, position=0.5)), 0.3, 540, "black")
    left, top, right, bottom = bounds(ink(image))
    third = (right - left) // 3
    pictures = [image[top:bottom, left + third * n : left + third * (n + 1)] for n in range(3)]
    assert all(ink(part, 60).sum() > 80 for part in pictures)
    assert np.abs(pictures[0] - pictures[1]).mean() > 10
    assert np.abs(pictures[1] - pictures[2]).mean() > 10


def test_a_sweep_fills_the_word_from_its_beginning() -> None:
    look = replace(STYLES["karaoke"], shadow="#00000000")
    for text, side in (("mountains", "left"), ("שלומותיהם", "right")):
        image = picture(caption_plan(spoken([text], 1.0), look), 0.5, 1080, "0x406080")
        sung, rest = near(image, look.active_fill), near(image, look.fill)
        sung_middle = np.flatnonzero(sung.any(axis=0)).mean()
        rest_middle = np.flatnonzero(rest.any(axis=0)).mean()
        assert (sung_middle < rest_middle) == (side == "left")
        assert bounds(sung)[2 if side == "left" else 0] == pytest.approx(540, abs=30)


def test_a_popping_word_moves_no_other() -> None:
    look = replace(STYLES["pop"], shadow="#00000000")
    plan = caption_plan(spoken("one two three", 0.5), look, Aspect.WIDE)
    before, during = picture(plan, 0.3, 1080), picture(plan, 0.8, 1080)
    spoken_first, rest = bounds(near(before, look.active_fill)), bounds(near(before, look.fill))
    later_first = bounds(near(during, look.fill)[:, : rest[0]])
    assert rest[2] == bounds(near(during, look.fill))[2]
    assert spoken_first[2] - spoken_first[0] > 1.05 * (later_first[2] - later_first[0])
    assert spoken_first[2] < rest[0] - 4


def test_the_pill_sits_behind_the_spoken_word() -> None:
    look = STYLES["box"]
    plan = caption_plan(spoken("alpha beta gamma", 0.5), look)
    places = [bounds(near(picture(plan, at, 1080), look.active_box, 12)) for at in (0.3, 0.8, 1.3)]
    assert places[0][2] <= places[1][0] + 4
    assert places[0] != places[2]
    heights = {bottom - top for _, top, _, bottom in places}
    assert max(heights) - min(heights) <= 2


def test_the_drawn_colours_are_those_of_the_style() -> None:
    look = replace(PLAIN, fill="#FF3B30", animation=CaptionAnimation.NONE)
    image = picture(caption_plan(spoken("HHHH"), look), 0.5, 1080, "black")
    assert near(image, "#FF3B30", 6).sum() > 3000


def test_captions_come_and_go_with_the_words() -> None:
    plan = caption_plan(spoken("hello there", start_s=1.0), "minimal", Aspect.SQUARE)
    shown = [bool(ink(picture(plan, at)).any()) for at in (0.9, 1.2, 2.7)]
    assert shown == [False, True, False]


def test_every_preset_font_is_the_one_that_is_drawn() -> None:
    widths = set()
    for style in STYLES.values():
        font = bundled_font(style.font)
        assert font is not None
        look = replace(PLAIN, font=font.name, position=0.5)
        found = bounds(ink(picture(caption_plan(spoken(["HAMBURG"]), look), 0.3, 540, "black")))
        beside = 8  # the room that a typewriter's letters have at their sides
        assert found[2] - found[0] == pytest.approx(extent_px("HAMBURG", look)[0] / 2, abs=beside)
        widths.add(found[2] - found[0])
    assert len(widths) >= 4


def ssim(one: np.ndarray, other: np.ndarray, window: int = 8) -> float:
    """Mean structural similarity over square windows (Wang et al. 2004), grey values 0..255."""

    def blocks(image: np.ndarray) -> np.ndarray:
        height, width = (side // window * window for side in image.shape)
        cut = image[:height, :width].reshape(height // window, window, width // window, window)
        return cut.transpose(0, 2, 1, 3).reshape(-1, window * window)

    a, b = blocks(one.astype(float)), blocks(other.astype(float))
    mean_a, mean_b = a.mean(axis=1), b.mean(axis=1)
    covariance = ((a - mean_a[:, None]) * (b - mean_b[:, None])).mean(axis=1)
    top = (2 * mean_a * mean_b + 6.5025) * (2 * covariance + 58.5225)
    bottom = (mean_a**2 + mean_b**2 + 6.5025) * (a.var(axis=1) + b.var(axis=1) + 58.5225)
    return float((top / bottom).mean())


def ocr(image: np.ndarray, folder: Path) -> str:
    """What tesseract reads in a picture."""
    height, width, _ = image.shape
    path = folder / "caption.ppm"
    path.write_bytes(f"P6 {width} {height} 255\n".encode() + image.astype(np.uint8).tobytes())
    command = ["tesseract", str(path), "-", "--psm", "11", "-l", "eng"]
    done = subprocess.run(command, capture_output=True, check=True)
    text = " ".join(done.stdout.decode("utf-8").split())
    return text.replace("“", '"').replace("”", '"').replace("‘", "'").replace("’", "'")
