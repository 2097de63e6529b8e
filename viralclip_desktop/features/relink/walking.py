"""All files under a folder, whatever the tree is like: links in circles, closed folders, drives that go."""

from __future__ import annotations

import os
import stat
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field
from pathlib import Path

_NEVER = frozenset({"$recycle.bin", "system volume information", ".trash", ".trashes"})
"""Folders whose files are thrown away, or not the user's."""
_TRASH_PREFIX = ".trash-"  # per user, on other drives (freedesktop.org)


@dataclass(slots=True)
class Walk:
    """One walk; memory grows with the folders waiting, never with the files seen."""

    root: Path
    files_seen: int = 0
    unreadable: int = 0
    """Folders that could not be looked into, or not to their end."""
    _waiting: list[str] = field(default_factory=list)
    _trees: list[str] = field(default_factory=list)
    """The real roots walked: the chosen folder, and what links in it lead to outside of it."""

    def files(self) -> Generator[os.DirEntry[str] | None, None, None]:
        """Each file once, upper folders first; None after each folder, for progress and cancel."""
        self._trees = [os.path.realpath(self.root)]
        self._waiting = [str(self.root)]
        while self._waiting:
            folders: list[str] = []
            for folder in self._waiting:
                for entry in self._entries(folder):
                    if self._is_folder(entry):
                        folders.append(entry.path)
                    else:
                        self.files_seen += 1
                        yield entry
                yield None
            self._waiting = folders

    def _entries(self, folder: str) -> Iterator[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                yield from entries
        except OSError:  # closed to us, gone meanwhile, or a drive that went away
            self.unreadable += 1

    def _is_folder(self, entry: os.DirEntry[str]) -> bool:
        """Whether to walk into an entry; one that must not be walked counts as a file of no interest."""
        try:
            if not entry.is_dir():
                return False
            name = entry.name.casefold()
            if name in _NEVER or name.startswith(_TRASH_PREFIX):
                return False
            return not _is_link(entry) or self._leads_elsewhere(entry.path)
        except OSError:
            return False

    def _leads_elsewhere(self, link: str) -> bool:
        """Whether a link leads to a tree that shares nothing with those walked: else files would be met
        twice, or without end."""
        target = os.path.realpath(link)
        if any(_contains(tree, target) or _contains(target, tree) for tree in self._trees):
            return False
        self._trees.append(target)
        return True


def _contains(tree: str, path: str) -> bool:
    try:
        return os.path.commonpath([tree, path]) == tree
    except ValueError:  # other drives
        return False


def _is_link(entry: os.DirEntry[str]) -> bool:
    """A symbolic link, or a junction of Windows (which does not count as one)."""
    if entry.is_symlink():
        return True
    tag = getattr(entry.stat(follow_symlinks=False), "st_reparse_tag", 0)
    return bool(tag) and tag == getattr(stat, "IO_REPARSE_TAG_MOUNT_POINT", None)
