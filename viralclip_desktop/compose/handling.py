"""Moving and scaling what lies on the picture: a layer, a logo or the captions as they are then.

Ways are pixels of the canvas. Whatever is moved keeps its middle on the picture, so that it can be taken
hold of again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from viralclip_desktop.compose.captions.layout import Block, Box, canvas_size, safe_area
from viralclip_desktop.compose.elements import shifted
from viralclip_desktop.compose.plan import Overlay, RenderPlan
from viralclip_desktop.compose.standing_things import drawn_box, overlay_box
from viralclip_desktop.core.geometry import Size
from viralclip_desktop.domain.edits.layers import LARGEST_TITLE, NARROWEST, SMALLEST_TITLE
from viralclip_desktop.domain.layers import DrawnLayer, PictureLayer, ProgressLayer, TitleLayer

Side = Literal[-1, 1]
Corner = tuple[Side, Side]
"""Which corner of a box: left (-1) or right, top (-1) or bottom."""
CORNERS: tuple[Corner, ...] = ((-1, -1), (1, -1), (1, 1), (-1, 1))
Placeable = PictureLayer | DrawnLayer
_SMALLEST_TEXT, _LARGEST_TEXT = 0.03, 0.24  # of the shorter side, as the forms offer for captions
_WIDEST_LOGO, _NARROWEST_LOGO = 1.0, 0.02


def corner_point(box: Box, corner: Corner) -> tuple[float, float]:
    """Where a corner of a box is."""
    return box.left if corner[0] < 0 else box.right, box.top if corner[1] < 0 else box.bottom


def opposite(corner: Corner) -> Corner:
    """The corner that stays where it is while another one is dragged."""
    flip: dict[Side, Side] = {-1: 1, 1: -1}
    return flip[corner[0]], flip[corner[1]]


def factor_to(start: tuple[float, float], to: tuple[float, float], still: tuple[float, float]) -> float:
    """How much larger something becomes whose corner goes from ``start`` to ``to`` along its diagonal while
    the point ``still`` stays."""
    across, down = start[0] - still[0], start[1] - still[1]
    long = across * across + down * down
    return max(0.01, ((to[0] - still[0]) * across + (to[1] - still[1]) * down) / long) if long else 1.0


def held_way(box: Box, size: Size, across: float, down: float) -> tuple[float, float]:
    """As much of a way as leaves the middle of a box on the picture."""
    x, y = box.centre
    return min(size.width - x, max(-x, across)), min(size.height - y, max(-y, down))


# --- layers


def layer_box(layer: Placeable, plan: RenderPlan) -> Box | None:
    """Where a layer stands as it is given, whatever the plan has of it; None for one that shows nothing."""
    if not isinstance(layer, PictureLayer):
        return drawn_box(layer, plan)
    overlay = overlay_of(plan, layer.id)
    if overlay is None:
        return None
    return overlay_box(replace(overlay, x=layer.x, y=layer.y, width=layer.width), plan)


def overlay_of(plan: RenderPlan, element_id: str) -> Overlay | None:
    """A picture of the plan by its id."""
    return next((one for one in plan.overlays if one.id == element_id), None)


def moved_layer(layer: Placeable, plan: RenderPlan, across: float, down: float) -> Placeable:
    """A layer elsewhere. A picture that fills the frame stays."""
    box, size = layer_box(layer, plan), canvas_size(plan.aspect)
    if box is None or (isinstance(layer, PictureLayer) and layer.width >= 1):
        return layer
    across, down = held_way(box, size, across, down)
    return _shifted(layer, size, across, down)


def _shifted(layer: Placeable, size: Size, across: float, down: float) -> Placeable:
    x, y = layer.x + across / size.width, layer.y + down / size.height
    return replace(layer, x=round(x, 6), y=round(y, 6))


def scaled_layer(layer: Placeable, plan: RenderPlan, factor: float, still: Corner) -> Placeable:
    """A layer of another size, with the corner ``still`` where it was. Lines of a title break as before."""
    before, size = layer_box(layer, plan), canvas_size(plan.aspect)
    if before is None or isinstance(layer, ProgressLayer):
        return layer
    larger = _sized_picture(layer, factor) if isinstance(layer, PictureLayer) else _sized_title(layer, factor)
    after = layer_box(larger, plan)
    if after is None or (isinstance(larger, PictureLayer) and larger.width >= 1):
        return larger
    (x, y), (new_x, new_y) = corner_point(before, still), corner_point(after, still)
    return _shifted(larger, size, x - new_x, y - new_y)


def _sized_picture(layer: PictureLayer, factor: float) -> PictureLayer:
    width = round(min(1.0, max(NARROWEST, layer.width * factor)), 6)
    return replace(layer, width=width, x=0.0, y=0.0) if width >= 1 else replace(layer, width=width)


def _sized_title(layer: TitleLayer, factor: float) -> TitleLayer:
    size = min(LARGEST_TITLE, max(SMALLEST_TITLE, layer.size * factor))
    width = min(1.0, layer.width * size / layer.size)
    return replace(layer, size=round(size, 6), width=round(width, 6))


# --- logos


@dataclass(frozen=True, slots=True)
class LogoPlace:
    """Where a logo stands, as shares: its middle of the frame's width and height, its width of the shorter
    side."""

    x: float
    y: float
    size: float


def logo_place(overlay: Overlay, plan: RenderPlan) -> LogoPlace:
    """Where the plan has a logo."""
    size, box = canvas_size(plan.aspect), overlay_box(overlay, plan)
    x, y = box.centre
    wide = overlay.width * size.width / min(size.width, size.height)
    return LogoPlace(x / size.width, y / size.height, wide)


def moved_logo(place: LogoPlace, plan: RenderPlan, across: float, down: float) -> LogoPlace:
    """A logo elsewhere."""
    size = canvas_size(plan.aspect)
    x, y = place.x + across / size.width, place.y + down / size.height
    return replace(place, x=round(min(1.0, max(0.0, x)), 6), y=round(min(1.0, max(0.0, y)), 6))


def scaled_logo(overlay: Overlay, plan: RenderPlan, factor: float, still: Corner) -> LogoPlace:
    """A logo of another size, with the corner ``still`` where it was."""
    place, size = logo_place(overlay, plan), canvas_size(plan.aspect)
    short = min(size.width, size.height)
    most = min(_WIDEST_LOGO, size.width / short)
    larger = replace(place, size=round(min(most, max(_NARROWEST_LOGO, place.size * factor)), 6))
    before, after = overlay_box(overlay, plan), logo_box(larger, overlay, plan)
    (x, y), (new_x, new_y) = corner_point(before, still), corner_point(after, still)
    return moved_logo(larger, plan, x - new_x, y - new_y)


def logo_box(place: LogoPlace, overlay: Overlay, plan: RenderPlan) -> Box:
    """Where a logo stands at a place."""
    size = canvas_size(plan.aspect)
    wide = min(0.999, place.size * min(size.width, size.height) / size.width)
    box = overlay_box(replace(overlay, width=wide, x=0.0, y=0.0), plan)
    x, y = box.centre
    return shifted(box, place.x * size.width - x, place.y * size.height - y)


# --- captions


def caption_way(block: Block, plan: RenderPlan, down: float) -> float:
    """How far captions go down (or up, below 0) of a way: they stay in the safe area."""
    safe = safe_area(plan.aspect)
    highest, lowest = safe.top + block.room.above, safe.bottom - block.room.below
    return max(highest, min(block.middle + down, max(highest, lowest))) - block.middle


def caption_position(block: Block, plan: RenderPlan, down: float) -> float:
    """The position (as ``CaptionStyle.position``) of captions that go so far down."""
    height = canvas_size(plan.aspect).height
    return round((block.middle + caption_way(block, plan, down)) / height, 6)


def caption_size(size: float, factor: float) -> float:
    """The size of captions made larger, as far as forms offer it."""
    return round(min(_LARGEST_TEXT, max(_SMALLEST_TEXT, size * factor)), 6)
