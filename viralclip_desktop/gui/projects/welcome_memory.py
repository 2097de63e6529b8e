"""Whether the welcome was of use already: then it never comes back."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings


class WelcomeMemory:
    """One mark in the window's own file in the data folder."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = QSettings(str(folder / "window.ini"), QSettings.Format.IniFormat)

    @property
    def done(self) -> bool:
        """Whether a project was made once."""
        return str(self._file.value("welcome/done", "")) == "true"

    def mark_done(self) -> None:
        """There is a project: whoever made it needs no welcome."""
        if not self.done:
            self._file.setValue("welcome/done", "true")
            self._file.sync()
