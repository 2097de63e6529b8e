"""The field on the start page that takes the address of a video on a site."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row


class LinkField(QWidget):
    """Emits what was typed or pasted; what is wrong with it is said below the field."""

    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.field = _Field()
        self.button = Button(tr("Get the video"), icon="link")
        self._trouble = label("", "bad")
        self._trouble.setWordWrap(True)
        self._trouble.hide()
        self.setLayout(column(row(self.field, self.button, gap=8), self._trouble, gap=4))
        self.button.setEnabled(False)
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(self._ask)
        on_click(self.button, self._ask)

    def take(self, text: str) -> None:
        """Put a pasted address into the field and ask for it."""
        self.field.setText(text.strip())
        self._ask()

    def show_trouble(self, words: str) -> None:
        """Say what is wrong with the address; the field keeps it."""
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))
        self.field.setFocus()

    def clear(self) -> None:
        """Its video is on its way."""
        self.field.clear()

    def _typed(self, text: str) -> None:
        self._trouble.hide()
        self.button.setEnabled(bool(text.strip()))

    def _ask(self) -> None:
        if self.field.text().strip():
            self.asked.emit(self.field.text())


class _Field(QLineEdit):
    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(tr("Paste a link"))
        self.setAccessibleName(tr("Paste a link"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape clears."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)
