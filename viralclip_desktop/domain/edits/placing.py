"""Where a picture over the frame sits: its corner and width as the numbers a layer keeps."""

from __future__ import annotations

from dataclasses import replace

from viralclip_desktop.domain.brand import Corner
from viralclip_desktop.domain.layers import PictureLayer

PLACES = {
    Corner.TOP_LEFT: (0.0, 0.0),
    Corner.TOP_RIGHT: (1.0, 0.0),
    Corner.CENTRE: (0.5, 0.5),
    Corner.BOTTOM_LEFT: (0.0, 1.0),
    Corner.BOTTOM_RIGHT: (1.0, 1.0),
}
"""Where each corner lies, as shares of the room that is left."""
START_WIDTH = 0.4
"""Of a picture that covers a part of the frame, until somebody chooses."""
_HIGHEST = 0.45  # of the frame: captions begin lower, and what they are about is still seen
_CAPTIONS_ABOVE = 0.5  # captions whose middle stands above this leave the lower corner free
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


def beside_captions(
    layer: PictureLayer, ratio: float, frame_ratio: float, captions_at: float, width: float | None = None
) -> PictureLayer:
    """A picture in the right corner that the captions leave free, ``width`` (a share of the frame) wide or
    else so that it covers little. ``captions_at``: the middle of the captions, as a share of the frame's
    height."""
    free = Corner.TOP_RIGHT if captions_at >= _CAPTIONS_ABOVE else Corner.BOTTOM_RIGHT
    wide = width or round(min(START_WIDTH, _HIGHEST * ratio / frame_ratio), 4)
    return in_corner(layer, free, wide, ratio, frame_ratio)


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
