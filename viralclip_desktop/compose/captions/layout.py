"""Phrases -> words with exact places on the picture, inside the safe area.

All lengths are pixels of the canvas (the picture at a shorter side of 1080), y downwards.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from viralclip_desktop.compose.captions.bidi import direction, visual_order
from viralclip_desktop.compose.captions.fonts import face_of
from viralclip_desktop.compose.captions.phrases import Measure, Phrase, line_em
from viralclip_desktop.compose.captions.shaping import FontChain
from viralclip_desktop.compose.captions.tokens import Token
from viralclip_desktop.core.geometry import Aspect, Size, frame_size
from viralclip_desktop.domain.captions import CaptionAnimation, CaptionStyle, TextCase

CANVAS_SHORT_SIDE = 1080
_CLEAR_EM = 0.06  # least free height between the ink of two lines
HOP_EM = 0.16  # how high a bouncing word hops
UNDERLINE_EM, UNDERLINE_GAP_EM = 0.09, 0.05  # thickness of the line below a word, and its distance
_OVERSHOOT_EM = 0.08  # accents may rise this far above plain letters before boxes grow for them


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle by its edges."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def centre(self) -> tuple[float, float]:
        """The middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by_x: float, by_y: float) -> Box:
        """The box with ``by_x`` more on the left and right, and ``by_y`` more above and below."""
        return Box(self.left - by_x, self.top - by_y, self.right + by_x, self.bottom + by_y)

    def moved(self, down: float) -> Box:
        """The same box lower down (or, below zero, higher up)."""
        return Box(self.left, self.top + down, self.right, self.bottom + down)


# Shares of the picture's width (each side) and height (top, bottom) that captions keep free.
# 9:16 is the union of what the apps cover: TikTok 130 px above, 320-350 px below, 120-164 px at the right
# of 1080x1920; Reels 108-220 px above, 310-450 px below, 120 px at the right; Shorts 120 and 300 px
# (published creator guides, 2025-26). The right margin is kept on the left too, so that text stays centred.
# The others are the graphics-safe area of EBU R 95, 5 % on each side.
_MARGINS = {
    Aspect.VERTICAL: (0.12, 0.115, 0.22),
    Aspect.PORTRAIT: (0.06, 0.05, 0.06),
    Aspect.SQUARE: (0.06, 0.05, 0.06),
    Aspect.WIDE: (0.05, 0.05, 0.05),
}


def safe_area(aspect: Aspect) -> Box:
    """The part of the canvas that no app covers and no screen cuts."""
    size = canvas_size(aspect)
    side, top, bottom = _MARGINS[aspect]
    return Box(side * size.width, top * size.height, (1 - side) * size.width, (1 - bottom) * size.height)


def canvas_size(aspect: Aspect) -> Size:
    """The size captions are laid out on."""
    return frame_size(aspect, CANVAS_SHORT_SIDE)


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word's place. ``x`` is the middle of its advance, ``baseline`` the line it stands on."""

    token: Token
    index: int
    """Which word of the phrase it is."""
    x: float
    baseline: float
    width: float
    mark: str
    """An invisible direction mark to put in front of the text."""
    box: Box
    """From left to right edge, and as high as its line."""
    room: float
    """The free width on each side until the next word."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a phrase takes up about its position, with all that its style draws, in pixels."""

    above: float
    below: float
    half_width: float


@dataclass(frozen=True, slots=True)
class Block:
    """A phrase on the picture. ``em`` is its font size after any shrinking, ``middle`` the height in pixels
    that its position means once it is held in the safe area, with ``room`` about it."""

    phrase: Phrase
    words: tuple[PlacedWord, ...]
    box: Box
    em: float
    right_to_left: bool
    middle: float
    room: Room


@dataclass(frozen=True, slots=True)
class Setting:
    """A style on a canvas: what every phrase of a clip shares."""

    style: CaptionStyle
    size: Size
    safe: Box
    em: float
    measure: Measure
    ascent: float
    """Height of plain letters above the baseline, in ems."""
    descent: float
    right_to_left: bool
    """The direction of the clip's text, for lines that have none of their own."""


