"""Where the lines of a title stand, and the shapes of what its look lays under them.

Lengths are pixels of the captions' canvas, whose shorter side is 1080; points are (x, y), y downwards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from viralclip_desktop.compose.captions.breaks import Piece, joined, pieces
from viralclip_desktop.compose.captions.layout import CANVAS_SHORT_SIDE, Box, canvas_size
from viralclip_desktop.compose.captions.shaping import FontChain, SetWord, font_chain, set_word
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.domain.layers import TitleLayer, TitleLook

Points = tuple[tuple[float, float], ...]

_FONT = "Montserrat"
_LEADING = 1.2
_CAPITALS = 0.7  # how far capitals stand above the baseline, in ems: their middle is seen as the text's
_SMALLER = 0.62  # the further lines of a lower third against its first one
_MOST_LINES = 3  # on a plate or a card: more is not read in passing
_SMALLEST = 0.6  # a text shrinks so far for that
_PAD_X, _PAD_Y, _RADIUS = 0.5, 0.44, 0.26  # ems
_ALIKE = 1.1  # ems by which two lines of a plate have to differ for a step between them
_BAR, _BAR_GAP = 0.16, 0.34
_BEYOND = 16.0  # pixels of a card's ground outside the frame: its rounded corners
_RULE_WIDTH, _RULE_HEIGHT, _RULE_GAP = 2.2, 0.1, 0.6


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line: shaped, its em in pixels, and where the middle of its letters' box lies."""

    word: SetWord
    em: float
    middle: tuple[float, float]


@dataclass(frozen=True, slots=True)
class SetTitle:
    """A title in its place. ``plate`` and ``accent`` are outlines, empty for none."""

    lines: tuple[SetLine, ...]
    em: float
    box: Box
    """All of it but a card's ground."""
    plate: Points = ()
    accent: Points = ()
    radius: float = field(default=0.0)


@dataclass(frozen=True, slots=True)
class _Row:
    word: SetWord
    em: float

    @property
    def width(self) -> float:
        return self.word.advance * self.em


def title_box(title: TitleLayer, plan: RenderPlan) -> Box | None:
    """Where a title stands; None for one without a letter."""
    laid = set_title(title, plan)
    return None if laid is None else laid.box


def set_title(title: TitleLayer, plan: RenderPlan) -> SetTitle | None:
    """Lay a title out; None for one without a letter."""
    size = canvas_size(plan.aspect)
    rows = _rows(title, font_chain(title.font or _FONT, (title.text,), plan.fonts), size)
    if not rows:
        return None
    em, x, y = rows[0].em, title.x * size.width, title.y * size.height
    match title.look:
        case TitleLook.PLATE:
            return _on_plate(rows, em, (x, y))
        case TitleLook.LOWER_THIRD:
            return _lower_third(rows, em, (x, y))
        case TitleLook.CARD:
            return _card(rows, em, (x, y), size)
        case _:
            lines, box = _centred(rows, em, (x, y))
            return SetTitle(lines, em, box)


# --- lines


def _rows(title: TitleLayer, chain: FontChain, size: Size) -> list[_Row]:
    em = max(1.0, title.size * CANVAS_SHORT_SIDE)
    room = title.width * size.width - _beside(title.look) * em
    rows = _broken(title, chain, em, room)
    if title.look in (TitleLook.PLATE, TitleLook.CARD):
        smallest = em * _SMALLEST
        while len(rows) > _MOST_LINES and em > smallest:
            em *= 0.94
            rows = _broken(title, chain, em, room)
    widest = max((row.width for row in rows), default=0.0)
    shrink = min(1.0, room / widest) if widest else 1.0
    return [_Row(row.word, row.em * shrink) for row in rows]


def _beside(look: TitleLook) -> float:
    """Room beside the letters, in ems."""
    plate = 2 * _PAD_X
    return {TitleLook.PLATE: plate, TitleLook.LOWER_THIRD: plate + _BAR + _BAR_GAP - _PAD_X}.get(look, 0.0)


def _broken(title: TitleLayer, chain: FontChain, em: float, room: float) -> list[_Row]:
    rows = []
    for number, text in enumerate(title.text.splitlines()):
        own = em * _SMALLER if number and title.look is TitleLook.LOWER_THIRD else em
        rows += [_Row(line, own) for line in _even_lines(text, chain, room / own)]
    return rows


def _even_lines(text: str, chain: FontChain, widest_em: float) -> list[SetWord]:
    """A paragraph in as few lines as fit, none much longer than the others."""
    lines = list(_lines(text, chain, widest_em))
    low, high = sum(line.advance for line in lines) / max(1, len(lines)), widest_em
    for _ in range(5 if len(lines) > 1 else 0):
        middle = (low + high) / 2
        tried = list(_lines(text, chain, middle))
        if len(tried) == len(lines) and max(line.advance for line in tried) <= widest_em:
            lines, high = tried, middle
        else:
            low = middle
    return lines


