"""Titles over the picture, bars of progress and the texts of cards, drawn by libass with the name line.

A text breaks where running text may, into lines of about one length, no wider than its layer says, and
becomes smaller where a single word is wider than that. Lengths are pixels of the captions' canvas, whose
shorter side is 1080.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

from viralclip_desktop.compose.captions.ass import (
    Event,
    alpha,
    colour,
    document,
    escape,
    number,
    rounded_box,
    rounded_outline,
)
from viralclip_desktop.compose.captions.document import CaptionDocument
from viralclip_desktop.compose.captions.events import SHAPE_STYLE, libass_points
from viralclip_desktop.compose.captions.layout import CANVAS_SHORT_SIDE, canvas_size, invisible
from viralclip_desktop.compose.name_line import Lettering, name_line_lettering
from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.compose.title_motion import Pose, poses
from viralclip_desktop.compose.title_setting import Points, SetLine, SetTitle, set_title
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.clip import Card
from viralclip_desktop.domain.layers import ProgressLayer, TitleLayer, TitleLook, TitleMotion

_OUTLINE_EM = 0.07
_CARD_LAYER, _PROGRESS_LAYER, _TITLE_LAYER = 10, 14, 20  # above one another, the name line (0..2) below all


def titles_document(plan: RenderPlan) -> CaptionDocument:
    """The plan's name line, titles, bars and cards; a document without events when it has none."""
    size = canvas_size(plan.aspect)
    letterings = [one for one in (name_line_lettering(plan), *_letterings(plan)) if one is not None]
    bars = [event for bar in plan.progress for event in _bar(bar, plan)]
    if not letterings and not bars:
        return CaptionDocument(document(size, {}, ()), ())
    family = letterings[0].family.replace(",", " ") if letterings else "Montserrat"
    events = [event for one in letterings for event in one.events]
    fonts = frozenset[Path]().union(*(one.fonts for one in letterings))
    styles = {SHAPE_STYLE: (family, 20.0, 0.0)}
    return CaptionDocument(document(size, styles, [*bars, *events]), tuple(sorted(fonts)))


def _letterings(plan: RenderPlan) -> Iterator[Lettering | None]:
    for planned, place in plan.placed():
        if planned.part.card is not None:
            title = _card_title(planned.part.card, TimeRange(place.start, place.end))
            yield _lettering(title, plan, _CARD_LAYER)
    for place_above, title in enumerate(plan.titles):
        yield _lettering(title, plan, _TITLE_LAYER + 3 * place_above)


def _card_title(card: Card, within: TimeRange) -> TitleLayer:
    """A card's text as a title of its range."""
    return TitleLayer(
        "", card.text, within, size=card.size, colour=card.colour, outline="#00000000", font=card.font
    )


def _lettering(title: TitleLayer, plan: RenderPlan, layer: int) -> Lettering | None:
    laid = set_title(title, plan)
    if laid is None:
        return None
    fonts = frozenset(path for line in laid.lines for path in line.word.files)
    return Lettering(tuple(_events(title, laid, plan, layer)), fonts, laid.lines[0].word.runs[0].name)


def _events(title: TitleLayer, laid: SetTitle, plan: RenderPlan, layer: int) -> Iterator[Event]:
    if title.motion is TitleMotion.FADE:
        start, end = _centiseconds(title.range, plan.fps)
        ms = round(title.fade.seconds * 1000)
        still = Pose(0, 0, opacity=title.opacity)
        fade = f"\\fad({ms},{ms})" if ms else ""
        for above, tags, text in _drawn(title, laid, still):
            yield Event(layer + above, start, end, SHAPE_STYLE, tags + fade, text)
        return
    for pose in poses(title.motion, title.range, title.fade, plan.fps):
        start, end = _frames_cs(pose.first, pose.last, plan.fps)
        for above, tags, text in _drawn(title, laid, pose, title.opacity):
            yield Event(layer + above, start, end, SHAPE_STYLE, tags, text)


