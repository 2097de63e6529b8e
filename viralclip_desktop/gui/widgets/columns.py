"""Fields in two columns where there is room, else all in one."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget

from viralclip_desktop.gui.widgets.layout import row

COLUMN_PX = 300
"""As wide as a column of fields has to be."""


class TwoColumns(QWidget):
    """Two groups of fields: the second beside the first, or below it. None moves from one to the other."""

    def __init__(self, first: QLayout, second: QLayout, *, gap: int = 24, below: int = 12) -> None:
        """``gap``: between the columns; ``below``: between the groups in one column."""
        super().__init__()
        self._gap, self._below = gap, below
        self._box = row(gap=below)
        self._box.setDirection(QBoxLayout.Direction.TopToBottom)
        self._holders = [QWidget(), QWidget()]
        for holder, group in zip(self._holders, (first, second), strict=True):
            group.setContentsMargins(0, 0, 0, 0)
            holder.setLayout(_topped(group))
            self._box.addWidget(holder, 1)
        self.setLayout(self._box)

    @property
    def beside(self) -> bool:
        """Whether there is room for two columns."""
        return self._box.direction() is QBoxLayout.Direction.LeftToRight

    def minimumSizeHint(self) -> QSize:
        """As narrow as one column."""
        width = max(holder.minimumSizeHint().width() for holder in self._holders)
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side as soon as both have room."""
        super().resizeEvent(event)
        beside = event.size().width() >= 2 * COLUMN_PX + self._gap
        if beside is not self.beside:
            ways = QBoxLayout.Direction
            self._box.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
            self._box.setSpacing(self._gap if beside else self._below)


def _topped(group: QLayout) -> QBoxLayout:
    """What is shorter than its neighbour begins at the top all the same."""
    assert isinstance(group, QBoxLayout)
    group.addStretch(1)
    return group
