"""What starts a dub, always in sight at the foot of the panel."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QWidget

from viralclip_desktop.gui.widgets.layout import column, line, row

_MARGIN_PX = 16


class StartBar(QWidget):
    """The price, and below it two buttons side by side, or one below the other where there is no room."""

    def __init__(self, price: QLabel, first: QPushButton, second: QPushButton) -> None:
        super().__init__()
        self._first, self._second = first, second
        self._buttons = row(gap=8)
        self._buttons.addWidget(first, 1)
        self._buttons.addWidget(second, 1)
        inside = column(price, self._buttons, gap=8, margins=(_MARGIN_PX, 10, _MARGIN_PX, 12))
        self.setLayout(column(line(), inside, gap=0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Both words whole."""
        super().resizeEvent(event)
        wanted = self._first.sizeHint().width() + self._buttons.spacing() + self._second.sizeHint().width()
        beside = event.size().width() >= wanted + 2 * _MARGIN_PX
        ways = QBoxLayout.Direction
        self._buttons.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
