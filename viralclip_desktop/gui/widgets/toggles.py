"""Several of a few at once: like a segmented control in which more than one may be chosen."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.widgets.controls import _Segment
from viralclip_desktop.gui.widgets.layout import row
from viralclip_desktop.gui.widgets.painting import paint_groove


class Toggles(QWidget):
    """``chosen`` carries the tuple of values that are on, in their order."""

    chosen = Signal(object)

    def __init__(self, name: str, choices: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        self._buttons: dict[object, QAbstractButton] = {}
        layout = row(gap=2, margins=(3, 3, 3, 3))
        for value, text in choices:
            button = _Segment(text)
            button.setAccessibleName(f"{name}: {text}")
            button.clicked.connect(lambda _on=False: self.chosen.emit(self.values))
            self._buttons[value] = button
            layout.addWidget(button, 1)
        self.setLayout(layout)
        self.setFixedHeight(tokens.CONTROL_HEIGHT)
        self.setAccessibleName(name)

    @property
    def values(self) -> tuple[object, ...]:
        """What is on."""
        return tuple(value for value, button in self._buttons.items() if button.isChecked())

    def show_values(self, values: Collection[object]) -> None:
        """Show some as on without reporting it."""
        for value, button in self._buttons.items():
            button.setChecked(value in values)

    def button(self, value: object) -> QAbstractButton:
        """The button of one value."""
        return self._buttons[value]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The groove the choices lie in."""
        paint_groove(QPainter(self), self.rect())
