"""Files that are whole or not there: written beside their place, then renamed, which is one step."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.private import as_users
from viralclip_desktop.core.processes import is_running

_FULL = {errno.ENOSPC, errno.EDQUOT}
_PARTIAL = re.compile(r"(?P<target>.+)\.(?P<pid>\d+)(?:-\d+)?\.partial", re.DOTALL)
_numbers = itertools.count(1)


@dataclass(frozen=True, slots=True)
class Partial:
    """A file that is being written, for a writer that stays open; :func:`written_beside` does the rest."""

    path: Path
    target: Path

    def finish(self) -> None:
        """Put it in its place. Raises OSError, and then what was there is as it was."""
        as_users(self.path)
        self.path.replace(self.target)

    def finish_new(self) -> None:
        """Put it in its place if nothing is there. Raises FileExistsError where something is, and OSError."""
        as_users(self.path)
        try:
            os.link(self.path, self.target)  # one step that never replaces anything
        except FileExistsError:
            raise
        except OSError:  # a file system without links
            self.target.touch(exist_ok=False)
            self.path.replace(self.target)

    def drop(self) -> None:
        """Remove what is left of it; nothing happens once it is finished."""
        with contextlib.suppress(OSError):
            self.path.unlink(missing_ok=True)


def partial_of(target: Path) -> Partial:
    """Where a file is written before it is ``target``: beside it, its name with ``.partial`` at the end, and
    before that the id of this process, by which is known what a program that died has left, and a number: two
    threads may write the same file."""
    return Partial(target.with_name(f"{target.name}.{os.getpid()}-{next(_numbers)}.partial"), target)


def drop_abandoned(folder: Path, target: str = "") -> None:
    """Remove what programs that have died were writing in a folder (of one file, by its name)."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            named = _PARTIAL.fullmatch(entry.name)
            if named and target in ("", named["target"]) and not is_running(int(named["pid"])):
                Path(entry.path).unlink(missing_ok=True)


def keep_within(files: Iterable[Path], most_bytes: int) -> None:
    """Remove files, those that were not used for the longest time (by when they were written or touched)
    first, until the rest takes no more than ``most_bytes``."""
    found: list[tuple[int, int, Path]] = []
    for path in files:
        with contextlib.suppress(OSError):
            state = path.stat()
            found.append((state.st_mtime_ns, state.st_size, path))
    room = most_bytes
    for _, size, path in sorted(found, reverse=True):
        room -= size
        if room < 0:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)


def make_folder(folder: Path) -> None:
    """Make a folder and those it lies in, as far as they are not there. Raises OSError."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    for made in missing:
        as_users(made)


def check_is_file(path: Path) -> None:
    """Raise :class:`BadInput` for what is no file on a disk (a pipe, a device): it may never end, or be
    there only once. What is not there at all is for whoever opens it."""
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return
    place = path.absolute().parts[1:3]
    of_the_system = place[:1] == ("proc",) or (place[:1] == ("dev",) and place[1:] != ("shm",))
    if of_the_system or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
        message = say("{name} is a pipe or a device, not a file.", name=path.name)
        raise BadInput(message, "Save it as a file and open that.")


@contextlib.contextmanager
def written_beside(target: Path, beside: Path | None = None) -> Iterator[Path]:
    """Gives a place to write to (``beside``, by default as :func:`partial_of` has it) and puts what is there
    in the place of ``target`` when the block ends; if it raises, nothing is left and ``target`` is as it was.

    The folder is made. Raises OSError.
    """
    partial = partial_of(target) if beside is None else Partial(beside, target)
    make_folder(target.parent)
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


def from_home(typed: Path | str) -> Path:
    """A path in which a ``~`` at its beginning is the user's home; ``~~`` and unknown users stay as they are
    typed."""
    with contextlib.suppress(RuntimeError):
        return Path(typed).expanduser()
    return Path(typed)


def of_the_disk(error: BaseException) -> BaseException:
    """A failed write or close of ours as the fault it is, where the disk is full or may not be written; any
    other error as it is."""
    number = error.errno if isinstance(error, OSError) else None
    if number in _FULL:
        return EnvironmentLacks("The disk is full.", "Free some space and try again.", str(error))
    if number == errno.EROFS:
        return EnvironmentLacks("The disk may not be written.", "Choose another folder.", str(error))
    return error


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file: through links, other spellings, or letter case where that
    does not count."""
    try:
        return one.samefile(other)
    except (OSError, ValueError):  # one of them does not exist
        return one.absolute() == other.absolute()
