"""A field to search in: a glass on the left, a way to clear it on the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.messages import IconLabel

_ICON_PX, _INSET_PX, _BUTTON_PX = 16, 12, 28


class SearchField(QLineEdit):
    """Down goes into the results, Escape clears.

    Icon and button are laid out here: Qt's own line-edit actions don't take the style sheet's heights.
    """

    entered_results = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._icon, self._clear = IconLabel("magnifying-glass", _ICON_PX), IconButton("x", tr("Clear"))
        for part in (self._icon, self._clear):
            part.setParent(self)
        self._clear.setProperty("size", "small")
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Escape clears by keyboard
        self._clear.hide()
        self.setTextMargins(_INSET_PX + _ICON_PX - 2, 0, _BUTTON_PX, 0)
        self.setPlaceholderText(name)
        self.setAccessibleName(name)
        on_click(self._clear, self.clear)
        self.textChanged.connect(lambda text: self._clear.setVisible(bool(text)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave for the results, or start over."""
        if event.key() == Qt.Key.Key_Down:
            self.entered_results.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                event.accept()  # to search ends no dialog

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the icon and the button in their places."""
        super().resizeEvent(event)
        self._icon.move(_INSET_PX, (self.height() - _ICON_PX) // 2)
        place = (self.width() - _BUTTON_PX - 2, (self.height() - _BUTTON_PX) // 2)
        self._clear.setGeometry(*place, _BUTTON_PX, _BUTTON_PX)
