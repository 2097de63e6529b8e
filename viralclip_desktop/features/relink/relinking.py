"""Relinking: an asset gets the path where its file is now.

What is missing is reported as recordings (a project's :class:`Source`) and, for every other file, as the
:class:`Asset` itself; both have an ``id``, a ``title`` and a ``path``.
"""

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
from viralclip_desktop.core.files import from_home
from viralclip_desktop.core.messages import say, say_n
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress
from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.media import MediaInfo, Source
from viralclip_desktop.features.common.assets import is_there, probe_as
from viralclip_desktop.features.relink.likeness import check_reach, check_tracks, refusal
from viralclip_desktop.features.relink.walking import Walk
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.media.probe import probe

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store

Missable = Source | Asset
_LABEL = "Relink media"
_REPORT_EVERY_S = 0.1  # often enough to look alive, seldom enough to cost nothing


@dataclass(frozen=True, slots=True)
class RelinkReport:
    """What came of a search. ``unreadable``: folders that could not be looked into."""

    found: Mapping[str, Path]
    """The ids of sources, and of assets that are no recordings, and where their files are now."""
    still_missing: tuple[Missable, ...]
    files_seen: int = 0
    unreadable: int = 0
    project_ids: tuple[str, ...] = ()
    """The projects whose files were found."""


def find_missing(store: Store, project_id: str | None = None) -> list[Missable]:
    """The recordings, then the other files (of one project, or all there are) that are not where they were,
    oldest first.

    Looks at the names only; a network drive that does not answer may take seconds.
    """
    return [one for one in _of(store, project_id) if not is_there(one.path)]


def _of(store: Store, project_id: str | None) -> list[Missable]:
    sources = store.sources(project_id)
    assets = store.assets() if project_id is None else store.project_assets(project_id)
    recordings = {source.asset_id for source in sources}
    return [*sources, *(asset for asset in assets if asset.id not in recordings)]


