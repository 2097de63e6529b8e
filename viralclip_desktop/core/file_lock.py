"""A lock that programs share by a file: free again as soon as its holder has ended, however that went."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO


@contextmanager
def locked(path: Path) -> Iterator[bool]:
    """Hold the lock of a file meanwhile; False, without waiting, where somebody else does. The file is there
    while it is held. Raises OSError where it cannot be made."""
    file = _taken(path)
    try:
        yield file is not None
    finally:
        if file is not None:
            _release(file, path)


def _taken(path: Path) -> IO[bytes] | None:
    file = path.open("ab")
    if _lock(file) and _is_at(file, path):
        return file
    file.close()
    return None


def _release(file: IO[bytes], path: Path) -> None:
    """The file goes first where the system can remove an open one: nobody then waits for one that is gone."""
    with suppress(OSError):
        if sys.platform != "win32":
            path.unlink()
    file.close()
    with suppress(OSError):  # on Windows, unless somebody else has opened it meanwhile
        if sys.platform == "win32":
            path.unlink()


def _is_at(file: IO[bytes], path: Path) -> bool:
    """Whether the file that was locked is still the one of that name: its last holder may have removed it."""
    with suppress(OSError):
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    return False


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> bool:
        file.seek(0)
        with suppress(OSError):
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
            return True
        return False

else:
    import fcntl

    def _lock(file: IO[bytes]) -> bool:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False
