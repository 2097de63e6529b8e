"""What the window remembers between starts: its place on the screen, the last folder, the panels, the sound.

Kept in ``window.ini`` in the data folder, beside the settings: nothing here changes what is made.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtWidgets import QMainWindow

from viralclip_desktop.core.json_text import JSON_FAULTS, read_json


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

    @property
    def sizes_of(self) -> str:
        """For which shape of the editor the user gave its panels their sizes; empty where nobody did."""
        return str(self._file.value("editor_sizes_of", ""))

    @sizes_of.setter
    def sizes_of(self, shape: str) -> None:
        self._put("editor_sizes_of", shape)

    @property
    def column_px(self) -> int:
        """How wide the user made the player's column; 0 where it is as high as the window allows."""
        stored = str(self._file.value("editor_column", "0"))
        return int(stored) if stored.isdecimal() else 0

    @column_px.setter
    def column_px(self, width: int) -> None:
        self._put("editor_column", width)

    @property
    def safe_area(self) -> str:
        """The app whose safe area was chosen last; empty before the first choice."""
        return str(self._file.value("safe_area", ""))

    @property
    def safe_area_shown(self) -> bool:
        """Whether it lay over the picture."""
        return self._flag("safe_area_shown")

    def keep_safe_area(self, platform: str, *, shown: bool) -> None:
        """Remember the choice."""
        self._put("safe_area", platform)
        self._put("safe_area_shown", shown)

    @property
    def exports_paused(self) -> bool:
        """Whether exports that wait are kept waiting."""
        return self._flag("exports_paused")

    @exports_paused.setter
    def exports_paused(self, paused: bool) -> None:
        self._put("exports_paused", paused)

    @property
    def volume(self) -> float:
        """How loud the preview plays, 0..1."""
        try:
            return min(1.0, max(0.0, float(str(self._file.value("volume", "1")))))
        except ValueError:
            return 1.0

    @volume.setter
    def volume(self, volume: float) -> None:
        self._put("volume", round(volume, 3))

    @property
    def muted(self) -> bool:
        """Whether the preview plays without sound."""
        return self._flag("muted")

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._put("muted", muted)

    @property
    def recent_commands(self) -> list[str]:
        """Ids of the commands chosen in the palette, the latest last."""
        return [name for name in str(self._file.value("recent_commands", "")).split(" ") if name]

    @recent_commands.setter
    def recent_commands(self, names: list[str]) -> None:
        self._put("recent_commands", " ".join(names))

    def draft(self, name: str) -> dict[str, Any]:
        """What was typed and set on a page and not finished, as JSON values; empty for nothing."""
        try:
            kept = read_json(str(self._file.value(f"draft_{name}", "") or "{}"))
        except JSON_FAULTS:
            return {}
        return kept if isinstance(kept, dict) else {}

    def keep_draft(self, name: str, draft: dict[str, Any]) -> None:
        """Remember it."""
        self._put(f"draft_{name}", json.dumps(draft))

    def _flag(self, key: str) -> bool:
        return str(self._file.value(key, "")).lower() == "true"

    def _put(self, key: str, value: object) -> None:
        self._file.setValue(key, value)
        self._file.sync()
