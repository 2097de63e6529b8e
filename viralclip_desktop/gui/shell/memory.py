"""What the window remembers between starts: its place on the screen, the last folder, the panels.

Kept in ``window.ini`` in the data folder, beside the settings: nothing here changes what is made.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow


class WindowMemory:
    """Typed access to the file; damaged or missing values give the defaults."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    @property
    def last_folder(self) -> str:
        """Where a recording was opened last."""
        return str(self._file.value("last_folder", ""))

    @last_folder.setter
    def last_folder(self, folder: str) -> None:
        self._put("last_folder", folder)

    def restore(self, window: QMainWindow) -> bool:
        """Put the window where it was; whether anything was remembered."""
        place = self._file.value("geometry")
        return isinstance(place, QByteArray) and window.restoreGeometry(place)

    def keep(self, window: QMainWindow) -> None:
        """Remember where the window is."""
        self._put("geometry", window.saveGeometry())

    @property
    def layout(self) -> QByteArray | None:
        """How the editor's panels lie; None when nothing was remembered."""
        stored = self._file.value("editor_layout")
        return stored if isinstance(stored, QByteArray) else None

    @layout.setter
    def layout(self, layout: QByteArray) -> None:
        self._put("editor_layout", layout)

    def _put(self, key: str, value: object) -> None:
        self._file.setValue(key, value)
        self._file.sync()
