"""Keys that belong to the focused control before they are anybody's shortcut."""

from __future__ import annotations

from collections.abc import Container

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent


def asks_for(event: QEvent, keys: Container[Qt.Key | int]) -> bool:
    """Whether Qt asks with this event if the focused control wants one of ``keys`` for itself."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    return event.key() in keys
