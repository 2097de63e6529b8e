"""Relinking: a source gets the path where its recording is now."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import time
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say, say_n
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress
from viralclip_desktop.domain.media import MediaInfo, Source
from viralclip_desktop.features.relink.likeness import check_reach, check_tracks, refusal
from viralclip_desktop.features.relink.walking import Walk
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.media.probe import probe

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store

_LABEL = "Relink media"
_REPORT_EVERY_S = 0.1  # often enough to look alive, seldom enough to cost nothing


@dataclass(frozen=True, slots=True)
class RelinkReport:
    """What came of a search. ``unreadable``: folders that could not be looked into."""

    found: Mapping[str, Path]
    """Source ids and where their recordings are now."""
    still_missing: tuple[Source, ...]
    files_seen: int = 0
    unreadable: int = 0


def find_missing(store: Store, project_id: str | None = None) -> list[Source]:
    """The sources (of one project, or of all) whose recording is not where it was, oldest first.

    Looks at the names only; a network drive that does not answer may take seconds.
    """
    return [source for source in store.sources(project_id) if not _is_there(source)]


def relink_folder(
    store: Store,
    folder: Path,
    source_ids: Sequence[str] | None = None,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> RelinkReport:
    """Look through a folder and all in it for missing recordings, and relink those that are found.

    ``source_ids``: what to look for; None for everything that is missing. A file is taken for a recording
    if size and content are the same; of several copies, the one with the old name, then the uppermost.
    Ends early when all are found under their old names. One step to undo in each project.

    Raises :class:`BadInput` for a folder that is none, :class:`NotFound` for an unknown source, and
    :class:`Cancelled`; then nothing is changed.
    """
    cancel = cancel or CancelToken()
    folder = _absolute(folder)
    if not folder.is_dir():
        raise BadInput(
            say("There is no folder at {folder}.", folder=folder),
            "Choose the folder the recordings are in now.",
        )
    wanted = find_missing(store) if source_ids is None else [store.source(one) for one in source_ids]
    search, walk = _Search(wanted), Walk(folder)
    _look_through(walk, search, progress, cancel)
    found = {source.id: search.best[source.id] for source in wanted if source.id in search.best}
    _relink(store, [(source, found[source.id]) for source in wanted if source.id in found])
    missing = tuple(source for source in wanted if source.id not in found)
    progress(ProgressEvent("relink", 1.0, _words(walk, len(found), len(wanted))))
    return RelinkReport(found, missing, walk.files_seen, walk.unreadable)


def relink_source(
    store: Store, source_id: str, path: Path, force: bool = False, *, paths: DataPaths | None = None
) -> Source:
    """Say where the recording of one source is now; returns the source as it is then.

    Another content is refused unless ``force`` says to take it all the same (a version encoded anew, say):
    then what is inside it is read again, and what was derived from the old one is removed from ``paths``
    to be made again. Even so it needs the tracks that are used, and the length that the clips have.

    Raises :class:`BadInput` for a file that cannot be used, or is not the recording; :class:`NotFound`.
    """
    source, path = store.source(source_id), _absolute(path)
    content = fingerprint(path)
    if content == source.fingerprint:
        _relink(store, [(source, path)])
        return store.source(source_id)
    info = probe(path)
    check_tracks(path, source, info)
    if not force:
        raise refusal(path, source, info)
    check_reach(path, store.clips(source_id), info)
    _put(store, source.project_id, [_with_content(source, path, content, info)])
    if paths is not None:
        shutil.rmtree(paths.source_cache(source_id), ignore_errors=True)
    return store.source(source_id)


def relink_if_known(store: Store, path: Path) -> Source | None:
    """If a file is a recording that is missing elsewhere, relink it; returns its source, None if it is not.

    Meant for the import: a moved file is then not taken for a new one. Where several projects miss the
    same recording, all are relinked, and the newest source is returned.
    """
    path = _absolute(path)
    try:
        size = path.stat().st_size
    except (OSError, ValueError):
        return None
    alike = [source for source in store.sources() if source.info.size_bytes == size]
    missing = [source for source in alike if not _is_there(source)]
    if not missing:
        return None
    content = fingerprint(path)
    known = [source for source in missing if source.fingerprint == content]
    _relink(store, [(source, path) for source in known])
    return store.source(known[-1].id) if known else None


@dataclass
class _Search:
    """What is looked for, by size, and the best file for each so far."""

    wanted: Sequence[Source]
    best: dict[str, Path] = field(default_factory=dict)
    _by_size: dict[int, list[Source]] = field(default_factory=dict)
    _named: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for source in self.wanted:
            self._by_size.setdefault(source.info.size_bytes, []).append(source)

    @property
    def done(self) -> bool:
        """Whether nothing better can be found."""
        return len(self._named) == len({source.id for source in self.wanted})

    def consider(self, entry: os.DirEntry[str]) -> None:
        """Take a file for what it is, if it is anything wanted. Reads it only when the size fits."""
        candidates = [source for source in self._sized(entry) if source.id not in self._named]
        if not candidates:
            return
        path = Path(entry.path)
        try:
            content = fingerprint(path)
        except BadInput:  # closed to us, or gone meanwhile
            return
        for source in candidates:
            if source.fingerprint == content:
                self.best.setdefault(source.id, path)
                if _name(str(path)) == _name(source.path):
                    self.best[source.id] = path
                    self._named.add(source.id)

    def _sized(self, entry: os.DirEntry[str]) -> list[Source]:
        try:
            return self._by_size.get(entry.stat().st_size, []) if entry.is_file() else []
        except OSError:
            return []


def _look_through(walk: Walk, search: _Search, progress: Progress, cancel: CancelToken) -> None:
    told_at = 0.0
    with contextlib.closing(walk.files()) as entries:  # lets go of the folder however this ends
        for entry in entries:
            cancel.raise_if_cancelled()
            if search.done:
                return
            if entry is not None:
                search.consider(entry)
            if time.monotonic() - told_at > _REPORT_EVERY_S:
                told_at = time.monotonic()
                progress(ProgressEvent("relink", None, _words(walk, len(search.best), len(search.wanted))))


def _words(walk: Walk, found: int, wanted: int) -> str:
    return say_n(
        walk.files_seen,
        "{found} of {wanted} found, {n} file seen",
        "{found} of {wanted} found, {n} files seen",
        found=found,
        wanted=wanted,
    )


def _relink(store: Store, moved: Iterable[tuple[Source, Path]]) -> None:
    """Store new paths: one transaction a project, so that each has its own step to undo."""
    by_project: dict[str, list[Source]] = {}
    for source, path in moved:
        by_project.setdefault(source.project_id, []).append(replace(source, path=str(path)))
    for project_id, sources in by_project.items():
        _put(store, project_id, sources)


def _put(store: Store, project_id: str, sources: Sequence[Source]) -> None:
    with store.transaction(_LABEL, project_id) as tx:
        for source in sources:
            tx.put(source)


def _with_content(source: Source, path: Path, content: str, info: MediaInfo) -> Source:
    """The source with another file behind it; the sound track stays the one in use if there is one."""
    index = source.audio_index
    if index is None or index >= len(info.audio):
        index = 0 if info.audio else None
    return replace(source, path=str(path), fingerprint=content, info=info, audio_index=index)


def _is_there(source: Source) -> bool:
    try:
        return Path(source.path).is_file()
    except (OSError, ValueError):  # a drive that does not answer; a path this system cannot have
        return False


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path.expanduser()))  # noqa: PTH100 - resolve() would rename links


def _name(path: str) -> str:
    """The file's name for comparing: a path may come from another system, macOS splits accents off."""
    return unicodedata.normalize("NFC", re.split(r"[\\/]", path)[-1]).casefold()