def setting_of(style: CaptionStyle, aspect: Aspect, chain: FontChain, texts: Sequence[str]) -> Setting:
    """Works out what all phrases share."""
    size, safe = canvas_size(aspect), safe_area(aspect)
    em = style.size * CANVAS_SHORT_SIDE
    face = face_of(chain.primary)
    width = min(style.max_width_share * size.width, safe.right - safe.left) - 2 * side_padding_em(style) * em
    space = max(face.measure(" ").advance, 0.22) + style.letter_spacing_em + _extra_space_em(style)
    measure = Measure(width / em, space, max(1, style.max_words), max(1, min(2, style.max_lines)))
    capitals = style.case is TextCase.UPPER
    ascent = face.cap_height + (0.0 if capitals else 0.04)
    first = next((side for side in map(direction, texts) if side), "L")
    return Setting(style, size, safe, em, measure, ascent, 0.0 if capitals else 0.2, first == "R")


def _extra_space_em(style: CaptionStyle) -> float:
    """More room between words where the spoken one grows or has a pill around it."""
    if style.animation is CaptionAnimation.BOX:
        return style.box_padding_em * 0.75
    growing = style.animation in (CaptionAnimation.POP, CaptionAnimation.BOUNCE) and style.grow > 1
    return 0.12 if growing else 0.0


def side_padding_em(style: CaptionStyle) -> float:
    """Room a style needs beside its text: outline, pill or phrase box."""
    boxed = not (invisible(style.box) and invisible(style.active_box))
    return max(style.outline_em, style.box_padding_em if boxed else 0.0)


def invisible(colour: str) -> bool:
    """Whether a colour is fully transparent."""
    return len(colour) == 9 and colour.lower().endswith("00")


def place(phrase: Phrase, setting: Setting, position: float | None = None) -> Block:
    """A phrase's words on the picture: lines centred, the middle of the block at ``position`` (a share of the
    picture's height; the style's by default), all of it held inside the safe area."""
    em = setting.em * phrase.shrink
    base = _base_direction(phrase, setting)
    at = setting.style.position if position is None else position
    baselines = _baselines(phrase, setting, at)
    words: list[PlacedWord] = []
    for tokens, baseline in zip(phrase.lines, baselines, strict=True):
        tall, deep = _ink(phrase.tokens[slice(*tokens)], setting)
        line = _Line(range(*tokens), baseline, baseline - tall * em, baseline + deep * em)
        words.extend(_place_line(phrase, line, em, setting, base))
    boxes = [word.box for word in words]
    box = Box(
        min(box.left for box in boxes),
        boxes[0].top,
        max(box.right for box in boxes),
        boxes[-1].bottom,
    )
    room = room_of(phrase, setting)
    return Block(phrase, tuple(words), box, em, base == "R", held_in(setting, room, at), room)


def _base_direction(phrase: Phrase, setting: Setting) -> str:
    sides = (direction(token.word.text) for token in phrase.tokens)
    return next((side for side in sides if side), "R" if setting.right_to_left else "L")


def _ink(tokens: Sequence[Token], setting: Setting) -> tuple[float, float]:
    """Height and depth of the words in ems: plain letters', more only where marks reach well beyond."""
    top = max(token.word.top for token in tokens)
    bottom = max(token.word.bottom for token in tokens)
    return (
        top if top > setting.ascent + _OVERSHOOT_EM else setting.ascent,
        bottom if bottom > setting.descent + _OVERSHOOT_EM else setting.descent,
    )


def room_of(phrase: Phrase, setting: Setting) -> Room:
    """The room a phrase needs."""
    em = setting.em * phrase.shrink
    tall, deep = _ink(phrase.tokens, setting)
    first, rest = lines_about(phrase, setting)
    sides = side_padding_em(setting.style)
    pad = sides + _moving_room_em(setting.style)
    widest = max(line_em(phrase.tokens[slice(*line)], setting.measure) for line in phrase.lines)
    return Room((tall + pad) * em - first, first + rest + (deep + pad) * em, (widest / 2 + sides) * em)


