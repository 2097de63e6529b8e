"""How the editor's page is divided, in pixels: for an upright clip the player owns a column of the page's
full height at the right, for any other it stands in the middle of the panels."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.gui.editor.header import HEIGHT_PX

GAP_PX = 5
"""Between panels, as the style sheet has the separators."""
BETWEEN_PX = 2 * GAP_PX + 1
"""Between two sides without a player in their middle."""
_UPRIGHT = (Aspect.VERTICAL, Aspect.PORTRAIT)
_BELOW_PICTURE_PX = 116  # the transport of a narrow player
_COLUMN_LEAST_PX, _COLUMN_SHARE = 344, 0.4  # the transport's least width, and the most of a page's
_LEFT_SHARE, _RIGHT_SHARE, _BOTTOM_SHARE = 0.22, 0.27, 0.38
_LEFT_SHARE_BESIDE_COLUMN = 0.28
_SIDE_LEAST, _SIDE_MOST = (248, 296), (420, 480)
"""Narrowest and widest of the left and the right side, in pixels."""
_BOTTOM_LEAST, _BOTTOM_MOST = 236, 330


@dataclass(frozen=True, slots=True)
class Sizes:
    """Widths of the sides and height of the timeline."""

    left: int
    right: int
    bottom: int


def is_upright(aspect: Aspect) -> bool:
    """Whether the player of a clip has a column of its own."""
    return aspect in _UPRIGHT


def column_px(page: QSize, aspect: Aspect) -> int:
    """How wide the player's column is on a page; 0 for a player in the middle."""
    if not is_upright(aspect):
        return 0
    picture = (page.height() - _BELOW_PICTURE_PX) * float(aspect.ratio)
    return _held(picture, _COLUMN_LEAST_PX, max(_COLUMN_LEAST_PX, round(page.width() * _COLUMN_SHARE)))


def first_sizes(page: QSize, column: int) -> Sizes:
    """What suits a page whose player has a column of some width, or none (0)."""
    if column:
        width = page.width() - column - GAP_PX
        left = _held(width * _LEFT_SHARE_BESIDE_COLUMN, _SIDE_LEAST[0], _SIDE_MOST[0])
        return Sizes(left, width - left - BETWEEN_PX, min(_BOTTOM_MOST, page.height() // 3))
    return Sizes(
        _held(page.width() * _LEFT_SHARE, _SIDE_LEAST[0], _SIDE_MOST[0]),
        _held(page.width() * _RIGHT_SHARE, _SIDE_LEAST[1], _SIDE_MOST[1]),
        _held((page.height() - HEIGHT_PX) * _BOTTOM_SHARE, _BOTTOM_LEAST, _BOTTOM_MOST),
    )


def outline(page: QSize, column: int) -> tuple[QRect, ...]:
    """Where the header, both sides and the timeline will lie at first on a page of a size."""
    width = page.width() - (column + GAP_PX if column else 0)
    sizes = first_sizes(page, column)
    top, below = HEIGHT_PX + 1, page.height() - sizes.bottom
    sides = below - top - GAP_PX
    return (
        QRect(0, 0, width, HEIGHT_PX),
        QRect(0, top, sizes.left, sides),
        QRect(width - sizes.right, top, sizes.right, sides),
        QRect(0, below, width, sizes.bottom),
    )


def _held(value: float, low: int, high: int) -> int:
    return round(min(max(value, low), high))
