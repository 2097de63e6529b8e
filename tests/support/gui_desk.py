"""What the window stands on: see ``projects``; and files dropped on it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from support import projects
from support.projects import SPOKEN, make_recording, make_transcript

from viralclip_desktop.app import build_desk
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.domain.media import Source
from viralclip_desktop.features.desk import Desk

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

__all__ = ["SPOKEN", "add_project", "drop", "make_desk", "make_recording", "make_transcript"]


def make_desk(folder: Path) -> Desk:
    """A desk with nothing in it."""
    return build_desk(DataPaths(folder / "home", folder / "models"))


def add_project(
    desk: Desk, recording: Path, clips: int = 4, engine: str = "whisper", text: str = SPOKEN
) -> Source:
    """Import a recording and give it words and clips."""
    return projects.add_project(desk.services, recording, clips, engine, text)


def drop(window: QWidget, *paths: Path) -> None:
    """Drop files onto the window as a file manager does."""
    from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
    from PySide6.QtGui import QDragEnterEvent, QDropEvent
    from PySide6.QtWidgets import QApplication

    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(300, 300), copy, data, left, none))
    QApplication.sendEvent(window, QDropEvent(QPointF(300, 300), copy, data, left, none))