def held_in(setting: Setting, room: Room, position: float) -> float:
    """Where the middle of a block stands (pixels from the top) that should be at ``position``, a share of
    the picture's height: as near as the safe area lets it."""
    highest, lowest = setting.safe.top + room.above, setting.safe.bottom - room.below
    return max(highest, min(position * setting.size.height, lowest))


def _baselines(phrase: Phrase, setting: Setting, position: float) -> list[float]:
    """The baseline of each line. Plain letters decide where the block stands, so that an accent doesn't
    make captions jump; the safe area is kept by all ink."""
    first, rest = lines_about(phrase, setting)
    first += held_in(setting, room_of(phrase, setting), position)
    pitch = rest / max(1, len(phrase.lines) - 1)
    return [first + pitch * number for number in range(len(phrase.lines))]


def lines_about(phrase: Phrase, setting: Setting) -> tuple[float, float]:
    """The first baseline below the block's middle, and how much deeper the last one is, in pixels."""
    em = setting.em * phrase.shrink
    tall, deep = _ink(phrase.tokens, setting)
    pitch = max(setting.style.line_spacing, tall + deep + _CLEAR_EM) * em
    rest = (len(phrase.lines) - 1) * pitch
    return -(rest + (setting.descent - setting.ascent) * em) / 2, rest


def _moving_room_em(style: CaptionStyle) -> float:
    """Room above and below the letters for what the spoken word does."""
    if style.animation is CaptionAnimation.UNDERLINE:
        return max(0.0, UNDERLINE_GAP_EM + UNDERLINE_EM - side_padding_em(style))
    grown = max(0.0, (style.grow - 1) / 2)
    if style.animation is CaptionAnimation.BOUNCE:
        return HOP_EM + grown
    return grown if style.animation is CaptionAnimation.POP else 0.0


@dataclass(frozen=True, slots=True)
class _Line:
    """Which tokens stand on a line, and where it is."""

    tokens: range
    baseline: float
    top: float
    bottom: float


def _place_line(phrase: Phrase, line: _Line, em: float, setting: Setting, base: str) -> list[PlacedWord]:
    """The words of one line from left to right, the line centred."""
    first = line.tokens.start
    order = visual_order([phrase.tokens[at].word.text for at in line.tokens], base)
    gaps = [_gap(phrase, first + a, first + b, setting) * em for (a, _), (b, _) in pairwise(order)]
    width = sum(gaps) + sum(phrase.tokens[at].word.advance for at in line.tokens) * em
    left = (setting.safe.left + setting.safe.right - width) / 2
    shift = setting.style.letter_spacing_em * em / 2  # libass leaves the last letter's spacing behind it
    placed = []
    for number, (at, mark) in enumerate(order):
        token = phrase.tokens[first + at]
        wide = token.word.advance * em
        box = Box(left, line.top, left + wide, line.bottom)
        free = [gaps[side] for side in (number - 1, number) if 0 <= side < len(gaps)]
        room = max(0.0, min(*free, *_free_sides(box, em, setting)))
        x = left + wide / 2 + shift
        placed.append(PlacedWord(token, first + at, x, line.baseline, wide, mark, box, room))
        left += wide + (gaps[number] if number < len(gaps) else 0.0)
    return placed


def _free_sides(box: Box, em: float, setting: Setting) -> tuple[float, float]:
    """The free widths between a word, with what its style draws beside it, and the safe area's sides."""
    pad = side_padding_em(setting.style) * em
    return box.left - pad - setting.safe.left, setting.safe.right - box.right - pad


def _gap(phrase: Phrase, one: int, other: int, setting: Setting) -> float:
    """The space between two words that stand side by side, in ems."""
    later = phrase.tokens[max(one, other)]
    return setting.measure.space_em if later.spaced else 0.0
