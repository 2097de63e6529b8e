"""A window stays where it can be seen and moved, whatever became of the screen it was on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

_GRIP = QSize(160, 24)
"""How much of the upper edge must show, to take hold of it and drag."""
_FRAME_PX = 32  # a title bar, where the system has not said yet how high it is


def held(window: QRect, screens: Sequence[QRect]) -> QRect:
    """``window`` as it is where its upper edge can be taken hold of, but no larger than that screen; else in
    the middle of the first one. ``screens``: what they have free of task bars, the main one first."""
    edge = QRect(window.topLeft(), QSize(window.width(), _GRIP.height()))
    for screen in screens:
        seen = edge.intersected(screen)
        if seen.width() >= min(_GRIP.width(), window.width()) and seen.height() == _GRIP.height():
            return window if _fits(window, screen) else _centred(window, screen)
    return _centred(window, screens[0]) if screens else window


def fitting(wanted: QSize, screen: QRect) -> QSize:
    """A size of a window, on a screen that may have less room than that."""
    return wanted.boundedTo(QSize(screen.width(), screen.height() - _FRAME_PX))


def _fits(window: QRect, screen: QRect) -> bool:
    return window.width() <= screen.width() and window.height() <= screen.height()


def _centred(window: QRect, screen: QRect) -> QRect:
    found = QRect(window.topLeft(), window.size().boundedTo(screen.size()))
    found.moveCenter(screen.center())
    return found


class ScreenWatch(QObject):
    """Brings a window back when its screen is unplugged; at the start, when it was meanwhile."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self.hold)

    def hold(self) -> None:
        """Move the window only if it can't be reached where it is."""
        main = QGuiApplication.primaryScreen()
        if main is None or self._window.isMaximized() or self._window.isFullScreen():
            return
        others = [screen for screen in QGuiApplication.screens() if screen is not main]
        here = self._window.geometry()
        there = held(here, [screen.availableGeometry() for screen in (main, *others)])
        if there != here:
            self._window.setGeometry(there)
