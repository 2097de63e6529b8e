"""Where a picture over the frame sits: its corner and width as the numbers a layer keeps. No Qt."""

from __future__ import annotations

from dataclasses import replace

from viralclip_desktop.domain.brand import Corner
from viralclip_desktop.domain.layers import PictureLayer
from viralclip_desktop.gui.common.corner_picker import PLACES

START_WIDTH = 0.4
_MARGIN = 0.04  # of the frame's width on every side, as the preset logos keep


def in_corner(
    layer: PictureLayer, corner: Corner, width: float, ratio: float, frame_ratio: float
) -> PictureLayer:
    """A layer of some width (share of the frame) in a corner. ``ratio`` is width over height of the picture,
    ``frame_ratio`` that of the frame."""
    across, down = PLACES[corner]
    room_x, room_y = _room(width, ratio, frame_ratio)
    margin_y = _MARGIN * frame_ratio
    x, y = _MARGIN + across * (room_x - 2 * _MARGIN), margin_y + down * (room_y - 2 * margin_y)
    return replace(layer, width=width, x=round(x, 4), y=round(y, 4))


def corner_of(layer: PictureLayer, ratio: float, frame_ratio: float) -> Corner:
    """The corner a layer sits in, or is nearest to."""

    def away(corner: Corner) -> float:
        there = in_corner(layer, corner, layer.width, ratio, frame_ratio)
        return (there.x - layer.x) ** 2 + (there.y - layer.y) ** 2

    return min(PLACES, key=away)


def _room(width: float, ratio: float, frame_ratio: float) -> tuple[float, float]:
    """How far the upper left corner can move, as shares of the frame; below 0 for a picture that is higher
    than the frame."""
    return 1 - width, 1 - width * frame_ratio / ratio
