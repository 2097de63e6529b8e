"""Showing a finished file to the user: open it, or show it in its folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices


def open_file(path: Path) -> bool:
    """Open a file with the program the system has for it."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def show_in_folder(path: Path) -> bool:
    """Open the folder, with the file marked where the system can do that."""
    command = _reveal_command(path, sys.platform)
    if command is None:
        return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path.parent)))
    subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return True


def _reveal_command(path: Path, platform: str) -> list[str] | str | None:
    if platform == "win32":
        return f'explorer /select,"{path}"'  # Explorer wants the quotes inside; a path has none here
    if platform == "darwin":
        return ["open", "-R", str(path)]
    return None
