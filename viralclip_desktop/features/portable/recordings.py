"""Where the files of a project that came as one file are: known by content, or unpacked, or missing."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import ExitStack, suppress
from pathlib import Path, PureWindowsPath

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.file_names import safe_name
from viralclip_desktop.core.files import make_folder, partial_of, sync
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, TimeLeft
from viralclip_desktop.features.portable import form
from viralclip_desktop.features.portable.archive import Archive
from viralclip_desktop.features.portable.contents import file_name
from viralclip_desktop.media.faults import DiskFull, disk_fault
from viralclip_desktop.media.fingerprint import fingerprint


class Finder:
    """Finds or unpacks files. What it unpacked is removed again unless the import succeeds."""

    def __init__(
        self, archive: Archive, paths: DataPaths, undo: ExitStack, progress: Progress, cancel: CancelToken
    ) -> None:
        """``undo`` is told how to remove each thing that was made."""
        self._archive, self._undo = archive, undo
        self._media = paths.home / "media"
        self._progress, self._cancel = progress, cancel
        self._time_left = TimeLeft()

    def find(self, hint: str, content: str, member: str, folder: str) -> str:
        """The path on this machine of a file that was at ``hint`` and has the fingerprint ``content``.

        Looks at the old path, then beside the project file; then unpacks ``member`` (empty for none) into
        that folder of ``media``. A file that is nowhere keeps a path where putting it helps. Raises
        :class:`BadInput` when the packed one is damaged, and the faults of a full disk.
        """
        beside = self._archive.path.absolute().parent / (file_name(hint) or "recording")
        candidates = [Path(hint), beside] if _is_local(hint) else [beside]
        path = next((path for path in candidates if _is_it(path, content)), None)
        if path is None and member:
            path = self._unpacked(hint, content, member, self._media / folder)
        return str(path or candidates[0])

    def _unpacked(self, hint: str, content: str, member: str, folder: Path) -> Path:
        size = self._archive.size(member)
        stem = safe_name(Path(file_name(hint)).stem, "recording")
        name = f"{stem}-{self._archive.members[member].sha256[:12]}{Path(member).suffix}"
        target = folder / name
        if not _is_it(target, content):
            self._make_folder(folder)
            if shutil.disk_usage(folder).free < size:
                advice = "Free some space in the data folder and try again."
                raise DiskFull(
                    say("There is no room for {name} ({size} MB).", name=name, size=Number(size / 1e6, 0)),
                    advice,
                )
            self._unpack(content, member, target, size)
        return target

    def _unpack(self, content: str, member: str, target: Path, size: int) -> None:
        partial = partial_of(target)
        self._undo.callback(partial.drop)
        self._copy(member, partial.path, lambda done: self._tell(target, done, size))
        if not _is_it(partial.path, content):
            raise form.damaged(self._archive.path, f"{member} is another file")
        try:
            partial.finish()
        except OSError as error:
            raise disk_fault(error, target) from error
        self._undo.callback(target.unlink, missing_ok=True)

    def _copy(self, member: str, out: Path, tell: Callable[[int], None]) -> None:
        done = 0
        try:
            with out.open("wb") as file:
                for chunk in self._archive.chunks(member):
                    self._cancel.raise_if_cancelled()
                    file.write(chunk)
                    done += len(chunk)
                    tell(done)
                sync(file)
        except OSError as error:
            raise disk_fault(error, out) from error

    def _make_folder(self, wanted: Path) -> None:
        for folder in reversed([wanted, *wanted.parents]):
            if folder.is_dir():
                continue
            try:
                make_folder(folder)
            except OSError as error:
                raise disk_fault(error, folder) from error
            self._undo.callback(_remove_empty, folder)

    def _tell(self, target: Path, done: int, size: int) -> None:
        fraction = done / max(1, size)
        message, left = say("Unpacking {name}", name=target.name), self._time_left(fraction)
        self._progress(ProgressEvent("unpack", min(1.0, fraction), message, left))


def _is_local(path: str) -> bool:
    """Whether a path from a file may be looked at: absolute here, and on no server (merely asking for
    ``\\\\server\\share`` makes Windows log in there, and goes round the offline switch)."""
    plain = path.replace("/", "\\")
    if plain.startswith("\\\\") or "\0" in path:
        return False
    return Path(path).is_absolute() and not (os.name == "nt" and not PureWindowsPath(path).drive)


def _is_it(path: Path, content: str) -> bool:
    """Whether a file is there and has this fingerprint."""
    try:
        return path.is_file() and fingerprint(path) == content
    except (Fault, OSError, ValueError):
        return False


def _remove_empty(folder: Path) -> None:
    with suppress(OSError):  # somebody else has put something there meanwhile
        folder.rmdir()
