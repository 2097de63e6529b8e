"""Any number of thin upright marks in one stroke: a row of pixels, stretched to the height."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from viralclip_desktop.gui.timeline.painting.ink import shades

Pixels = NDArray[np.float64]


def paint_columns(painter: QPainter, box: QRectF, ends: tuple[Pixels, Pixels], colour: QColor) -> None:
    """Fill the pixel columns from left to right ends (at least one each) inside ``box``, in the colour
    and its opacity; where marks lie on each other nothing gets darker."""
    origin, count = int(box.left()), int(box.width()) + 2
    low = np.clip(np.floor(ends[0]).astype(np.int64) - origin, 0, count)
    high = np.clip(np.maximum(np.floor(ends[1]).astype(np.int64) - origin, low + 1), 0, count)
    steps = np.bincount(low, minlength=count + 1) - np.bincount(high, minlength=count + 1)
    covered = np.cumsum(steps)[:count] > 0
    opacity = np.where(covered, colour.alpha(), 0)
    pixels = np.ascontiguousarray(shades(colour)[opacity].reshape(1, count))
    image = QImage(pixels.data, count, 1, 4 * count, QImage.Format.Format_ARGB32_Premultiplied)
    target = QRectF(origin, box.top(), count, box.height())
    painter.drawImage(target, image, QRectF(0, 0, count, 1))
