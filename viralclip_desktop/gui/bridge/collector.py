"""When Python looks for garbage: in small bites while the window is in use, thoroughly while it is not.

Python's own full collection walks over every object there is, and holds up every thread meanwhile: 100 ms and
more with the 300,000 objects of a hundred thousand words (measured). Nearly all of what a recording holds is
free of cycles and goes by its reference count, whatever the collector does; what needs the collector are the
few cycles of widgets and their handlers.
"""

from __future__ import annotations

import gc
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

_NEVER = 1_000_000_000
_BITE_MS = 15_000  # what dies in between is a few hundred kB
_AWAY_MS = 3_000  # not at once: people look into another program for a moment


class Collector(QObject):
    """Keeps full collections away from the user. ``busy``: whether something large may be half read now."""

    def __init__(self, parent: QObject, busy: Callable[[], bool]) -> None:
        super().__init__(parent)
        self._busy = busy
        self._thresholds = gc.get_threshold()
        gc.set_threshold(*self._thresholds[:2], _NEVER)
        gc.freeze()
        self._bites, self._away = QTimer(self), QTimer(self)
        self._bites.setInterval(_BITE_MS)
        self._bites.timeout.connect(self._bite)
        self._bites.start()
        self._away.setSingleShot(True)
        self._away.setInterval(_AWAY_MS)
        self._away.timeout.connect(self._sweep_when_idle)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.applicationStateChanged.connect(self._state_changed)

    def set_aside(self) -> None:
        """Leave everything there is now out of the small collections: something large was read."""
        gc.freeze()

    def sweep(self) -> None:
        """Look at everything, now."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def close(self) -> None:
        """As Python has it by itself."""
        self._bites.stop()
        self._away.stop()
        gc.unfreeze()
        gc.set_threshold(*self._thresholds)

    def _bite(self) -> None:
        """Only what came since the last time is looked at."""
        if not self._busy():
            gc.collect()
            gc.freeze()

    def _sweep_when_idle(self) -> None:
        """The user is in another program."""
        if self._busy():
            self._away.start()
        else:
            self.sweep()

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        if state == Qt.ApplicationState.ApplicationActive:
            self._away.stop()
        else:
            self._away.start()
