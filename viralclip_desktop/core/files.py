"""Files that are whole or not there: written beside their place, then renamed, which is one step."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any


@dataclass(frozen=True, slots=True)
class Partial:
    """A file that is being written, for a writer that stays open; :func:`written_beside` does the rest."""

    path: Path
    target: Path

    def finish(self) -> None:
        """Put it in its place. Raises OSError, and then what was there is as it was."""
        self.path.replace(self.target)

    def drop(self) -> None:
        """Remove what is left of it; nothing happens once it is finished."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)


def partial_of(target: Path) -> Partial:
    """Where a file is written before it is ``target``: beside it, its name with ``.partial`` at the end."""
    return Partial(target.with_name(f"{target.name}.partial"), target)


@contextlib.contextmanager
def written_beside(target: Path, beside: Path | None = None) -> Iterator[Path]:
    """Gives a place to write to (``beside``, by default as :func:`partial_of` has it) and puts what is there
    in the place of ``target`` when the block ends; if it raises, nothing is left and ``target`` is as it was.

    The folder is made. Raises OSError.
    """
    partial = partial_of(target) if beside is None else Partial(beside, target)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        yield partial.path
        partial.finish()
    finally:
        partial.drop()


def write_whole(target: Path, data: bytes, *, beside: Path | None = None, synced: bool = False) -> None:
    """Write a file in one step; ``synced``: and have it on the disk before it takes the old one's place.
    Raises OSError, and then ``target`` is as it was."""
    with written_beside(target, beside) as path, path.open("wb") as file:
        file.write(data)
        if synced:
            sync(file)


def sync(file: IO[Any]) -> None:
    """Have what was written to an open file on the disk. Raises OSError."""
    file.flush()
    os.fsync(file.fileno())


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file: through links, other spellings, or letter case where that
    does not count."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):  # one of them does not exist
        return one.absolute() == other.absolute()
