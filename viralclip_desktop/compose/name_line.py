"""The lower third: a name and a line below it on a plate, for a while, as an ASS document of its own.

It stands at the left of the safe area, below the captions where there is room and above them where there is
none, so that neither covers the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from viralclip_desktop.compose.captions.ass import (
    Event,
    alpha,
    colour,
    escape,
    is_dark,
    number,
    rounded_box,
)
from viralclip_desktop.compose.captions.document import laid_out
from viralclip_desktop.compose.captions.events import SHAPE_STYLE, libass_points
from viralclip_desktop.compose.captions.fonts import font_file
from viralclip_desktop.compose.captions.layout import Box, safe_area
from viralclip_desktop.compose.captions.shaping import SetWord, font_chain, set_word
from viralclip_desktop.compose.captions.text import clean
from viralclip_desktop.compose.plan import NameLine, RenderPlan
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.brand import BrandKit

_FONT = "Montserrat"
_TITLE_EM, _SUBTITLE_EM = 50.0, 35.0  # pixels of the canvas, whose shorter side is 1080
_PAD_X, _PAD_Y, _BAR, _RADIUS, _APART = 30.0, 20.0, 10.0, 14.0, 24.0
_LEADING = 1.28
_PLATE, _ACCENT = "#11151DE6", "#FFFFFF"
_FADE_MS = 250


def name_line_of(kit: BrandKit | None, duration: Time, fonts: Sequence[str] = ()) -> NameLine | None:
    """A kit's lower third, as far as the clip lasts; None where there is nothing to show. ``fonts``: the
    kit's font files."""
    line = kit.lower_third if kit is not None else None
    if kit is None or line is None or not (clean(line.title) or clean(line.subtitle)):
        return None
    start = Time.from_seconds(max(0.0, line.start_s))
    end = min(duration, start + Time.from_seconds(max(0.0, line.duration_s)))
    if start >= end:
        return None
    own = next((font for font in map(font_file, fonts) if font is not None), None)
    return NameLine(
        title=clean(line.title),
        subtitle=clean(line.subtitle),
        range=TimeRange(start, end),
        plate=kit.colours[0] if kit.colours else _PLATE,
        accent=kit.colours[1] if len(kit.colours) > 1 else _ACCENT,
        font=own.family if own else _FONT,
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A line of text: shaped, its em in pixels, and its baseline below the plate's top."""

    word: SetWord
    em: float
    baseline: float


@dataclass(frozen=True, slots=True)
class Lettering:
    """Text on the picture: its events, the fonts they need, and the family of the first one."""

    events: tuple[Event, ...]
    fonts: frozenset[Path]
    family: str


def name_line_lettering(plan: RenderPlan) -> Lettering | None:
    """The plan's name line; None without one."""
    line = plan.name_line
    if line is None:
        return None
    rows, box = _set(line, plan)
    left, top, width, height = box.left, box.top, box.right - box.left, box.bottom - box.top
    ink = "#FFFFFF" if is_dark(line.plate) else "#11151D"
    events = (
        _box(line, 0, (left, top), (width, height), line.plate),
        _box(line, 1, (left, top), (_BAR, height), line.accent),
        *(_text(line, row, left + _BAR + _PAD_X, top, ink) for row in rows),
    )
    fonts = frozenset(path for row in rows for path in row.word.files)
    return Lettering(events, fonts, rows[0].word.runs[0].name)


def name_line_box(plan: RenderPlan) -> Box | None:
    """Where the plan's name line stands; None without one."""
    return None if plan.name_line is None else _set(plan.name_line, plan)[1]


def _set(line: NameLine, plan: RenderPlan) -> tuple[list[_Row], Box]:
    """The rows, and the plate under them."""
    safe = safe_area(plan.aspect)
    rows, height = _rows(line, plan, safe.right - safe.left - 2 * _PAD_X - _BAR)
    width = max(row.word.advance * row.em for row in rows) + 2 * _PAD_X + _BAR
    top = _top(plan, height)
    return rows, Box(safe.left, top, safe.left + width, top + height)


def _rows(line: NameLine, plan: RenderPlan, room: float) -> tuple[list[_Row], float]:
    """The rows, made smaller where they are too wide, and the plate's height."""
    chain = font_chain(line.font, (line.title, line.subtitle), plan.fonts)
    rows, y = [], _PAD_Y
    for text, wanted in ((line.title, _TITLE_EM), (line.subtitle, _SUBTITLE_EM)):
        if text:
            word = set_word(text, chain)
            em = min(wanted, room / max(word.advance, 0.01))
            rows.append(_Row(word, em, y + 0.98 * em))
            y += _LEADING * em
    return rows, y + _PAD_Y


def _top(plan: RenderPlan, height: float) -> float:
    safe = safe_area(plan.aspect)
    lowest = safe.bottom - height
    laid = laid_out(plan)
    boxes = [block.box for block in laid.blocks] if laid is not None else []
    if not boxes or max(box.bottom for box in boxes) + _APART <= lowest:
        return lowest
    return max(safe.top, min(box.top for box in boxes) - _APART - height)


def _event(line: NameLine, layer: int, tags: str, text: str) -> Event:
    start, end = round(line.range.start.seconds * 100), round(line.range.end.seconds * 100)
    return Event(layer, start, end, SHAPE_STYLE, f"\\fad({_FADE_MS},{_FADE_MS}){tags}", text)


def _box(line: NameLine, layer: int, at: tuple[float, float], size: tuple[float, float], fill: str) -> Event:
    tags = f"\\an7\\pos({number(at[0])},{number(at[1])})\\1c{colour(fill)}\\1a{alpha(fill)}\\p4"
    radius = _RADIUS if layer == 0 else min(_RADIUS, size[0] / 2)
    return _event(line, layer, tags, rounded_box(size[0], size[1], radius))


def _text(line: NameLine, row: _Row, left: float, top: float, ink: str) -> Event:
    word, em = row.word, row.em
    x = left + (word.advance / 2 + word.lean) * em
    y = top + row.baseline - (word.ascent - word.descent) / 2 * em
    text = "".join(
        f"{{\\fn{run.name}\\fs{number(libass_points(run.font, em))}}}{escape(run.text)}" for run in word.runs
    )
    return _event(line, 2, f"\\an5\\pos({number(x)},{number(y)})\\1c{colour(ink)}", text)