def relink_folder(
    store: Store,
    folder: Path,
    source_ids: Sequence[str] | None = None,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> RelinkReport:
    """Look through a folder and all in it for missing files, and relink those that are found.

    ``source_ids``: the recordings to look for; None for everything that is missing. A file is the one that
    is missing if size and content are the same; of several copies, the one with the old name, then the
    uppermost. Ends early when all are found under their old names. One step to undo in each project.

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
    wanted: list[Missable] = (
        find_missing(store) if source_ids is None else [store.source(one) for one in source_ids]
    )
    search, walk = _Search(wanted), Walk(folder)
    _look_through(walk, search, progress, cancel)
    found = {one.id: search.best[one.id] for one in wanted if one.id in search.best}
    _relink(store, [(one, found[one.id]) for one in wanted if one.id in found])
    missing = tuple(one for one in wanted if one.id not in found)
    progress(ProgressEvent("relink", 1.0, _words(walk, len(found), len(wanted))))
    projects = {project for one in wanted if one.id in found for project in _projects(store, one)}
    return RelinkReport(found, missing, walk.files_seen, walk.unreadable, tuple(sorted(projects)))


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
        raise refusal(path, source.title, source.info, info)
    check_reach(path, source.asset, store.project_clips(source.project_id), info)
    _put(store, source.project_id, [_with_content(source, path, content, info)])
    if paths is not None:
        shutil.rmtree(paths.source_cache(source_id), ignore_errors=True)
    return store.source(source_id)


def relink_asset(
    store: Store, asset_id: str, path: Path, force: bool = False, *, project_id: str = ""
) -> Asset:
    """Say where the file of any asset is now; returns the asset as it is then.

    Another content is refused unless ``force`` says to take it all the same, or the file was never read.
    ``project_id``: whose step to undo it is; empty for the library's. Raises :class:`BadInput` for a file
    that cannot be used or is another; :class:`NotFound`.
    """
    asset, path = store.asset(asset_id), _absolute(path)
    content = fingerprint(path)
    now = replace(asset, path=str(path))
    if content != asset.fingerprint:
        info = probe_as(path, asset.kind)
        if asset.fingerprint and not force:
            raise refusal(path, asset.title or Path(asset.path).name, asset.info, info)
        now = replace(now, fingerprint=content, info=info)
    with store.transaction(_LABEL, project_id) as tx:
        tx.put(now)
    return now


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
    missing = [source for source in alike if not is_there(source.path)]
    if not missing:
        return None
    content = fingerprint(path)
    known = [source for source in missing if source.fingerprint == content]
    _relink(store, [(source, path) for source in known])
    return store.source(known[-1].id) if known else None


@dataclass
class _Search:
    """What is looked for, and the best file for each so far. A file is read only where its size fits, or, for
    what has none written down (a font), its ending."""

    wanted: Sequence[Missable]
    best: dict[str, Path] = field(default_factory=dict)
    _by_size: dict[int, list[Missable]] = field(default_factory=dict)
    _by_ending: dict[str, list[Missable]] = field(default_factory=dict)
    _named: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for one in self.wanted:
            asset = _asset(one)
            if asset.info is not None:
                self._by_size.setdefault(asset.info.size_bytes, []).append(one)
            elif asset.fingerprint:
                self._by_ending.setdefault(_ending(asset.path), []).append(one)

    @property
    def done(self) -> bool:
        """Whether nothing better can be found."""
        return len(self._named) == len({one.id for one in self.wanted})

    def consider(self, entry: os.DirEntry[str]) -> None:
        """Take a file for what it is, if it is anything wanted."""
        candidates = [one for one in self._alike(entry) if one.id not in self._named]
        if not candidates:
            return
        path = Path(entry.path)
        try:
            content = fingerprint(path)
        except BadInput:  # closed to us, or gone meanwhile
            return
        for one in candidates:
            if _asset(one).fingerprint == content:
                self.best.setdefault(one.id, path)
                if _name(str(path)) == _name(one.path):
                    self.best[one.id] = path
                    self._named.add(one.id)

    def _alike(self, entry: os.DirEntry[str]) -> list[Missable]:
        try:
            if not entry.is_file():
                return []
            ended_so = self._by_ending.get(_ending(entry.name), [])
            return [*self._by_size.get(entry.stat().st_size, []), *ended_so]
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


def _relink(store: Store, moved: Iterable[tuple[Missable, Path]]) -> None:
    """Store new paths: one transaction a project, so that each has its own step to undo. A file that several
    projects name, or none, is a step of the library's."""
    by_project: dict[str, list[Asset]] = {}
    for one, path in moved:
        by_project.setdefault(_owner(store, one), []).append(replace(_asset(one), path=str(path)))
    for project_id, assets in by_project.items():
        with store.transaction(_LABEL, project_id) as tx:
            for asset in assets:
                tx.put(asset)


def _owner(store: Store, one: Missable) -> str:
    projects = _projects(store, one)
    return next(iter(projects)) if len(projects) == 1 else ""


def _projects(store: Store, one: Missable) -> set[str]:
    if isinstance(one, Source):
        return {one.project_id}
    return {use.project_id for use in store.asset_uses(one.id)} - {""}


def _asset(one: Missable) -> Asset:
    return one.asset if isinstance(one, Source) else one


def _put(store: Store, project_id: str, sources: Sequence[Source]) -> None:
    with store.transaction(_LABEL, project_id) as tx:
        for source in sources:
            tx.put(source)


def _with_content(source: Source, path: Path, content: str, info: MediaInfo) -> Source:
    """The source with another file behind it; the sound track stays the one in use if there is one."""
    index = source.audio_index
    if index is None or index >= len(info.audio):
        index = 0 if info.audio else None
    asset = replace(source.asset, path=str(path), fingerprint=content, info=info)
    return replace(source, asset=asset, audio_index=index)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(from_home(path)))  # noqa: PTH100 - resolve() would rename links


def _name(path: str) -> str:
    """The file's name for comparing: a path may come from another system, macOS splits accents off."""
    return unicodedata.normalize("NFC", re.split(r"[\\/]", path)[-1]).casefold()


def _ending(path: str) -> str:
    return os.path.splitext(path)[1].casefold()  # noqa: PTH122 - a path may come from another system
