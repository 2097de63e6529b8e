"""Sizes, rectangles and picture shapes, in whole pixels."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in pixels."""

    width: int
    height: int

    @property
    def ratio(self) -> Fraction:
        """Width over height."""
        return Fraction(self.width, self.height)

    def __str__(self) -> str:
        return f"{self.width}x{self.height}"


@dataclass(frozen=True, slots=True)
class Rect:
    """A rectangle in pixels; x grows to the right, y downwards."""

    x: int
    y: int
    width: int
    height: int


class Aspect(StrEnum):
    """The picture shapes the program exports."""

    VERTICAL = "9:16"
    PORTRAIT = "4:5"
    SQUARE = "1:1"
    WIDE = "16:9"

    @property
    def ratio(self) -> Fraction:
        """Width over height."""
        width, height = self.value.split(":")
        return Fraction(int(width), int(height))


class Resolution(StrEnum):
    """Export sizes, named by the length of the picture's shorter side (1080p in 9:16 is 1080x1920)."""

    P720 = "720p"
    P1080 = "1080p"
    P1440 = "1440p"
    P2160 = "2160p"

    @property
    def short_side_px(self) -> int:
        """The shorter side of the picture in pixels."""
        return int(self.value[:-1])


def even(value: float | Fraction) -> int:
    """The even whole number nearest to ``value`` and at least 2 (4:2:0 chroma needs even sides)."""
    return max(2, 2 * round(value / 2))


def frame_size(aspect: Aspect, short_side_px: int) -> Size:
    """The picture size of a shape whose shorter side is ``short_side_px``."""
    ratio = aspect.ratio
    if ratio <= 1:
        return Size(even(short_side_px), even(short_side_px / ratio))
    return Size(even(short_side_px * ratio), even(short_side_px))


def preview_size(aspect: Aspect, width_px: int) -> Size:
    """The picture size of a shape at a given width."""
    return Size(even(width_px), even(width_px / aspect.ratio))


def cover_crop(source: Size, target: Fraction, centre_x: float = 0.5, centre_y: float = 0.5) -> Rect:
    """The largest part of ``source`` with the shape ``target`` (width over height).

    ``centre_x`` and ``centre_y`` (0..1 of the source) say where its middle should be; the rectangle
    is held inside the picture.
    """
    if source.ratio > target:
        width, height = source.height * target, Fraction(source.height)
    else:
        width, height = Fraction(source.width), source.width / target
    w, h = min(source.width, round(width)), min(source.height, round(height))
    x = min(max(0, round(source.width * centre_x - w / 2)), source.width - w)
    y = min(max(0, round(source.height * centre_y - h / 2)), source.height - h)
    return Rect(x, y, w, h)
