"""Where a video lies while it is fetched: a folder of its own, held by one program at a time. Light: each
start of the program sweeps what was abandoned there."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.file_lock import locked
from viralclip_desktop.core.files import from_home, make_folder, write_whole
from viralclip_desktop.core.json_text import read_json
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services

_INCOMING, _LOCK, _WAITING, _BROUGHT = ".incoming", ".lock", ".waiting", ".json"
_LOOK_EVERY_S = 0.2  # while another program has a video
_ABANDONED_S = 7 * 24 * 3600.0  # until then a try may go on from what is left of the last one


@dataclass(frozen=True, slots=True)
class WorkFolder:
    """The folder of one video, and whether another program was fetching it before."""

    folder: Path
    waited: bool

    def tell_others(self, subtitles: str, brought: dict[str, Any]) -> None:
        """Leave word for a program that waits for the same video."""
        if self.folder.with_suffix(_WAITING).exists():
            with suppress(OSError):  # it would be fetched once more
                write_whole(self._word(subtitles), json.dumps(brought).encode())

    def brought_by_another(self, subtitles: str) -> dict[str, Any] | None:
        """What the program that was waited for has brought (JSON values); None where there is nothing."""
        if not self.waited:
            return None
        self.folder.with_suffix(_WAITING).unlink(missing_ok=True)
        with suppress(OSError, ValueError, TypeError, KeyError):
            word = self._word(subtitles)
            brought: dict[str, Any] = read_json(word.read_text(encoding="utf-8"))
            word.unlink()
            return brought if Path(brought["path"]).is_file() else None
        return None

    def _word(self, subtitles: str) -> Path:
        language = sha256(subtitles.encode()).hexdigest()[:8]
        return self.folder.with_suffix(f".{language}{_BROUGHT}")


def links_folder(services: Services) -> Path:
    """Where fetched videos go."""
    chosen = services.settings.value("links.folder")
    return from_home(chosen) if chosen else services.paths.home / "media" / "links"


@contextmanager
def work_folder(
    folder: Path, address: str, height: int, progress: Progress, cancel: CancelToken
) -> Iterator[WorkFolder]:
    """Hold the folder of a video. The next run knows it again, and goes on from what a failure leaves. Raises
    EnvironmentLacks where it cannot be written, Cancelled while another program has it."""
    key = sha256(f"{height} {address}".encode()).hexdigest()[:16]
    incoming = folder / _INCOMING / key
    try:
        make_folder(incoming.parent)
        with _in_turn(incoming, progress, cancel) as waited:
            incoming.mkdir(exist_ok=True)
            try:
                yield WorkFolder(incoming, waited)
            finally:
                _tidy(incoming)
    except OSError as error:
        raise EnvironmentLacks(
            say("{folder} cannot be written.", folder=folder),
            "Choose another folder for fetched videos in the settings.",
            str(error),
        ) from error


@contextmanager
def _in_turn(incoming: Path, progress: Progress, cancel: CancelToken) -> Iterator[bool]:
    """Hold a folder meanwhile; whether it had to be waited for."""
    waited = False
    while True:
        with locked(incoming.with_suffix(_LOCK)) as mine:
            if mine:
                yield waited
                return
        if not waited:
            incoming.with_suffix(_WAITING).touch()
            progress(ProgressEvent("fetch", None, "Another program is fetching this video"))
        waited = True
        cancel.wait(_LOOK_EVERY_S)
        cancel.raise_if_cancelled()


def _tidy(incoming: Path) -> None:
    """Leave what can be gone on from: parts, and whole files that were still to be joined."""
    for left in (*incoming.glob("*.temp.*"), *incoming.glob("*.vtt*"), *incoming.glob("*.srt*")):
        left.unlink(missing_ok=True)
    if incoming.is_dir() and not any(incoming.iterdir()):
        incoming.rmdir()


def sweep_abandoned(services: Services) -> None:
    """Remove what is left of fetches that nobody went on with for a week; what is in use stays."""
    with suppress(OSError):
        for left in (links_folder(services) / _INCOMING).iterdir():
            if time.time() - _last_touched(left) > _ABANDONED_S:
                _remove_unused(left)


def _last_touched(left: Path) -> float:
    inside = left.iterdir() if left.is_dir() else iter(())
    return max(path.stat().st_mtime for path in (left, *inside))


def _remove_unused(left: Path) -> None:
    """A lock file goes with its lock."""
    with locked(left.with_suffix(_LOCK)) as mine:
        if mine and left.is_dir():
            shutil.rmtree(left, ignore_errors=True)
        elif mine and left.suffix != _LOCK:
            left.unlink(missing_ok=True)
