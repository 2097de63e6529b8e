"""Showing a file of the user's: open it, or show it in its folder. Where the system can't, that is said, with
the path to copy and what to do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.toasts import ToastText

Tell = Callable[[ToastText], None]


def open_file(path: Path, tell: Tell) -> bool:
    """Open a file, or look into a folder, with the program the system has for it; whether there is one."""
    if not path.exists():
        return _gone(path, tell)
    if _opened(path):
        return True
    if path.is_dir():
        return _not_shown(path, tell, tr("No program on this computer shows the folder “{path}”.", path=path))
    text = tr("No program on this computer opens “{path}”.", path=path)
    hint = tr("Choose one for such files in the settings of your system, or open the file from a program.")
    return _told(path, tell, text, hint)


def show_in_folder(path: Path, tell: Tell) -> bool:
    """Open the folder, with the file marked where the system can do that; whether it could."""
    if not path.exists() and not path.parent.is_dir():
        return _gone(path, tell)
    if _marked(path) or _opened(path.parent):
        return True
    text = tr("No program on this computer shows the folder of “{path}”.", path=path)
    return _not_shown(path, tell, text)


def _opened(path: Path) -> bool:
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def _marked(path: Path) -> bool:
    command = _reveal_command(path, sys.platform) if path.exists() else None
    if command is None:
        return False
    nothing = subprocess.DEVNULL
    try:
        subprocess.Popen(command, stdin=nothing, stdout=nothing, stderr=nothing)
    except OSError:
        return False
    return True


def _reveal_command(path: Path, platform: str) -> list[str] | str | None:
    if platform == "win32":
        return f'explorer /select,"{path}"'  # Explorer wants the quotes inside; a path has none here
    if platform == "darwin":
        return ["open", "-R", str(path)]
    return None


def _gone(path: Path, tell: Tell) -> bool:
    text = tr("“{path}” is not there any more.", path=path)
    return _told(path, tell, text, tr("It was moved, renamed or deleted, or its disk is not connected."))


def _not_shown(path: Path, tell: Tell, text: str) -> bool:
    return _told(path, tell, text, tr("Copy the path and open it with the program you keep your files in."))


def _told(path: Path, tell: Tell, text: str, hint: str) -> bool:
    copy = partial(QGuiApplication.clipboard().setText, str(path))
    tell(ToastText(text, hint, kind="bad", action=tr("Copy the path"), then=copy))
    return False
