"""Whose files are: those of the data folder the user's alone, those the user asked for as the system has it.

While the program runs, what it and its helpers write can be read by nobody else; what is put outside the data
folder gets the rights that the user's own umask gives.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

_ALONE = 0o077
_kept: list[tuple[Path, int]] = []
"""The data folder and the user's own umask, while they are to be kept."""


@contextlib.contextmanager
def private(home: Path) -> Iterator[None]:
    """What this process writes meanwhile is the user's alone, but for what :func:`as_users` gives away."""
    before = os.umask(_ALONE)
    _kept.append((home, before))
    try:
        yield
    finally:
        _kept.pop()
        os.umask(before)


def as_users(path: Path) -> None:
    """Give a new file or folder outside the data folder the rights that the user's umask gives."""
    if not _kept or os.name == "nt":
        return
    home, mask = _kept[-1]
    if not path.absolute().is_relative_to(home):
        with contextlib.suppress(OSError):  # a file system without rights
            path.chmod((0o777 if path.is_dir() else 0o666) & ~mask)


def make_private(home: Path) -> None:
    """Make the data folder, and keep others out of it if it is ours: new, empty, or with our database. Raises
    OSError."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if os.name == "nt" or not home.stat().st_mode & _ALONE:
        return
    there = list(home.iterdir())
    if there and home / "app.db" not in there:
        return  # somebody's folder, in which we only may write
    with contextlib.suppress(OSError):  # another user's
        home.chmod(0o700)
        for path in there:
            if path.is_file() and not path.is_symlink():
                path.chmod(0o600)
