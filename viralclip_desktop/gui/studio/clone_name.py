"""The name of a voice, typed over where it stands."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from viralclip_desktop.gui.text import tr

LONGEST_NAME = 80


class NameField(QLineEdit):
    """``renamed`` carries another name once the field is left or Enter is pressed; Escape brings the stored
    one back."""

    renamed = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._stored = name
        self.setProperty("role", "title")
        self.setMaxLength(LONGEST_NAME)
        self.setAccessibleName(tr("Name of the voice"))
        self.setToolTip(tr("Type another name and press Enter"))
        self.setCursorPosition(0)
        self.editingFinished.connect(self._tell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes back what was typed."""
        if event.key() == Qt.Key.Key_Escape:
            self.setText(self._stored)
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        typed = " ".join(self.text().split())
        if not typed:
            self.setText(self._stored)
        elif typed != self._stored:
            self._stored = typed
            self.renamed.emit(typed)
