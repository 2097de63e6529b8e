"""The wheel over a number in a panel scrolls the panel: who scrolls by must not edit on the way."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from viralclip_desktop.gui.widgets.controls import NumberSlider


def _taken(over: QWidget) -> bool:
    """Whether a turn of the wheel ends here; else Qt offers it to the widget around."""
    place, none = QPointF(over.rect().center()), Qt.MouseButton.NoButton
    held, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    turn = QWheelEvent(place, over.mapToGlobal(place), QPoint(), QPoint(0, -120), none, held, phase, False)
    QApplication.sendEvent(over, turn)
    return turn.isAccepted()


def test_the_wheel_scrolls_past_numbers(qtbot: Any, dark_theme: None) -> None:
    size = NumberSlider("Size", 0, 100, 40)
    qtbot.addWidget(size)
    size.show()
    for control in (size.slider, size.field):
        control.setFocus()
        assert not _taken(control)
    assert size.value == 40
