"""Playing backwards: the playhead walks back in time, and exact stills follow as fast as they come."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal

from viralclip_desktop.core.time import Time
from viralclip_desktop.gui.session import clock

_TICK_MS = 40  # more often than a still can be rendered, so that the latest wish is never far off


class Rewind(QObject):
    """Emits ``reached`` with the clip time to show; after the one at ``first`` comes ``ended``."""

    reached = Signal(object)
    ended = Signal()

    def __init__(self, start: Time, first: Time, speed: float, parent: QObject) -> None:
        super().__init__(parent)
        self._start, self._first, self.speed = start, first, speed
        self._began_s = clock.wall_s()
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self._tick)
        self._timer.start()

    def stop(self) -> None:
        """Stand still."""
        self._timer.stop()

    def _tick(self) -> None:
        gone = Time.from_seconds((clock.wall_s() - self._began_s) * self.speed)
        at = max(self._first, self._start - gone)
        self.reached.emit(at)
        if at == self._first:
            self.stop()
            self.ended.emit()
