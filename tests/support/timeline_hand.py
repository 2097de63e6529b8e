"""A hand on the timeline: points at items and times, drags, turns the wheel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from support.gui_timeline import Bench, at

from viralclip_desktop.core.time import Time
from viralclip_desktop.gui.timeline.geometry import RULER_PX
from viralclip_desktop.gui.timeline.model import Kind
from viralclip_desktop.gui.timeline.painting.headers import HEADER_PX

LEFT = Qt.MouseButton.LeftButton
NONE = Qt.KeyboardModifier.NoModifier


class Hand:
    """The user's: points at items and times."""

    def __init__(self, bench: Bench, qtbot) -> None:
        self.bench, self._qtbot = bench, qtbot
        self.control, self.room = bench.panel.control, bench.panel.canvas.viewport()

    def x(self, time: Time) -> int:
        return HEADER_PX + round(self.control.scene.view.x_of(time))

    def y(self, kind: Kind) -> int:
        top, bottom = self.control.scene.rows.tracks[kind]
        return (top + bottom) // 2 if kind is not Kind.VIDEO else bottom - 6

    def point(self, seconds: float, kind: Kind | None) -> QPoint:
        return QPoint(self.x(at(seconds)), self.y(kind) if kind else RULER_PX // 2)

    def click(self, seconds: float, kind: Kind | None, keys=NONE) -> None:
        self._qtbot.mouseClick(self.room, LEFT, keys, self.point(seconds, kind))

    def drag(self, start: QPoint, end: QPoint, keys=NONE, drop: bool = True) -> None:
        QTest.mousePress(self.room, LEFT, keys, start)
        for step in range(1, 6):
            here = start + (end - start) * step / 5
            self.move(here, keys)
        if drop:
            QTest.mouseRelease(self.room, LEFT, keys, end)
            self.settle()

    def move(self, to: QPoint, keys=NONE) -> None:
        place = QPointF(to)
        event = QMouseEvent(
            QEvent.Type.MouseMove, place, self.room.mapToGlobal(place), Qt.MouseButton.NoButton, LEFT, keys
        )
        QApplication.sendEvent(self.room, event)

    def wheel(self, where: QPoint, units: int, keys=NONE) -> None:
        place = QPointF(where)
        event = QWheelEvent(
            place, self.room.mapToGlobal(place), QPoint(), QPoint(0, units), Qt.MouseButton.NoButton, keys,
            Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(self.room, event)

    def settle(self) -> None:
        """Every edit is stored and shown."""
        control, context = self.control, self.bench.context
        idle = lambda: context.edits.last.settled and context.tasks.idle and not control.frozen  # noqa: E731
        self._qtbot.waitUntil(idle, timeout=8000)
        QTest.qWait(30)
        self._qtbot.waitUntil(idle, timeout=8000)