def _drawn(
    title: TitleLayer, laid: SetTitle, pose: Pose, opacity: float = 1.0
) -> Iterator[tuple[int, str, str]]:
    """How far above the layer's lowest, the tags and the text or drawing of each thing in a pose."""
    clear = pose.opacity * opacity
    under = replace(pose, across=0.0, down=0.0, scale=1.0) if title.look is TitleLook.CARD else pose
    shapes = ((title.plate, laid.plate, under), (title.accent, laid.accent, pose))
    for above, (fill, outline, place) in enumerate(shapes):
        if outline and not invisible(fill):
            yield above, *_shape(outline, fill, laid, place, clear)
    for line in laid.lines:
        yield 2, _text_tags(title, line, laid, pose, clear), _letters(line)


def _shape(outline: Points, fill: str, laid: SetTitle, pose: Pose, opacity: float) -> tuple[str, str]:
    """The tags and the drawing of an outline; libass draws from 0,0 on."""
    left, top = min(x for x, _ in outline), min(y for _, y in outline)
    x, y = _posed((left, top), laid, pose)
    look = f"\\1c{colour(fill)}\\1a{alpha(fill, opacity)}"
    drawing = rounded_outline([(px - left, py - top) for px, py in outline], laid.radius)
    return f"\\an7\\pos({number(x)},{number(y)})\\bord0\\shad0{_scaled(pose)}{look}\\p4", drawing


def _text_tags(title: TitleLayer, line: SetLine, laid: SetTitle, pose: Pose, opacity: float) -> str:
    x, y = _posed(line.middle, laid, pose)
    border = 0.0 if invisible(title.outline) else _OUTLINE_EM * line.em * pose.scale
    return "".join(
        (
            f"\\an5\\pos({number(x)},{number(y)})\\bord{number(border)}\\shad0{_scaled(pose)}",
            f"\\1c{colour(title.colour)}\\1a{alpha(title.colour, opacity)}",
            f"\\3c{colour(title.outline)}\\3a{alpha(title.outline, opacity)}",
        )
    )


def _posed(point: tuple[float, float], laid: SetTitle, pose: Pose) -> tuple[float, float]:
    (x, y), (middle_x, middle_y) = point, laid.box.centre
    return (
        middle_x + (x - middle_x) * pose.scale + pose.across * laid.em,
        middle_y + (y - middle_y) * pose.scale + pose.down * laid.em,
    )


def _scaled(pose: Pose) -> str:
    percent = number(100 * pose.scale)
    return "" if pose.scale == 1 else f"\\fscx{percent}\\fscy{percent}"


def _letters(line: SetLine) -> str:
    return "".join(
        f"{{\\fn{run.name}\\fs{number(libass_points(run.font, line.em))}}}{escape(run.text)}"
        for run in line.word.runs
    )


def _bar(bar: ProgressLayer, plan: RenderPlan) -> Iterator[Event]:
    """What is not filled yet, and over it what is: uncovered from its left end on."""
    size = canvas_size(plan.aspect)
    x, y = bar.x * size.width, bar.y * size.height
    width, height = bar.width * size.width, bar.height * CANVAS_SHORT_SIDE
    start, end = _centiseconds(bar.range, plan.fps)
    ms = round(bar.fade.seconds * 1000)
    fade, top, bottom = f"\\fad({ms},{ms})" if ms else "", int(y), round(y + height) + 1
    empty, full = (f"\\clip({round(x)},{top},{round(to)},{bottom})" for to in (x, x + width))
    moving = f"{empty}\\t({full})"
    for above, fill, more in ((0, bar.track, ""), (1, bar.colour, moving)):
        if not invisible(fill):
            look = f"\\1c{colour(fill)}\\1a{alpha(fill, bar.opacity)}"
            tags = f"\\an7\\pos({number(x)},{number(y)}){look}{fade}{more}\\p4"
            drawing = rounded_box(width, height, height / 2)
            yield Event(_PROGRESS_LAYER + above, start, end, SHAPE_STYLE, tags, drawing)


def _centiseconds(within: TimeRange, fps: Fraction) -> tuple[int, int]:
    return _frames_cs(within.start.nearest_frame(fps), within.end.nearest_frame(fps), fps)


def _frames_cs(first: int, last: int, fps: Fraction) -> tuple[int, int]:
    """Frames from half a frame before the first to half a frame before the one after the last: no rounding
    of times can then show or hide a frame too many."""
    start, end = (round((frame - Fraction(1, 2)) / fps * 100) for frame in (first, last))
    return max(0, start), max(0, end)