def _lines(text: str, chain: FontChain, widest_em: float) -> Iterator[SetWord]:
    line: list[Piece] = []
    for piece in pieces(text):
        longer = _set([*line, piece], chain)
        if line and longer.advance > widest_em:
            yield _set(line, chain)
            line = [Piece(piece.text, False)]
        else:
            line.append(piece)
    if line:
        yield _set(line, chain)


def _set(line: list[Piece], chain: FontChain) -> SetWord:
    return set_word(joined(line), chain)


# --- looks


def _line(row: _Row, x: float, baseline: float) -> SetLine:
    """A row whose middle is at ``x``."""
    word, em = row.word, row.em
    return SetLine(word, em, (x + word.lean * em, baseline - (word.ascent - word.descent) / 2 * em))


def _baselines(rows: Sequence[_Row], em: float, y: float, leading: float) -> list[float]:
    first = y - (len(rows) - 1) * leading * em / 2 + _CAPITALS / 2 * em
    return [first + leading * em * place for place in range(len(rows))]


def _centred(rows: Sequence[_Row], em: float, at: tuple[float, float]) -> tuple[tuple[SetLine, ...], Box]:
    x, y = at
    baselines = _baselines(rows, em, y, _LEADING)
    half = max(row.width for row in rows) / 2
    lines = tuple(_line(row, x, baseline) for row, baseline in zip(rows, baselines, strict=True))
    return lines, Box(x - half, baselines[0] - _CAPITALS * em, x + half, baselines[-1] + 0.2 * em)


def _on_plate(rows: Sequence[_Row], em: float, at: tuple[float, float]) -> SetTitle:
    """One plate that follows the lines' widths."""
    lines, box = _centred(rows, em, at)
    baselines, x = _baselines(rows, em, at[1], _LEADING), at[0]
    halves = [width / 2 + _PAD_X * em for width in _levelled([row.width for row in rows], _ALIKE * em)]
    tops = [baseline - (_CAPITALS + _PAD_Y) * em for baseline in baselines]
    bottoms = [baseline + _PAD_Y * em for baseline in baselines]
    right = [(x + halves[0], tops[0])]
    for place, (half, following) in enumerate(pairwise(halves)):
        if half != following:  # the wider line's edge is where they part
            y = bottoms[place] if half > following else tops[place + 1]
            right += [(x + half, y), (x + following, y)]
    right.append((x + halves[-1], bottoms[-1]))
    plate = (*right, *((2 * x - px, py) for px, py in reversed(right)))
    box = Box(x - max(halves), tops[0], x + max(halves), bottoms[-1])
    return SetTitle(lines, em, box, plate, radius=_RADIUS * em)


def _levelled(widths: Sequence[float], alike: float) -> list[float]:
    """Lines that differ a little become as wide as their neighbour: a small step looks like a mistake."""
    level = list(widths)
    for _ in widths:
        for here in range(len(level) - 1):
            if abs(level[here] - level[here + 1]) < alike:
                level[here] = level[here + 1] = max(level[here : here + 2])
    return level


def _lower_third(rows: Sequence[_Row], em: float, at: tuple[float, float]) -> SetTitle:
    """Lines from one left edge on, the first one large, on a plate with a bar at its left."""
    left, middle = at
    pad_y = _PAD_Y * em
    heights = [_LEADING * row.em for row in rows]
    height = sum(heights) - (_LEADING - 1) * rows[-1].em + 2 * pad_y - 0.3 * em
    top = middle - height / 2
    text_left = left + (_BAR + _BAR_GAP) * em
    lines, y = [], top + pad_y
    for row, tall in zip(rows, heights, strict=True):
        lines.append(_line(row, text_left + row.width / 2, y + _CAPITALS * row.em))
        y += tall
    right = text_left + max(row.width for row in rows) + _PAD_X * em
    box = Box(left, top, right, top + height)
    bar = Box(left, top, left + _BAR * em, top + height)
    return SetTitle(tuple(lines), em, box, _corners(box), _corners(bar), radius=0.14 * em)


def _card(rows: Sequence[_Row], em: float, at: tuple[float, float], size: Size) -> SetTitle:
    lines, box = _centred(rows, em, at)
    x, top = at[0], box.bottom + (_RULE_GAP - 0.2) * em
    half = _RULE_WIDTH * em / 2
    rule = Box(x - half, top, x + half, top + _RULE_HEIGHT * em)
    ground = Box(-_BEYOND, -_BEYOND, size.width + _BEYOND, size.height + _BEYOND)
    whole = Box(min(box.left, rule.left), box.top, max(box.right, rule.right), rule.bottom)
    return SetTitle(lines, em, whole, _corners(ground), _corners(rule), radius=_RULE_HEIGHT * em / 2)


def _corners(box: Box) -> Points:
    return (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom), (box.left, box.top)
