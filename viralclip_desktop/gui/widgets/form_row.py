"""One line of a form: what it is, its control, and what there is to say about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row

CONTROL_PX = 280


class Row(QWidget):
    """A title and a quiet word on the left, a control on the right."""

    def __init__(self, title: str, note: str, control: QWidget) -> None:
        super().__init__()
        self.words = f"{title} {note}".casefold()
        self._note, self._trouble = label(note, "note", wrap=True), label("", "bad", wrap=True)
        self._note.setVisible(bool(note))
        self._trouble.hide()
        for text in (self._note, self._trouble):
            text.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Minimum)
        texts: QVBoxLayout = column(label(title), self._note, self._trouble, gap=2)
        control.setFixedWidth(CONTROL_PX)
        layout = row(gap=24, margins=(0, 6, 0, 6))
        layout.addLayout(texts, 1)
        layout.addWidget(control, 0, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(layout)

    def matches(self, words: list[str]) -> bool:
        """Whether every word is found in the title or the note."""
        return all(word in self.words for word in words)

    def say(self, note: str) -> None:
        """Another quiet word."""
        self._note.setText(note)
        self._note.setVisible(bool(note))

    def complain(self, trouble: str) -> None:
        """What is wrong with the last change; empty when nothing is."""
        self._trouble.setText(trouble)
        self._trouble.setVisible(bool(trouble))
