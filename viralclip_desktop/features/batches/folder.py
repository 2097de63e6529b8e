"""The recordings in folders, and which of them have come to rest."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from viralclip_desktop.core.file_names import FILM_ENDINGS, SOUND_ENDINGS

Standing = tuple[int, ...]
"""The size of a file in bytes, when it was last written and changed (ns), and its number on the disk."""


def _is_recording(path: Path) -> bool:
    """Whether a file's name is that of a film or a sound, and no hidden one."""
    return path.suffix.lower() in FILM_ENDINGS | SOUND_ENDINGS and not path.name.startswith((".", "~"))


def recordings_in(inputs: Iterable[Path], made: Collection[Path] = (), out: Path | None = None) -> list[Path]:
    """Files as they are, and of folders the recordings in them and in the folders one level below: each once,
    in the order of their names. Left out of folders are hidden ones, files that we ``made``, and what lies
    in the folder ``out`` where that is within. What links lead to a second time is left out too."""
    found: dict[Path, None] = {}
    for path in inputs:
        whole = path.absolute()
        for one in _in_folder(whole, made, out) if whole.is_dir() else [whole]:
            found[one] = None
    return list(_once(found))


def _once(paths: Collection[Path]) -> Iterator[Path]:
    """Of several ways to the same file the one without a link, or else the first."""
    whole = {path: _whole(path) for path in paths}
    plain = {path for path, itself in whole.items() if path == itself}
    taken: set[Path] = set()
    for path, itself in whole.items():
        if itself in taken or (itself in plain and path != itself):
            continue
        taken.add(itself)
        yield path


def _whole(path: Path) -> Path:
    """Where a path leads, through all links; the path itself where they lead round in a circle."""
    return Path(os.path.realpath(path))


def _in_folder(folder: Path, made: Collection[Path], out: Path | None) -> Iterator[Path]:
    left_out = {_whole(folder), *([_whole(out)] if out is not None else [])}
    exported: set[Path] | None = None
    for entry in _entries(folder):
        inside = entry.is_dir()
        if inside and _whole(entry) in left_out:  # a link may lead back to the folder itself
            continue
        for path in _entries(entry) if inside else [entry]:
            if not _is_recording(path) or not path.is_file() or path in made:
                continue
            if _whole(path) != path:  # by a link
                exported = {_whole(one) for one in made} if exported is None else exported
                if _whole(path) in exported:
                    continue
            yield path


def _entries(folder: Path) -> list[Path]:
    """What lies in a folder, by name; nothing where it cannot be read."""
    try:
        there = [path for path in folder.iterdir() if not path.name.startswith(".")]
    except OSError:
        return []
    return sorted(there, key=lambda path: (path.name.casefold(), path.name))


def standings(paths: Iterable[Path]) -> dict[Path, Standing]:
    """How files stand now; those that have just gone are left out."""
    found: dict[Path, Standing] = {}
    for path in paths:
        try:
            stat = path.stat()
        except OSError:
            continue
        found[path] = (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_ino)
    return found


class Settling:
    """Tells which files are no longer written to: their size and time have not changed for some seconds."""

    def __init__(self, quiet_s: float) -> None:
        self._quiet_s = quiet_s
        self._since: dict[Path, tuple[Standing, float]] = {}
        self.waiting = False
        """Whether some of the files that were looked at last have not settled yet."""

    def settled(self, seen: Mapping[Path, Standing], now_s: float) -> list[Path]:
        """Those of the files seen now that stand as they did for long enough, in their order. ``now_s``: on
        a clock that never goes back."""
        since = {}
        for path, standing in seen.items():
            before = self._since.get(path)
            since[path] = before if before is not None and before[0] == standing else (standing, now_s)
        self._since = since
        ready = [path for path, (_, at) in since.items() if now_s - at >= self._quiet_s]
        self.waiting = len(ready) < len(since)
        return ready
