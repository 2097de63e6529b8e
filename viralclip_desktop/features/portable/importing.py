"""In: one file becomes a project."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress
from viralclip_desktop.core.resources import resource
from viralclip_desktop.domain.assets import Asset, AssetKind
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.media import Project, Source
from viralclip_desktop.features.common.assets import is_there
from viralclip_desktop.features.portable import form
from viralclip_desktop.features.portable.archive import Archive, open_archive
from viralclip_desktop.features.portable.contents import (
    SHARED,
    USES,
    Contents,
    UnknownKind,
    decoded,
    entities_from,
    project_from,
    transcript_from,
)
from viralclip_desktop.features.portable.names import free_name
from viralclip_desktop.features.portable.recordings import Finder
from viralclip_desktop.store.asset_use import renamed
from viralclip_desktop.store.kinds import KINDS, Key
from viralclip_desktop.store.upgrades import SCHEMA
from viralclip_desktop.store.upgrades.projects import upgraded

if TYPE_CHECKING:
    from viralclip_desktop.store import Store
    from viralclip_desktop.store.transaction import Transaction

# Ids name folders here, so a file may bring only those that are safe ones on every system.
_OWN_ID = re.compile(r"[a-z]+_[0-9a-z]{1,40}")
_LIBRARY = ("asset", *SHARED)
"""Kinds that belong to no project."""
_PREFIXES = {
    "project": "proj",
    "source": "src",
    "caption_style": "style",
    "brand_kit": "brand",
    "audio_config": "audio",
}


def import_project(
    store: Store,
    paths: DataPaths,
    file: Path,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
) -> Project:
    """Make a project of a portable project file; returns it as stored.

    Where an id is taken everything gets a new one, so that the same file twice makes a second copy, with
    "(2)" at its name. Recordings are looked for where they were, then beside the file, then unpacked into
    the data folder where they were packed; one that is nowhere is left missing.

    Raises :class:`BadInput` with what is wrong with the file, :class:`Cancelled`, and the faults of a full
    disk; then nothing is left behind.
    """
    cancel = cancel or CancelToken()
    cancel.raise_if_cancelled()
    progress(ProgressEvent("read", 0.0, "Reading the project"))
    with ExitStack() as undo, open_archive(file) as archive:
        contents, packed = _read(archive, cancel)
        _place(store, contents, packed, Finder(archive, paths, undo, progress, cancel))
        cancel.raise_if_cancelled()
        project = _record(store, contents)
        undo.pop_all()  # it is stored: what was unpacked stays
    progress(ProgressEvent("read", 1.0))
    return project


def _read(archive: Archive, cancel: CancelToken) -> tuple[Contents, dict[str, str]]:
    """Everything but the files, and the members in which those are, by asset."""
    with form.damage_told(archive.path):
        document = decoded(archive.read(form.PROJECT))
        if int(document.get("schema", 1)) > SCHEMA:
            raise form.newer(archive.path, f"schema {document['schema']}")
        document = upgraded(document, lambda: new_id("asset"))
        try:
            entities = entities_from(document)
        except UnknownKind as error:
            raise form.newer(archive.path, str(error)) from error
        transcripts = {}
        for source_id, member in document["transcripts"].items():
            cancel.raise_if_cancelled()
            transcripts[source_id] = transcript_from(archive.read(member))
        contents = Contents(project_from(document), entities, transcripts)
        _check_owners(contents)
        files = {str(key): str(name) for key, name in document["files"].items()}
        if unknown := [key for key in files if ("asset", key) not in entities]:
            raise LookupError(f"files of {unknown}, which are not there")
        return contents, files


def _check_owners(contents: Contents) -> None:
    """Raise LookupError when something belongs to nothing in the file."""
    known = {("project", contents.project.id), *contents.entities}
    for (kind, _), entity in contents.entities.items():
        owners = {parent: getattr(entity, column) for parent, column in KINDS[kind].parents.items()}
        if missing := {key for key in owners.items() if key[1] and key not in known}:
            raise LookupError(f"{kind} {entity.id} belongs to {missing}, which is not there")
    if missing_sources := [key for key in contents.transcripts if ("source", key) not in known]:
        raise LookupError(f"transcripts of {missing_sources}, which are not there")


def _place(store: Store, contents: Contents, packed: dict[str, str], finder: Finder) -> None:
    """Say where each file is here, in ``contents``: known already, found, unpacked, or missing."""
    for asset in contents.assets:
        here = _same_here(store.assets_of_content(asset.fingerprint), asset)
        if here is not None and is_there(here.path):
            path = here.path
        else:
            folder = "videos" if asset.kind is AssetKind.RECORDING else "files"
            path = finder.find(asset.path, asset.fingerprint, packed.get(asset.id, ""), folder)
        contents.entities["asset", asset.id] = replace(asset, path=path)


def _same_here(alike: list[Asset], asset: Asset) -> Asset | None:
    """Of the library's files of one content, the one that an arriving asset is; rather one that is there."""
    alike = [one for one in alike if one.kind is asset.kind]
    return next((one for one in alike if is_there(one.path)), next(iter(alike), None))


