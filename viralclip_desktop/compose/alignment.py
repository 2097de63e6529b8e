"""What a dragged thing comes to rest on: middle lines, the edges of safe zones and of what stands beside it.

All lengths are pixels of the canvas.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from viralclip_desktop.compose.captions.layout import Box
from viralclip_desktop.core.geometry import Size


@dataclass(frozen=True, slots=True)
class Lines:
    """Upright lines by their x, level ones by their y."""

    xs: tuple[float, ...] = ()
    ys: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Rest:
    """How much further something goes to lie on a line, and the line it then lies on; None for none near."""

    across: float = 0.0
    down: float = 0.0
    x: float | None = None
    y: float | None = None


def lines_of(size: Size, zones: Iterable[Box], others: Iterable[Box]) -> Lines:
    """The middle of the picture first, then the edges of safe ``zones``, then edges and middles of
    ``others``."""
    xs, ys = [size.width / 2], [size.height / 2]
    for zone in zones:
        xs += [zone.left, zone.right]
        ys += [zone.top, zone.bottom]
    for other in others:
        middle = other.centre
        xs += [other.left, middle[0], other.right]
        ys += [other.top, middle[1], other.bottom]
    return Lines(tuple(dict.fromkeys(xs)), tuple(dict.fromkeys(ys)))


def resting(box: Box, lines: Lines, reach: float) -> Rest:
    """Where a box comes to rest, with an edge or its middle on the nearest line in reach, each way by
    itself."""
    middle = box.centre
    across, x = _nearest((middle[0], box.left, box.right), lines.xs, reach)
    down, y = _nearest((middle[1], box.top, box.bottom), lines.ys, reach)
    return Rest(across, down, x, y)


def resting_factor(
    start: tuple[float, float], still: tuple[float, float], factor: float, lines: Lines, reach: float
) -> tuple[float, Rest]:
    """A factor of scaling about ``still`` with which the corner that was at ``start`` lies on a line, if one
    is in reach."""
    found: tuple[float, float, Rest] | None = None
    for axis, along in enumerate((lines.xs, lines.ys)):
        long = start[axis] - still[axis]
        for line in along if long else ():
            away = abs(still[axis] + factor * long - line)
            if away <= reach and (line - still[axis]) / long > 0 and (found is None or away < found[0]):
                rest = Rest(x=line) if axis == 0 else Rest(y=line)
                found = away, (line - still[axis]) / long, rest
    return (factor, Rest()) if found is None else (found[1], found[2])


def _nearest(points: Sequence[float], lines: Sequence[float], reach: float) -> tuple[float, float | None]:
    """Of equally near ones the first: a middle before an edge, the picture's line before another's."""
    pairs = [(line - point, line) for line in lines for point in points]
    way, found = min(pairs, key=lambda pair: abs(pair[0]), default=(0.0, None))
    return (way, found) if found is not None and abs(way) <= reach else (0.0, None)
