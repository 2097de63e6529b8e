"""What a held mouse button does to an element of the picture. Points are pixels of the canvas."""

from __future__ import annotations

from dataclasses import replace
from typing import Protocol

from viralclip_desktop.compose.alignment import Lines, Rest, resting, resting_factor
from viralclip_desktop.compose.elements import Element, shifted
from viralclip_desktop.compose.handling import Corner, corner_point, factor_to
from viralclip_desktop.gui.preview.element_editor import ElementEditor
from viralclip_desktop.gui.preview.holds import Hold

Point = tuple[float, float]


class ElementGesture(Protocol):
    """A drag. ``rest``: the lines it lies on."""

    element: Element
    rest: Rest

    def move(self, to: Point, lines: Lines, reach: float) -> None:
        """Follow the pointer; with no ``reach`` to no line."""

    def cancel(self) -> None:
        """As it was."""


class ElementMove:
    """An element by its middle."""

    def __init__(self, editor: ElementEditor, element: Element, hold: Hold, start: Point) -> None:
        self._editor, self._hold, self._start = editor, hold, start
        self.element, self.rest = element, Rest()

    def move(self, to: Point, lines: Lines, reach: float) -> None:
        """Put it where the pointer went, or on a line near there."""
        hold = self._hold
        across, down = to[0] - self._start[0] if hold.goes_across else 0.0, to[1] - self._start[1]
        rest = resting(shifted(hold.box, across, down), lines, reach)
        self.rest = rest if hold.goes_across else replace(rest, across=0.0, x=None)
        box = hold.moved(across + self.rest.across, down + self.rest.down)
        self._editor.put(self.element.id, box)

    def cancel(self) -> None:
        """Back."""
        self._editor.put(self.element.id, self._hold.moved(0.0, 0.0))


class ElementScale:
    """An element by one of its corners, which keeps its shape."""

    def __init__(
        self, editor: ElementEditor, element: Element, hold: Hold, corner: Corner, start: Point
    ) -> None:
        self._editor, self._hold, self._corner = editor, hold, corner
        self.element, self.rest = element, Rest()
        self._from, self._still = corner_point(hold.box, corner), hold.still(corner)
        self._off = start[0] - self._from[0], start[1] - self._from[1]

    def move(self, to: Point, lines: Lines, reach: float) -> None:
        """Bring the corner to the pointer, or to a line near it."""
        point = to[0] - self._off[0], to[1] - self._off[1]
        factor = factor_to(self._from, point, self._still)
        factor, self.rest = resting_factor(self._from, self._still, factor, lines, reach)
        self._editor.put(self.element.id, self._hold.scaled(self._corner, factor))

    def cancel(self) -> None:
        """Back."""
        self._editor.put(self.element.id, self._hold.scaled(self._corner, 1.0))
