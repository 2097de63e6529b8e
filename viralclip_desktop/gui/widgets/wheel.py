"""Number controls in panels that scroll: the wheel turns the page and never a value."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class _ScrollsPast(QObject):
    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Wheel:
            return False
        event.ignore()  # Qt offers what was not accepted to the widget around: the panel
        return True


def scroll_past(*controls: QWidget) -> None:
    """Leave the wheel over some controls to what they lie in: who scrolls by must not edit on the way."""
    for control in controls:
        control.installEventFilter(_ScrollsPast(control))
