"""The wheel over a number in a panel scrolls the panel: who scrolls by must not edit on the way."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QScrollArea,
    QScrollBar,
    QWidget,
)
from support.gui_walk import walk

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


def _controls(part: QWidget) -> list[QWidget]:
    kinds = (QAbstractSlider, QAbstractSpinBox, QComboBox)
    found = [one for one in part.findChildren(QWidget) if isinstance(one, kinds)]
    return [one for one in found if not isinstance(one, QScrollBar)]


def test_no_control_of_the_window_takes_a_turn_of_the_wheel(qtbot: Any, clips_window: Any) -> None:
    seen: set[str] = set()

    def look(_name: str, part: QWidget) -> None:
        for control in _controls(part):
            seen.add(control.accessibleName())
            assert not _taken(control), control.accessibleName()

    walk(clips_window, qtbot.waitUntil, look)
    assert {"Size", "Zoom", "Volume"} <= seen


def test_the_panel_scrolls_instead(qtbot: Any, clips_window: Any) -> None:
    clips_window.navigation.open_editor()
    clips_window.editor.docks.reveal("frame")
    qtbot.waitUntil(lambda: clips_window.editor.settled)
    panel = clips_window.editor.panel("frame")
    area, zoom = panel.findChild(QScrollArea), panel.zoom
    bar, before = area.verticalScrollBar(), zoom.value
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    for part in (zoom.slider, zoom.field):
        at = bar.value()
        place = part.mapTo(clips_window, part.rect().center())
        _turn(clips_window, place)
        assert bar.value() > at
    assert zoom.value == before


def _turn(window: Any, place: QPoint) -> None:
    """One notch, as the window system brings it: to the window, which finds who is below the pointer."""
    none, held = Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier
    there = QPointF(place)
    turn = QWheelEvent(
        there, window.mapToGlobal(there), QPoint(), QPoint(0, -120), none, held, _NO_PHASE, False
    )
    QApplication.sendEvent(window.windowHandle(), turn)


_NO_PHASE = Qt.ScrollPhase.NoScrollPhase
