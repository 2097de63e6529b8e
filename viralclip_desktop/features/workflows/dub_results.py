"""The files that dubs have made: which they are, deleting them, and how long they are kept.

A dub without a folder that the user chose has one of its own in the data folder, and all that lies there is
its own. In a folder of the user's only what the dub noted is its own, and a purge takes of that only what is
still as it was made.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from viralclip_desktop.core.json_text import JSON_FAULTS, read_json
from viralclip_desktop.core.messages import say_n
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.engines.downloads.fetch import file_sha256
from viralclip_desktop.features.common.services import Services

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store

_KIND: Final = "dub"  # the name of the job of a whole dub, which is above this
FILES_STAGE: Final = "files"
ONLY_STAGE: Final = "only"
"""Noted by a retry of some languages of a dub: their codes; None for all that are unfinished."""
ENDING_STAGE: Final = "ending"
"""Noted by a dub whose languages have all ended: it waits for none of them any more."""
KEEP_DAYS: Final = "dubbing.keep_days"
"""The setting: how many days the files of a dub are kept; 0 for good."""
_DAY_S: Final = 86_400.0


@dataclass(frozen=True, slots=True)
class DubResults:
    """What is there of a dub. ``ended_at`` is Unix time."""

    job_id: str
    ended_at: float
    files: tuple[Path, ...]
    """What can be deleted, or was."""
    kept: tuple[Path, ...] = ()
    """What stays: a project uses it, it was changed since, or it could not be deleted."""
    size_bytes: int = 0
    """Of ``files``."""


def own_folder(paths: DataPaths, job_id: str) -> Path:
    """Where a dub's files go without a folder for them."""
    return paths.home / "media" / "audio" / "dubs" / job_id


def chosen_folder(job: Job) -> str:
    """The folder that the user chose for a dub; empty for none."""
    return str(job.payload.get("order", {}).get("folder", ""))


def results_of(services: Services, job: Job, *, only_unchanged: bool = False) -> DubResults:
    """The files of a dub that are there. ``only_unchanged``: in a folder that the user chose, what differs
    from what was made stays."""
    noted = [_noted(services.store, part) for part in services.jobs.children(job.id)]
    there = {path for files in noted for path in files.values()}
    there |= _within(own_folder(services.paths, job.id))
    staying = {path for path in there if services.store.asset_by_path(str(path)) is not None}
    if only_unchanged and chosen_folder(job):
        staying |= {path for files in noted for path in _changed(files)}
    going = sorted(there - staying)
    return DubResults(job.id, job.updated_at, tuple(going), tuple(sorted(staying)), _size(going))


def delete_results(services: Services, found: DubResults) -> DubResults:
    """Delete ``found``'s files and the folders of the data folder that this leaves empty; what became of
    it. What cannot be deleted is among what was kept."""
    sizes = {path: _size([path]) for path in found.files}
    left = [path for path in found.files if not _deleted(path)]
    own = own_folder(services.paths, found.job_id)
    for folder in [*sorted(_folders_within(own), reverse=True), own]:
        with suppress(OSError):  # something is left in it
            folder.rmdir()
    gone = tuple(path for path in found.files if path not in left)
    return replace(found, files=gone, kept=(*found.kept, *left), size_bytes=sum(sizes[path] for path in gone))


def overdue(services: Services, keep_days: float, now: float, *, chosen: bool = False) -> list[DubResults]:
    """The dubs that ended more than ``keep_days`` before ``now`` (Unix time) and have files left, oldest
    first. Those in folders that the user chose are among them only where they are asked for (``chosen``);
    what is unfinished never is."""
    found = [
        results_of(services, job, only_unchanged=True)
        for job in services.jobs.list()
        if job.kind == _KIND
        and job.updated_at < now - keep_days * _DAY_S
        and (chosen or not chosen_folder(job))
        and _is_at_rest(services, job)
    ]
    return [one for one in found if one.files]


def purge(
    services: Services, keep_days: float | None = None, *, dry_run: bool = False, chosen: bool = False
) -> list[DubResults]:
    """Delete the files of dubs that ended more than ``keep_days`` ago (None: as the settings say; then 0
    deletes none), or only tell them (``dry_run``). ``chosen``: also in folders that the user chose, where
    they are as they were made."""
    if keep_days is None and not (keep_days := services.settings.value(KEEP_DAYS)):
        return []
    found = overdue(services, keep_days or 0, time.time(), chosen=chosen)
    return found if dry_run else [delete_results(services, one) for one in found]


def clear_overdue(services: Services) -> None:
    """Make room before a new dub needs it."""
    gone = [one for one in purge(services) if one.files]
    if gone:
        services.notices.info(
            say_n(
                len(gone),
                "The files of {n} older dub were deleted ({size} MB).",
                "The files of {n} older dubs were deleted ({size} MB).",
                size=f"{sum(one.size_bytes for one in gone) / 1e6:.1f}",
            ),
            "How long they are kept is in the settings.",
        )


def _is_at_rest(services: Services, job: Job) -> bool:
    return all(one.state.ended for one in (job, *services.jobs.children(job.id)))


def _noted(store: Store, part: Job) -> dict[str, Path]:
    """The files of a part of a dub that are there, by what they are; also of one that did not come to its
    end."""
    noted: Any = store.jobs.stages(part.id).get(FILES_STAGE)
    if not isinstance(noted, dict):
        return {}
    named = {what: Path(path) for what, path in noted.items() if path is not None}
    return {what: path for what, path in named.items() if path.is_file()}


def _changed(there: Mapping[str, Path]) -> list[Path]:
    """Those that are not what the manifest among them says of them; all of them without one."""
    try:
        told = read_json(there["manifest"].read_text("utf-8"))["files"]
        return [path for what, path in there.items() if what != "manifest" and _differs(path, told.get(what))]
    except (OSError, *JSON_FAULTS, KeyError, TypeError, AttributeError):
        return list(there.values())


def _differs(path: Path, told: dict[str, Any] | None) -> bool:
    if told is None or path.stat().st_size != told["size_bytes"]:
        return True
    return bool(file_sha256(path) != told["sha256"])


def _within(folder: Path) -> set[Path]:
    if folder.is_symlink():  # it leads to somebody else's
        return set()
    return {path for path in folder.rglob("*") if path.is_file() or path.is_symlink()}


def _folders_within(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_dir()]


def _size(files: Sequence[Path]) -> int:
    total = 0
    for path in files:
        with suppress(OSError):
            total += path.lstat().st_size
    return total


def _deleted(path: Path) -> bool:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True
