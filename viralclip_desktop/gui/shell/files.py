"""Files that come in: by drop, by dialog, by command line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.gui.text import tr

_VIDEO = "mp4 mov mkv webm avi m4v mpg mpeg ts mts m2ts wmv flv 3gp ogv mxf"
_SOUND = "mp3 wav m4a aac flac ogg opus wma aiff"


def dialog_filter() -> str:
    """What the file dialog offers; everything else stays reachable under "All files"."""
    known = " ".join(f"*.{end}" for end in f"{_VIDEO} {_SOUND}".split())
    return f"{tr('Video and sound')} ({known});;{tr('All files')} (*)"


def local_files(data: QMimeData) -> list[Path]:
    """The files of a drag from this machine."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def checked(paths: Iterable[Path]) -> list[Path]:
    """The paths, if each may be a recording; what is really inside is told by the import.

    Raises :class:`BadInput` with one sentence for the first that can't be.
    """
    found = list(paths)
    for path in found:
        _check(path)
    return found


def _check(path: Path) -> None:
    if path.is_dir():
        raise BadInput(tr("“{name}” is a folder.", name=path.name), tr("Drop the recordings themselves."))
    if not path.is_file():
        raise BadInput(tr("There is no file “{name}”.", name=path.name), tr("It may have been moved."))
    if path.stat().st_size == 0:
        raise BadInput(tr("“{name}” is empty.", name=path.name), tr("Choose another file."))