def _record(store: Store, contents: Contents) -> Project:
    """Write it down. A new project is no step to undo: undo would take the whole project away."""
    with store.transaction("Import project", undoable=False) as tx:
        # a deleted project can be brought back by undo, with all its ids
        deleted = bool(store.history(contents.project.id))
        ids = _ids(contents, lambda key: tx.current(key) is not None, renew=deleted)
        names = {project.name.casefold() for project in tx.projects()}
        name = free_name(contents.project.name, lambda text: text.casefold() in names)
        project = replace(
            contents.project, id=ids["project", contents.project.id], name=name, updated_at=time.time()
        )
        tx.put(project)
        ids |= _put_assets(tx, contents)
        ids |= _put_shared(tx, contents, ids)
        for (kind, _), entity in contents.entities.items():
            if kind not in _LIBRARY:
                tx.put(_renamed(tx, kind, entity, ids))
        for source_id, transcript in contents.transcripts.items():
            tx.put_transcript(ids["source", source_id], transcript)
    return project


def _ids(contents: Contents, taken: Callable[[Key], bool], *, renew: bool) -> dict[Key, str]:
    """The id of everything in this database: its own, or new ones for all when one of them is taken."""
    keys = [("project", contents.project.id), *(key for key in contents.entities if key[0] not in _LIBRARY)]
    if renew or any(not _OWN_ID.fullmatch(key[1]) or taken(key) for key in keys):
        return {key: new_id(_PREFIXES.get(key[0], key[0])) for key in keys}
    return {key: key[1] for key in keys}


def _put_assets(tx: Transaction, contents: Contents) -> dict[Key, str]:
    """Add the files whose content the library does not know; one it knows elsewhere and misses was moved."""
    ids: dict[Key, str] = {}
    for asset in contents.assets:
        here = _same_here(tx.assets_of_content(asset.fingerprint), asset) or _same_unread(tx, asset)
        if here is not None:
            ids["asset", asset.id] = here.id
            if not is_there(here.path) and is_there(asset.path):
                tx.put(replace(here, path=asset.path))
            continue
        is_free = tx.current(("asset", asset.id)) is None and bool(_OWN_ID.fullmatch(asset.id))
        ids["asset", asset.id] = asset.id if is_free else new_id("asset")
        tx.put(replace(asset, id=ids["asset", asset.id]))
    return ids


def _same_unread(tx: Transaction, asset: Asset) -> Asset | None:
    """A file that neither side ever read is the same when all that is said of it is."""
    here = tx.current(("asset", asset.id))
    is_same = isinstance(here, Asset) and not here.fingerprint and here == asset
    return here if is_same else None


def _put_shared(tx: Transaction, contents: Contents, assets: dict[Key, str]) -> dict[Key, str]:
    """Add the shared things that are not here yet; one that is here but different comes beside it."""
    ids: dict[Key, str] = dict(assets)
    for key, entity in contents.entities.items():
        kind, own = key
        if kind not in SHARED:
            continue
        here = tx.current(key)
        arriving = _modest(_renamed(tx, kind, entity, ids | {key: own}))
        is_free = here is None and bool(_OWN_ID.fullmatch(own)) and not _is_preset(own)
        ids[key] = own if is_free or _modest(here) == arriving else new_id(_PREFIXES[kind])
        if here is None or ids[key] != own:
            tx.put(replace(arriving, id=ids[key]))
    return ids


def _modest(shared: Any) -> Any:
    """A brand kit that came from elsewhere is never the one for new clips."""
    return replace(shared, is_default=False) if isinstance(shared, BrandKit) else shared


def _is_preset(style_id: str) -> bool:
    return style_id.isidentifier() and resource("captions", f"{style_id}.json").is_file()


def _renamed(tx: Transaction, kind: str, entity: Any, ids: dict[Key, str]) -> Any:
    """An entity with its own id, its owners', and those of what it uses and names as they are here."""
    entity = renamed(entity, lambda asset_id: ids.get(("asset", asset_id), asset_id))
    values: dict[str, Any] = {"id": ids[kind, entity.id]}
    for parent, column in KINDS[kind].parents.items():
        owner = getattr(entity, column)
        values[column] = ids[parent, owner] if owner else owner
    for field, shared in USES.get(kind, {}).items():
        name = getattr(entity, field)
        values[field] = ids.get((shared, name), name)
    if isinstance(entity, Source):
        values["asset"] = tx.asset(ids["asset", entity.asset_id])
    return replace(entity, **values)
