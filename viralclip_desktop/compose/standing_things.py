"""Where the pictures, titles and bars of a plan stand on the captions' canvas, and which of them nothing
should be written over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from viralclip_desktop.compose.captions.layout import CANVAS_SHORT_SIDE, Box, canvas_size
from viralclip_desktop.compose.plan import Overlay, RenderPlan
from viralclip_desktop.compose.title_setting import title_box
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.layers import DrawnLayer, ProgressLayer, TitleLook

_FAINT = 0.5  # of full opacity: what shines through like a watermark may lie under words


@dataclass(frozen=True, slots=True)
class Standing:
    """Something that is to be seen whole; ``range`` is clip time."""

    box: Box
    range: TimeRange


def overlay_box(overlay: Overlay, plan: RenderPlan) -> Box:
    """Where a picture stands; one that fills the frame is cut to it."""
    size = canvas_size(plan.aspect)
    if overlay.width >= 1 or overlay.info.video is None:
        return Box(0, 0, size.width, size.height)
    left, top, width = overlay.x * size.width, overlay.y * size.height, overlay.width * size.width
    return Box(left, top, left + width, top + width / float(overlay.info.video.size.ratio))


def drawn_box(layer: DrawnLayer, plan: RenderPlan) -> Box | None:
    """Where a title or a bar stands; None for a title without a letter."""
    if isinstance(layer, ProgressLayer):
        size = canvas_size(plan.aspect)
        left, top = layer.x * size.width, layer.y * size.height
        return Box(left, top, left + layer.width * size.width, top + layer.height * CANVAS_SHORT_SIDE)
    return title_box(layer, plan)


def pictures_to_keep_off(plan: RenderPlan) -> Iterator[Standing]:
    """The logo and the pictures laid over a part of the frame; what fills it, or is faint, is a ground."""
    for overlay in plan.overlays:
        if overlay.width < 1 and overlay.info.video is not None and overlay.opacity >= _FAINT:
            yield Standing(overlay_box(overlay, plan), overlay.range)


def things_to_keep_off(plan: RenderPlan) -> Iterator[Standing]:
    """The same, and the bars and titles; a card, whose ground hides everything else, is none."""
    yield from pictures_to_keep_off(plan)
    drawn: list[DrawnLayer] = [
        *plan.progress,
        *(one for one in plan.titles if one.look is not TitleLook.CARD),
    ]
    for layer in drawn:
        box = drawn_box(layer, plan) if layer.opacity >= _FAINT else None
        if box is not None:
            yield Standing(box, layer.range)
