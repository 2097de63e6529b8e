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
    QScrollBar,
    QWidget,
)
from support.gui_walk import walk

from viralclip_desktop.gui.widgets.controls import NumberSlider


def _turn(over: QWidget, notch: int) -> QWheelEvent:
    place, none = QPointF(over.rect().center()), Qt.MouseButton.NoButton
    held, phase = Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase
    return QWheelEvent(place, over.mapToGlobal(place), QPoint(), QPoint(0, notch), none, held, phase, False)


def _taken(over: QWidget) -> bool:
    """Whether a turn of the wheel ends here; else Qt offers it to the widget around."""
    turn = _turn(over, -120)
    QApplication.sendEvent(over, turn)
    return turn.isAccepted()


def _turned(over: QWidget) -> QWidget | None:
    """Who takes a turn of a real wheel over a widget: Qt asks one after the other, from the inside out."""
    while over is not None and not _taken(over):
        over = over.parentWidget()
    return over


def test_the_wheel_scrolls_past_numbers(qtbot: Any, dark_theme: None) -> None:
    size = NumberSlider("Size", 0, 100, 40)
    qtbot.addWidget(size)
    size.show()
    for control in (size.slider, size.field):
        control.setFocus()
        assert not _taken(control)
    assert size.value == 40


Control = QAbstractSlider | QAbstractSpinBox | QComboBox


def _controls(part: QWidget) -> list[Any]:
    found = [one for one in part.findChildren(QWidget) if isinstance(one, Control)]
    return [one for one in found if not isinstance(one, QScrollBar)]


def _value(control: Any) -> int:
    return int(control.currentIndex() if isinstance(control, QComboBox) else control.value())


def test_no_control_of_the_window_changes_with_a_turn_of_the_wheel(qtbot: Any, clips_window: Any) -> None:
    seen: set[str] = set()

    def look(_name: str, part: QWidget) -> None:
        for control in _controls(part):
            seen.add(control.accessibleName())
            before = _value(control)
            for notch in (-120, 120):
                QApplication.sendEvent(control, _turn(control, notch))
                assert _value(control) == before, control.accessibleName()

    walk(clips_window, qtbot.waitUntil, look)
    assert {"Across", "Zoom", "Volume"} <= seen


def test_the_panel_scrolls_instead(qtbot: Any, clips_window: Any) -> None:
    clips_window.navigation.open_editor()
    clips_window.editor.docks.reveal("frame")
    qtbot.waitUntil(lambda: clips_window.editor.settled and clips_window.player.current)
    panel = clips_window.editor.panel("frame")
    area, zoom = panel.area, panel.zoom
    bar, before = area.verticalScrollBar(), zoom.value
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    for part in (zoom.slider, zoom.field):
        bar.setValue(0)
        assert _turned(part) is area.viewport()
        assert bar.value() > 0
    assert zoom.value == before
