"""Questions and reports of faults, calmly."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import Details

_WIDTH_PX = 440


class Question(QDialog):
    """One question, a safe answer (the default, Escape) and one that goes on."""

    def __init__(self, parent: QWidget, title: str, text: str, stay: str, go: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.stay, self.go = Button(stay, "primary"), Button(go)
        words = label(text, "quiet", wrap=True)
        buttons = row(None, self.go, self.stay)
        self.setLayout(
            column(label(title, "section", wrap=True), words, 8, buttons, margins=(24, 24, 24, 20))
        )
        self.setFixedWidth(_WIDTH_PX)
        on_click(self.stay, self.reject)
        on_click(self.go, self.accept)
        self.stay.setFocus(Qt.FocusReason.OtherFocusReason)


class Note(QDialog):
    """Something to read."""

    def __init__(self, parent: QWidget, title: str, text: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        close = Button(tr("Close"), "primary")
        words = label(text, "quiet", wrap=True)
        self.setLayout(column(label(title, "section"), words, 8, row(None, close), margins=(24, 24, 24, 20)))
        self.setFixedWidth(_WIDTH_PX)
        on_click(close, self.accept)


class BugDialog(QDialog):
    """Something of ours broke: what it means for the user, the details folded and ready to copy."""

    def __init__(self, parent: QWidget | None, details: str, log: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Something went wrong"))
        close, copy = Button(tr("Close"), "primary"), Button(tr("Copy details"))
        text = tr("This is a mistake in the program. Your work is stored; you can go on.")
        where = tr("The log is in {folder}.", folder=log)
        self.setLayout(
            column(
                label(tr("Something went wrong"), "section"),
                label(text, "quiet", wrap=True),
                label(where, "note", wrap=True),
                Details(details),
                8,
                row(None, copy, close),
                margins=(24, 24, 24, 20),
            )
        )
        self.setMinimumWidth(_WIDTH_PX + 80)
        on_click(close, self.accept)
        on_click(copy, lambda: QApplication.clipboard().setText(details))
