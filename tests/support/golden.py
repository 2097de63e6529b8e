"""Pictures of the window beside the ones that were approved.

Goldens are half the size of the window, with 32 steps of each colour: small enough for the repository, and
good enough to see what moved, changed colour or went away. What differs is looked for block by block, so that
a font drawn a shade darker by another FreeType is no difference, and a missing button is one.
"""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QImage
from support.survey import pixels

RENEW = "VIRALCLIP_RENEW_GOLDENS"
"""Set to 1, the pictures of this run become the goldens."""
_BLOCK_PX = 12
_MOST_OFF = 16.0
"""Mean difference (0..255) a block may have: the steps alone make up to 4, a line of text that is gone 30."""


def check(image: QImage, golden: Path, scratch: Path) -> str:
    """What is wrong with a picture in a sentence, or nothing. The picture as it is and where it differs are
    left in ``scratch``."""
    small = _small(image)
    if os.environ.get(RENEW) == "1":
        golden.parent.mkdir(parents=True, exist_ok=True)
        assert small.save(str(golden), "PNG", 0)
        return ""
    approved = QImage(str(golden))
    advice = f"Look at {scratch / golden.name}; if it is right, renew with {RENEW}=1."
    small.save(str(scratch / golden.name))
    if approved.isNull():
        return f"There is no golden {golden.name}. {advice}"
    if approved.size() != small.size():
        return f"{golden.name} is {approved.size().toTuple()}, the window {small.size().toTuple()}. {advice}"
    off = _blocks_off(pixels(approved), pixels(small))
    if not off.any():
        return ""
    _marked(small, off).save(str(scratch / f"{golden.stem}-differs.png"))
    places = f"{int(off.sum())} of {off.size} places ({golden.stem}-differs.png)"
    return f"{golden.name} differs in {places}. {advice}"


def _small(image: QImage) -> QImage:
    half = QSize(image.width() // 2, image.height() // 2)
    smooth = Qt.TransformationMode.SmoothTransformation
    shrunk = image.scaled(half, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
    stepped = (pixels(shrunk).astype(np.uint8) & 0xF8) + 4
    rows = np.ascontiguousarray(stepped)
    return QImage(
        rows.data, half.width(), half.height(), 3 * half.width(), QImage.Format.Format_RGB888
    ).copy()


def _blocks_off(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    rows, columns = (length // _BLOCK_PX * _BLOCK_PX for length in one.shape[:2])
    apart = np.abs(one - other).max(axis=2)[:rows, :columns]
    blocks = apart.reshape(rows // _BLOCK_PX, _BLOCK_PX, columns // _BLOCK_PX, _BLOCK_PX)
    return blocks.mean(axis=(1, 3)) > _MOST_OFF


def _marked(image: QImage, off: np.ndarray) -> QImage:
    marked = image.copy()
    for row, column in np.argwhere(off):
        for step in range(_BLOCK_PX):
            for x, y in ((step, 0), (step, _BLOCK_PX - 1), (0, step), (_BLOCK_PX - 1, step)):
                marked.setPixelColor(int(column) * _BLOCK_PX + x, int(row) * _BLOCK_PX + y, QColor("#ff0000"))
    return marked
