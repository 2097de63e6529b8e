"""The recordings in folders, and which of them have come to rest."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from viralclip_desktop.core.file_names import FILM_ENDINGS, SOUND_ENDINGS

Standing = tuple[int, int]
"""The size of a file in bytes, and when it was last written (ns)."""


def _is_recording(path: Path) -> bool:
    """Whether a file's name is that of a film or a sound, and no hidden one."""
    return path.suffix.lower() in FILM_ENDINGS | SOUND_ENDINGS and not path.name.startswith((".", "~"))


def recordings_in(inputs: Iterable[Path], made: Collection[Path] = (), out: Path | None = None) -> list[Path]:
    """Files as they are, and of folders the recordings in them and in the folders one level below: each once,
    in the order of their names. Left out of folders are hidden ones, files that we ``made``, and what lies
    in the folder ``out`` where that is within."""
    found: dict[Path, None] = {}
    for path in inputs:
        whole = path.absolute()
        for one in _in_folder(whole, made, out) if whole.is_dir() else [whole]:
            found[one] = None
    return list(found)


def _in_folder(folder: Path, made: Collection[Path], out: Path | None) -> Iterator[Path]:
    for entry in _entries(folder):
        if out is not None and entry == out.absolute():
            continue
        for path in _entries(entry) if entry.is_dir() else [entry]:
            if _is_recording(path) and path.is_file() and path not in made:
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
    found = {}
    for path in paths:
        try:
            stat = path.stat()
        except OSError:
            continue
        found[path] = (stat.st_size, stat.st_mtime_ns)
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
