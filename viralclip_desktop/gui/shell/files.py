"""Files that come in: by drop, by dialog, by command line."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData

from viralclip_desktop.gui.common.incoming import PROJECT_SUFFIX, SOUND, VIDEO
from viralclip_desktop.gui.text import tr


def dialog_filter() -> str:
    """What the file dialog offers; everything else stays reachable under "All files"."""
    known = " ".join([f"*{PROJECT_SUFFIX}", *(f"*.{end}" for end in f"{VIDEO} {SOUND}".split())])
    return f"{tr('Video, sound and projects')} ({known});;{tr('All files')} (*)"


def local_files(data: QMimeData) -> list[Path]:
    """The files of a drag from this machine."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
