"""A name for something the user keeps."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QWidget

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row

_WIDTH_PX = 380


class NameDialog(QDialog):
    """Asks for a name; ``name`` is what was typed, tidied."""

    def __init__(self, parent: QWidget, title: str, start: str, done: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.field = QLineEdit(start)
        self.field.setAccessibleName(tr("Name"))
        self.field.selectAll()
        self.save, cancel = Button(done, "primary"), Button(tr("Cancel"))
        self.setLayout(
            column(
                label(title, "section"),
                self.field,
                8,
                row(None, cancel, self.save),
                gap=12,
                margins=(24, 24, 24, 20),
            )
        )
        self.setFixedWidth(_WIDTH_PX)
        on_click(self.save, self.accept)
        on_click(cancel, self.reject)
        self.field.textChanged.connect(lambda _text: self.save.setEnabled(bool(self.name)))
        self.field.returnPressed.connect(lambda: self.accept() if self.name else None)
        self.save.setEnabled(bool(self.name))
        self.field.setFocus()

    @property
    def name(self) -> str:
        """What was typed, without needless white space."""
        return " ".join(self.field.text().split())
