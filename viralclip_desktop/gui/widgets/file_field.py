"""A file the user chose: its name, a button to choose another, a button for none."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from viralclip_desktop.core.file_names import free_path
from viralclip_desktop.gui.text import plain, tr
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, on_click
from viralclip_desktop.gui.widgets.labels import ElidedLabel
from viralclip_desktop.gui.widgets.layout import row

PICTURES = "png jpg jpeg webp bmp gif"
VIDEOS = "mp4 mov mkv webm avi m4v"
SOUNDS = "mp3 wav m4a aac flac ogg opus wma aiff"
FONTS = "ttf otf"


def file_filter(words: str, endings: str) -> str:
    """What the dialog offers; everything else stays reachable."""
    known = " ".join(f"*.{end}" for end in endings.split())
    return f"{words} ({known});;{tr('All files')} (*)"


def ending_in(chosen: Path, ending: str) -> Path:
    """A path as it was chosen in a dialog, with the ending of what is written. A file that is there under the
    longer name stays: nobody was asked about that one."""
    if chosen.suffix.lower() == ending:
        return chosen
    name = chosen.name
    return free_path(
        lambda number: f"{name}{ending}" if number == 1 else f"{name} ({number}){ending}",
        chosen.parent,
        Path.exists,
    )


class FileField(QWidget):
    """Emits ``chosen`` with a path, or an empty text for none."""

    chosen = Signal(str)

    def __init__(self, name: str, words: str, endings: str) -> None:
        super().__init__()
        self._name, self._filter, self.path = name, file_filter(words, endings), ""
        self._shown = ElidedLabel("", "quiet")
        self.choose = Button(tr("Choose"))
        self.choose.setAccessibleName(tr("Choose: {name}", name=name))
        self.clear = IconButton("x", tr("Remove: {name}", name=name))
        self.clear.setProperty("size", "small")
        layout = row(gap=6)
        layout.addWidget(self._shown, 1)
        layout.addWidget(self.clear)
        layout.addWidget(self.choose)
        self.setLayout(layout)
        on_click(self.choose, self._ask)
        on_click(self.clear, lambda: self.take(""))
        self.show_path("")

    def show_path(self, path: str) -> None:
        """Show a file without reporting it."""
        self.path = path
        missing = bool(path) and not Path(path).is_file()
        name = Path(path).name if path else tr("None")
        self._shown.setText(tr("{name} is missing", name=name) if missing else name)
        self._shown.setToolTip(plain(path))
        self._shown.setProperty("role", "bad" if missing else "quiet")
        self._shown.style().unpolish(self._shown)
        self._shown.style().polish(self._shown)
        self.clear.setVisible(bool(path))

    def take(self, path: str) -> None:
        """As if the user had chosen a file."""
        if path != self.path:
            self.show_path(path)
            self.chosen.emit(path)

    def _ask(self) -> None:
        start = str(Path(self.path).parent) if self.path else QDir.homePath()
        path, _ = QFileDialog.getOpenFileName(self, self._name, start, self._filter)
        if path:
            self.take(path)
