"""Where a recording is, as other programs write it. A project may come from another system, so a path
is read by its looks and not by where the program runs."""

from __future__ import annotations

import re
from pathlib import PurePath, PurePosixPath, PureWindowsPath

_WINDOWS = re.compile(r"^([A-Za-z]:[\\/]|\\\\)")


def file_url(path: str) -> str:
    """A ``file:`` URL (RFC 8089): ``file:///C:/films/a%20b.mp4``, ``file://server/share/a.mp4``,
    ``file:///films/a.mp4``. Raises ValueError for a path that is not absolute."""
    return _pure(path).as_uri()


def file_name(path: str) -> str:
    """The last part of a path."""
    return _pure(path).name


def _pure(path: str) -> PurePath:
    return PureWindowsPath(path) if _WINDOWS.match(path) else PurePosixPath(path)
