"""Where the keyboard goes when what had it goes away: never to whatever Qt comes across next."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QWidget

from viralclip_desktop.gui.widgets.buttons import leads_away
from viralclip_desktop.gui.widgets.layout import area_around


class KeyboardRest:
    """Looks after one window. Qt hands the focus of a widget that is hidden or disabled on along the chain,
    to a control nobody chose, and Space would press it."""

    def __init__(self, window: QMainWindow, resting_place: Callable[[], QWidget]) -> None:
        """``resting_place``: what has the keys on the page in view while no control has."""
        self._window, self._resting_place = window, resting_place

    def has_gone(self) -> bool:
        """Whether what has the focus can't have it any more; whoever presses Tab still has theirs."""
        here = self._window.focusWidget()
        return here is not None and not (here.isVisible() and here.isEnabled())

    def move_on(self, step: Callable[[], bool]) -> bool:
        """The focus goes elsewhere. Somebody who walks by keyboard goes on to the next control beside the one
        that went (``step`` takes them there); for everybody else the page has the keys."""
        gone = self._window.focusWidget()
        beside = _surroundings(gone) if gone is not None else None
        if beside is None or not step() or not self._stays_in(beside):
            self.take()
        return True

    def take(self) -> None:
        """Give the keys to the page in view."""
        self._resting_place().setFocus(Qt.FocusReason.OtherFocusReason)

    def wake(self) -> None:
        """The window is in front again: what it had the focus on may have gone meanwhile."""
        here = self._window.focusWidget()
        if self._window.isActiveWindow() and (here is None or self.has_gone()):
            self.take()

    def _stays_in(self, place: QWidget) -> bool:
        here = self._window.focusWidget()
        return here is not None and place.isAncestorOf(here) and not leads_away(here)


def _surroundings(gone: QWidget) -> QWidget | None:
    """Where somebody who came to a control by Tab goes on from; None for what a click leads to as well."""
    if gone.focusPolicy() & Qt.FocusPolicy.ClickFocus:
        return None
    around = area_around(gone) or gone.parentWidget()
    return around if around is not None and around.isVisible() else None
