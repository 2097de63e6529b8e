"""A small field of several lines over a text to write it anew right where it stands."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from viralclip_desktop.gui.common.inline_field import Inline, inline_look
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme

_LEAST_PX, _MOST_LINES, _AIR_PX = 160, 6, 18


class InlineText(Inline, QPlainTextEdit):
    """Lies over the text until Enter (keep; Shift+Enter begins a line), Escape (leave as it was) or a click
    elsewhere (keep). ``keep`` gets the text, ``back`` the focus."""

    def __init__(
        self, host: QWidget, name: str, text: str, box: QRect, *, keep: Callable[[str], None], back: QWidget
    ) -> None:
        super().__init__(text, host)
        self._host, self._home, self._before = host, box, text
        self.setAccessibleName(name)
        self.setStyleSheet(inline_look("QPlainTextEdit"))
        self.setFont(theme().sized(tokens.TYPE_BODY))
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._fit)
        self._fit()
        self.selectAll()
        self.begin(keep, back)

    def text(self) -> str:
        """What stands in the field."""
        return self.toPlainText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter keeps, Escape leaves everything as it was."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.leave(keep=True)
        elif event.key() == Qt.Key.Key_Escape:
            self.leave(keep=False)
        else:
            super().keyPressEvent(event)

    def leave(self, keep: bool, take_focus: bool = True) -> None:
        """End typing; what was typed is kept or dropped."""
        text = "\n".join(line.strip() for line in self.text().splitlines()).strip()
        self.conclude(text if keep and text else self._before, take_focus=take_focus)

    def _fit(self) -> None:
        metrics, lines = self.fontMetrics(), self.text().split("\n")
        wanted = max(metrics.horizontalAdvance(line) for line in lines) + 2 * _AIR_PX
        width = min(max(_LEAST_PX, wanted, self._home.width()), self._host.width() - 16)
        room = max(1, width - 2 * _AIR_PX)
        rows = sum(1 + max(0, metrics.horizontalAdvance(line) - 1) // room for line in lines)
        height = min(rows, _MOST_LINES) * metrics.lineSpacing() + _AIR_PX
        left = min(max(8, self._home.center().x() - width // 2), self._host.width() - width - 8)
        top = min(max(8, self._home.center().y() - height // 2), self._host.height() - height - 8)
        self.setGeometry(left, max(0, top), width, height)
