"""Files and folders that come in: recordings to find clips in, and project files to open."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.gui.text import tr

VIDEO = "mp4 mov mkv webm avi m4v mpg mpeg ts mts m2ts wmv flv 3gp ogv mxf"
SOUND = "mp3 wav m4a aac flac ogg opus wma aiff"
PROJECT_SUFFIX = ".viralclip"
_KNOWN = frozenset(f".{end}" for end in f"{VIDEO} {SOUND}".split())
_MOST = 50  # more than a weekend's worth of listening; somebody dropped their home folder


@dataclass(frozen=True)
class Incoming:
    """What was dropped or chosen."""

    recordings: tuple[Path, ...] = ()
    projects: tuple[Path, ...] = ()


def sort_incoming(paths: Iterable[Path]) -> Incoming:
    """Recordings and project files, with folders looked through. Blocks on large folders.

    Raises :class:`BadInput` with one sentence for what can't be either.
    """
    recordings: list[Path] = []
    projects: list[Path] = []
    for path in paths:
        if path.is_dir():
            recordings += _inside(path)
        elif path.suffix.lower() == PROJECT_SUFFIX:
            projects.append(_checked(path))
        else:
            recordings.append(_checked(path))
    return Incoming(tuple(dict.fromkeys(recordings)), tuple(dict.fromkeys(projects)))


def _inside(folder: Path) -> list[Path]:
    found = []
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        found += [Path(parent, name) for name in sorted(names) if _may_be_recording(Path(parent, name))]
        if len(found) > _MOST:
            message = tr("“{name}” holds more than {count} recordings.", name=folder.name, count=_MOST)
            raise BadInput(message, tr("Drop a smaller folder, or the recordings themselves."))
    if not found:
        message = tr("There are no recordings in “{name}”.", name=folder.name)
        raise BadInput(message, tr("Drop another folder, or the recordings themselves."))
    return found


def _may_be_recording(path: Path) -> bool:
    if path.suffix.lower() not in _KNOWN or path.name.startswith("."):
        return False
    try:
        return path.is_file() and path.stat().st_size > 0
    except OSError:
        return False


def _checked(path: Path) -> Path:
    if not path.is_file():
        raise BadInput(tr("There is no file “{name}”.", name=path.name), tr("It may have been moved."))
    if path.stat().st_size == 0:
        raise BadInput(tr("“{name}” is empty.", name=path.name), tr("Choose another file."))
    return path


def dialog_filter() -> str:
    """What the file dialog offers; everything else stays reachable under "All files"."""
    known = " ".join([f"*{PROJECT_SUFFIX}", *(f"*.{end}" for end in f"{VIDEO} {SOUND}".split())])
    return f"{tr('Video, sound and projects')} ({known});;{tr('All files')} (*)"


def local_files(data: QMimeData) -> list[Path]:
    """The files of a drag from this machine."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
