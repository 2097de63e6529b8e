"""The cache: everything derived from recordings. Only what can be made again is cleared."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.paths import DataPaths

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store

_SMALL = frozenset({"thumbnail.jpg", "peaks.bin"})
"""A project's picture and waveform: seen at once when it is opened, and a few megabytes for an hour."""
_KEPT_AT_THE_TOP = frozenset({"encoders.json"})  # a second of test encodes in a few bytes


def cache_size(paths: DataPaths) -> int:
    """Bytes in the cache folder. Walks through it: off the GUI thread."""
    return sum(_size(path) for path in _files(paths.cache))


def clear_cache(store: Store, paths: DataPaths) -> int:
    """Remove what can be made again; returns how many bytes that freed.

    Kept are the picture and waveform of every project, and all that belongs to a recording that is not where
    it was: nothing could make that again. Call it while no work is running.
    """
    before = cache_size(paths)
    sources = {source.id: source for source in store.sources()}
    for entry in _entries(paths.cache / "sources"):
        source = sources.get(entry.name)
        if source is None:
            _remove(entry)
        elif Path(source.path).is_file():
            for part in _entries(entry):
                if part.name not in _SMALL:
                    _remove(part)
    for entry in _entries(paths.cache):
        if entry.name != "sources" and entry.name not in _KEPT_AT_THE_TOP:
            _remove(entry)
    return max(0, before - cache_size(paths))


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):  # in use: it goes the next time
            path.unlink()


def _entries(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.is_dir() else []


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else iter(())


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # gone meanwhile
        return 0
