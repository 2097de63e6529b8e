"""Small questions about a project: another name, and what goes into its portable file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QWidget

from viralclip_desktop.gui.common.incoming import PROJECT_SUFFIX
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.controls import Switch
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row

_WIDTH_PX = 440


class RenameDialog(QDialog):
    """Asks for a name; ``named`` carries it."""

    named = Signal(str)

    def __init__(self, parent: QWidget, name: str) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Rename project"))
        self.field = QLineEdit(name)
        self.field.setAccessibleName(tr("Name of the project"))
        self.field.selectAll()
        self.rename, cancel = Button(tr("Rename"), "primary"), Button(tr("Cancel"))
        head = label(tr("Rename project"), "section")
        self.setLayout(column(head, self.field, 8, row(None, cancel, self.rename), margins=(24, 24, 24, 20)))
        self.setFixedWidth(_WIDTH_PX)
        self.field.textChanged.connect(lambda text: self.rename.setEnabled(bool(text.strip())))
        self.field.returnPressed.connect(self._done)
        on_click(self.rename, self._done)
        on_click(cancel, self.reject)

    def _done(self) -> None:
        if self.field.text().strip():
            self.named.emit(self.field.text().strip())
            self.accept()


class PortableDialog(QDialog):
    """Whether the recordings travel too; then where to. ``ordered`` carries the file and the choice."""

    ordered = Signal(str, bool)

    def __init__(self, parent: QWidget, name: str, size_words: str) -> None:
        super().__init__(parent)
        self._name = name
        self.setWindowTitle(tr("Export as one file"))
        self.with_media = Switch(tr("Include the recordings"))
        self.go, cancel = Button(tr("Choose where"), "primary", "export"), Button(tr("Cancel"))
        about = label(
            tr("Clips, words, styles and brand kits go into one file that opens on any computer."),
            "quiet",
            wrap=True,
        )
        note = label(tr("{size} more", size=size_words), "note") if size_words else label()
        media = row(column(label(tr("Include the recordings")), note, gap=0), None, self.with_media)
        self.setLayout(
            column(
                label(tr("Export “{name}” as one file", name=name), "section", wrap=True),
                about, 8, media, 8, row(None, cancel, self.go),
                margins=(24, 24, 24, 20),
            )
        )  # fmt: skip
        self.setFixedWidth(_WIDTH_PX)
        on_click(self.go, self._choose)
        on_click(cancel, self.reject)

    def _choose(self) -> None:
        start = str(Path.home() / f"{self._name}{PROJECT_SUFFIX}")
        kinds = f"{tr('ViralClip project')} (*{PROJECT_SUFFIX})"
        path, _kind = QFileDialog.getSaveFileName(self, tr("Export as one file"), start, kinds)
        if path:
            self.order(path)

    def order(self, path: str) -> None:
        """Export to this file."""
        self.ordered.emit(path, self.with_media.isChecked())
        self.accept()
