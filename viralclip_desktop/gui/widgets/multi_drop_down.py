"""Several of many: a drop-down whose menu stays open while one ticks."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QMenu, QWidget

from viralclip_desktop.gui.widgets.drop_down import DropDown


class MultiDropDown(DropDown):
    """``chosen`` carries the tuple of values that are ticked, in their order."""

    def __init__(self, name: str, choices: Sequence[tuple[object, str]] = (), none: str = "") -> None:
        """``none``: what it says while nothing is ticked."""
        self._none = none
        self._values: tuple[object, ...] = ()
        super().__init__(name, choices)

    @property
    def values(self) -> tuple[object, ...]:
        """What is ticked, as far as it is offered."""
        return tuple(value for value, _text in self._choices if value in self._values)

    def show_values(self, values: Collection[object]) -> None:
        """Tick some without reporting it."""
        self._values = tuple(values)
        self.show_value(self.values)

    def menu_now(self) -> QMenu:
        """The menu with what is chosen ticked."""
        menu = _StayingMenu(self)
        for value, text in self._choices:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(value in self._values)
            action.toggled.connect(lambda on, value=value: self._tick(value, on))
        return menu

    def _tick(self, value: object, on: bool) -> None:
        others = [one for one in self.values if one != value]
        self.show_values([*others, value] if on else others)
        self.chosen.emit(self.values)

    def _go(self, _step: int) -> None:
        self._open()

    def words(self) -> str:
        """What is shown: all that is ticked."""
        return ", ".join(text for value, text in self._choices if value in self._values) or self._none


class _StayingMenu(QMenu):
    """A click or Space ticks; Enter, Escape and a click beside it close."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setToolTipsVisible(True)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick what lies below the mouse."""
        if not _toggle(self.actionAt(event.position().toPoint())):
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tick what has the focus."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.close()
        elif event.key() != Qt.Key.Key_Space or not _toggle(self.activeAction()):
            super().keyPressEvent(event)


def _toggle(action: QAction | None) -> bool:
    if action is None or not action.isEnabled():
        return False
    action.toggle()
    return True
