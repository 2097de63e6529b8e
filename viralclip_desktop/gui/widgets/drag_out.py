"""Finished files dragged out of the window into other programs."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl


def file_data(paths: Sequence[Path]) -> QMimeData:
    """What a drag of files carries."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data
