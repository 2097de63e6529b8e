"""Titles over the picture and the texts of cards, drawn by libass together with the name line.

A text breaks where running text may, into lines no wider than most of the frame, and becomes smaller where a
single word is wider than that. Lengths are pixels of the captions' canvas, whose shorter side is 1080.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from viralclip_desktop.compose.captions.ass import Event, alpha, colour, document, escape, number
from viralclip_desktop.compose.captions.breaks import Piece, joined, pieces
from viralclip_desktop.compose.captions.document import CaptionDocument
from viralclip_desktop.compose.captions.events import SHAPE_STYLE, libass_points
from viralclip_desktop.compose.captions.layout import CANVAS_SHORT_SIDE, canvas_size, invisible
from viralclip_desktop.compose.captions.shaping import FontChain, SetWord, font_chain, set_word
from viralclip_desktop.compose.name_line import Lettering, name_line_lettering
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Card
from viralclip_desktop.domain.layers import TitleLayer

_FONT = "Montserrat"
_WIDEST = 0.84  # of the frame's width
_LEADING = 1.2
_OUTLINE_EM = 0.07
_CARD_LAYER, _TITLE_LAYER = 10, 20  # above one another, the name line (0..2) below both


@dataclass(frozen=True, slots=True)
class _Look:
    """How a text is drawn, where its middle lies (shares of the frame) and when it shows."""

    text: str
    within: TimeRange
    x: float
    y: float
    size: float
    font: str
    fill: str
    outline: str = "#00000000"
    opacity: float = 1.0
    fade: Time = ZERO
    layer: int = _TITLE_LAYER


def titles_document(plan: RenderPlan) -> CaptionDocument:
    """The plan's name line, titles and cards; a document without events when it has none."""
    size = canvas_size(plan.aspect)
    letterings = [one for one in (name_line_lettering(plan), *_letterings(plan)) if one is not None]
    if not letterings:
        return CaptionDocument(document(size, {}, ()), ())
    styles = {SHAPE_STYLE: (letterings[0].family.replace(",", " "), 20.0, 0.0)}
    events = [event for one in letterings for event in one.events]
    fonts = frozenset[Path]().union(*(one.fonts for one in letterings))
    return CaptionDocument(document(size, styles, events), tuple(sorted(fonts)))


def _letterings(plan: RenderPlan) -> Iterator[Lettering | None]:
    for planned, place in plan.placed():
        if planned.part.card is not None:
            yield _lettering(_card_look(planned.part.card, TimeRange(place.start, place.end)), plan)
    for title in plan.titles:
        yield _lettering(_title_look(title), plan)


def _card_look(card: Card, within: TimeRange) -> _Look:
    return _Look(card.text, within, 0.5, 0.5, card.size, card.font, card.colour, layer=_CARD_LAYER)


def _title_look(title: TitleLayer) -> _Look:
    return _Look(
        title.text,
        title.range,
        title.x,
        title.y,
        title.size,
        title.font,
        title.colour,
        title.outline,
        title.opacity,
        title.fade,
    )


def _lettering(look: _Look, plan: RenderPlan) -> Lettering | None:
    chain = font_chain(look.font or _FONT, (look.text,), plan.fonts)
    size = canvas_size(plan.aspect)
    em = max(1.0, look.size * CANVAS_SHORT_SIDE)
    lines = [
        line for text in look.text.splitlines() for line in _lines(text, chain, _WIDEST * size.width / em)
    ]
    if not lines:
        return None
    em *= min(1.0, _WIDEST * size.width / em / max(line.advance for line in lines))
    middle, pitch = look.y * size.height, _LEADING * em
    # capitals stand 0.7 em above the baseline: their middle is where the text's middle is seen
    first = middle - (len(lines) - 1) * pitch / 2 + 0.35 * em
    x = look.x * size.width
    events = tuple(
        _event(look, line, em, (x, first + pitch * place), plan.fps) for place, line in enumerate(lines)
    )
    fonts = frozenset(path for line in lines for path in line.files)
    return Lettering(events, fonts, lines[0].runs[0].name)


def _lines(text: str, chain: FontChain, widest_em: float) -> Iterator[SetWord]:
    """A paragraph as lines that fit, each shaped as a whole."""
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


def _event(look: _Look, line: SetWord, em: float, at: tuple[float, float], fps: Fraction) -> Event:
    x, baseline = at[0] + line.lean * em, at[1]
    y = baseline - (line.ascent - line.descent) / 2 * em
    border = 0.0 if invisible(look.outline) else _OUTLINE_EM * em
    fade_ms = round(look.fade.seconds * 1000)
    tags = [
        f"\\an5\\pos({number(x)},{number(y)})\\bord{number(border)}\\shad0",
        f"\\1c{colour(look.fill)}\\1a{alpha(look.fill, look.opacity)}",
        f"\\3c{colour(look.outline)}\\3a{alpha(look.outline, look.opacity)}",
        f"\\fad({fade_ms},{fade_ms})" if fade_ms else "",
    ]
    text = "".join(
        f"{{\\fn{run.name}\\fs{number(libass_points(run.font, em))}}}{escape(run.text)}" for run in line.runs
    )
    start, end = _centiseconds(look.within, fps)
    return Event(look.layer, start, end, SHAPE_STYLE, "".join(tags), text)


def _centiseconds(within: TimeRange, fps: Fraction) -> tuple[int, int]:
    """A range from half a frame before its first frame to half a frame before the one after its last: no
    rounding of times can then show or hide a frame too many."""
    frames = (edge.nearest_frame(fps) for edge in (within.start, within.end))
    start, end = (round((frame - Fraction(1, 2)) / fps * 100) for frame in frames)
    return max(0, start), max(0, end)
