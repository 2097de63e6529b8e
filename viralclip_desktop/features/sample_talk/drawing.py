"""A little flat drawing with numpy: soft-edged shapes on a picture or a see-through sprite.

Shapes are signed distances in pixels (negative inside), as in Quilez, "2D distance functions"; the edge is
a one-pixel ramp, or a wider one for glows and things out of focus.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Plane = NDArray[np.float32]
Colour = tuple[int, int, int]


@dataclass(frozen=True)
class Canvas:
    """``rgb`` (height, width, 3) and ``alpha`` (height, width), both 0..1; colours are not premultiplied."""

    rgb: Plane
    alpha: Plane

    @classmethod
    def empty(cls, width: int, height: int) -> Canvas:
        """A see-through canvas."""
        return cls(np.zeros((height, width, 3), np.float32), np.zeros((height, width), np.float32))

    @classmethod
    def gradient(cls, width: int, height: int, top: Colour, bottom: Colour) -> Canvas:
        """A full canvas, one colour running into another from top to bottom."""
        share = np.linspace(0, 1, height, dtype=np.float32)[:, None, None]
        column = _colour(top) * (1 - share) + _colour(bottom) * share
        return cls(np.broadcast_to(column, (height, width, 3)).copy(), np.ones((height, width), np.float32))

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return self.alpha.shape[1], self.alpha.shape[0]

    def grid(self) -> tuple[Plane, Plane]:
        """The x and y of every pixel."""
        width, height = self.size
        y, x = np.mgrid[0:height, 0:width].astype(np.float32)
        return x, y

    def fill(
        self,
        distance: Plane,
        colour: Colour,
        opacity: float = 1.0,
        soft_px: float = 1.0,
        clip: Plane | None = None,
    ) -> None:
        """Paint a shape over what is there; ``clip`` is another shape it does not leave."""
        touched = distance < soft_px / 2
        rows, columns = np.flatnonzero(touched.any(axis=1)), np.flatnonzero(touched.any(axis=0))
        if not len(rows):
            return
        part = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
        cover = np.clip(0.5 - distance[part] / soft_px, 0, 1) * np.float32(opacity)
        if clip is not None:
            cover = cover * np.clip(0.5 - clip[part], 0, 1)
        total = cover + self.alpha[part] * (1 - cover)
        share = (cover / np.maximum(total, 1e-6))[..., None]
        self.rgb[part] = _colour(colour) * share + self.rgb[part] * (1 - share)
        self.alpha[part] = total

    def bytes_rgb(self) -> NDArray[np.uint8]:
        """The colours as bytes, with a trace of fixed noise against banding."""
        noise = np.random.default_rng(1).random(self.alpha.shape, np.float32)[..., None] - np.float32(0.5)
        return np.clip(self.rgb * 255 + noise * 2.0, 0, 255).astype(np.uint8)

    def save(self, path: Path) -> None:
        """Write as PAM (the simplest picture format with transparency; ffmpeg reads it)."""
        width, height = self.size
        alpha = np.clip(self.alpha * 255 + 0.5, 0, 255).astype(np.uint8)[..., None]
        pixels = np.concatenate([self.bytes_rgb(), alpha], axis=2)
        header = f"P7\nWIDTH {width}\nHEIGHT {height}\nDEPTH 4\nMAXVAL 255\nTUPLTYPE RGB_ALPHA\nENDHDR\n"
        path.write_bytes(header.encode("ascii") + pixels.tobytes())


class Pen:
    """Distances to shapes on a canvas's pixel grid."""

    def __init__(self, canvas: Canvas) -> None:
        self.x, self.y = canvas.grid()

    def ellipse(self, cx: float, cy: float, rx: float, ry: float) -> Plane:
        """An upright ellipse (the distance is exact for circles, close enough for the rest)."""
        unit = np.hypot((self.x - cx) / rx, (self.y - cy) / ry)
        result: Plane = ((unit - 1.0) * min(rx, ry)).astype(np.float32)
        return result

    def box(self, x0: float, y0: float, x1: float, y1: float, radius: float = 0.0) -> Plane:
        """A rectangle with rounded corners."""
        dx = np.abs(self.x - (x0 + x1) / 2) - (x1 - x0) / 2 + radius
        dy = np.abs(self.y - (y0 + y1) / 2) - (y1 - y0) / 2 + radius
        outside = np.hypot(np.maximum(dx, 0), np.maximum(dy, 0))
        result: Plane = (outside + np.minimum(np.maximum(dx, dy), 0) - radius).astype(np.float32)
        return result

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float) -> Plane:
        """A stroke with round ends."""
        ax, ay = self.x - x0, self.y - y0
        bx, by = x1 - x0, y1 - y0
        along = np.clip((ax * bx + ay * by) / max(bx * bx + by * by, 1e-6), 0, 1)
        result: Plane = (np.hypot(ax - bx * along, ay - by * along) - width / 2).astype(np.float32)
        return result


def without(shape: Plane, hole: Plane) -> Plane:
    """A shape with another one cut out."""
    return np.maximum(shape, -hole)


def within(shape: Plane, other: Plane) -> Plane:
    """What two shapes share."""
    return np.maximum(shape, other)


def _colour(colour: Colour) -> Plane:
    return np.array(colour, np.float32) / np.float32(255)
