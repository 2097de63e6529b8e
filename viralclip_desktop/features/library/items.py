"""Sounds come into the library, are found there, and leave it."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from viralclip_desktop.core.errors import BadInput, Fault, NotFound
from viralclip_desktop.core.file_names import free_path, safe_name
from viralclip_desktop.core.files import make_folder, partial_of
from viralclip_desktop.core.marks import in_line
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.library import LibraryEntry, LibraryItem, LibraryKind, new_item
from viralclip_desktop.features.common.assets import asset_of_file
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.library.making import Making
from viralclip_desktop.media.faults import disk_fault
from viralclip_desktop.media.layer_files import examine
from viralclip_desktop.store.records import AssetUse
from viralclip_desktop.store.store import Store

MUSIC_FROM = Time.from_seconds(30)  # jingles and effects are shorter, songs and beds seldom are
_LONGEST_TAG, _LONGEST_FOLDER, _LONGEST_TITLE = 60, 200, 120


@dataclass(frozen=True, slots=True)
class Removal:
    """What became of a sound that left the library: who uses its file, and whether that was deleted. It is
    where something uses it, and where it is the user's own."""

    used_by: tuple[AssetUse, ...]
    file_deleted: bool


def find_sounds(
    store: Store,
    *,
    kind: LibraryKind | None = None,
    tags: Collection[str] = (),
    folder: str | None = None,
    search: str = "",
) -> list[LibraryEntry]:
    """The sounds of a kind, with all of the tags, in a folder or one within that, with every word of
    ``search`` in what is known of them; the newest first."""
    wanted = {tag.casefold() for tag in _tags(tags)}
    return [
        entry
        for entry in store.library()
        if (kind is None or entry.item.kind is kind)
        and wanted <= {tag.casefold() for tag in entry.asset.tags}
        and (folder is None or entry.lies_in(_folder(folder)))
        and entry.matches(search.split())
    ]


def add_sound(
    services: Services,
    path: Path,
    kind: LibraryKind = LibraryKind.IMPORT,
    *,
    tags: Sequence[str] = (),
    folder: str = "",
    licence: str = "",
) -> LibraryEntry:
    """Take a file of the user's into the library; it stays where it is. One that is there already gets the
    tags as well. Raises BadInput for a file that has no sound."""
    if not examine(path).audio:
        raise BadInput(say("{name} has no sound.", name=path.name), "Choose another file.")
    asset = asset_of_file(services.store, path, kind.asset_kind)
    merged = tuple(dict.fromkeys((*asset.tags, *_tags(tags))))
    return _put(services.store, replace(asset, tags=merged, licence=licence or asset.licence), kind, folder)


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of some files: the sounds that came into the library, those that were there before, and why
    the other files did not come."""

    entries: tuple[LibraryEntry, ...]
    known: tuple[LibraryEntry, ...]
    refused: Mapping[Path, Fault]


def likely_kind(length: Time) -> LibraryKind:
    """What a file is that somebody brings without a word: whatever lasts is music, the rest are effects."""
    return LibraryKind.MUSIC if length >= MUSIC_FROM else LibraryKind.EFFECT


def bring_sounds(services: Services, paths: Sequence[Path]) -> Brought:
    """Take files into the library, each as what it likely is; one that was there stays what it was."""
    there = {entry.asset.path: entry for entry in services.store.library()}
    entries: list[LibraryEntry] = []
    refused: dict[Path, Fault] = {}
    for path in paths:
        try:
            if str(path) not in there:
                entries.append(add_sound(services, path, likely_kind(examine(path).duration)))
        except Fault as fault:
            refused[path] = fault
    known = tuple(there[str(path)] for path in paths if str(path) in there)
    return Brought(tuple(entries), known, refused)


def keep_sound(
    services: Services,
    sound: Path,
    kind: LibraryKind,
    making: Making,
    *,
    title: str,
    origin: str = "",
    tags: Sequence[str] = (),
    folder: str = "",
    licence: str = "",
) -> LibraryEntry:
    """Copy what the program made into the library's folder, with the settings that made it. Raises NotFound
    where that is gone, and Faults of the disk."""
    if not sound.is_file():
        raise NotFound(say("“{title}” is not there any more.", title=title), "Make it again.")
    name = safe_name(title[:_LONGEST_TITLE], str(kind), 80)
    place = services.paths.audio_library
    out = _copied(sound, lambda number: f"{name}{f' {number}' if number > 1 else ''}{sound.suffix}", place)
    asset = replace(
        asset_of_file(services.store, out, kind.asset_kind),
        title=_title(title),
        tags=_tags(tags),
        licence=licence,
        origin=origin,
        made_with=making.noted(),
    )
    return _put(services.store, asset, kind, folder)


def change_sound(
    store: Store,
    item_id: str,
    *,
    add_tags: Sequence[str] = (),
    drop_tags: Sequence[str] = (),
    folder: str | None = None,
    title: str | None = None,
    licence: str | None = None,
    kind: LibraryKind | None = None,
) -> LibraryEntry:
    """Give a sound other tags, another folder, name, licence or kind; what is None stays. Raises NotFound,
    and BadInput for a name that says nothing."""
    entry = store.library_entry(item_id)
    dropped = {tag.casefold() for tag in _tags(drop_tags)}
    kept = {tag.casefold(): tag for tag in entry.asset.tags if tag.casefold() not in dropped}
    kept |= {tag.casefold(): tag for tag in _tags(add_tags) if tag.casefold() not in kept}
    asset = replace(entry.asset, tags=tuple(kept.values()))
    asset = asset if title is None else replace(asset, title=_title(title))
    asset = asset if licence is None else replace(asset, licence=licence)
    item = entry.item if folder is None else replace(entry.item, folder=_folder(folder))
    if kind is not None and kind is not item.kind:
        asset = replace(asset, kind=kind.asset_kind)
        item = new_item(item.id, kind, item.folder, item.created_at)
    with store.transaction("Change library", undoable=False) as tx:
        if _table(item) != _table(entry.item):
            tx.delete(_table(entry.item), item_id)
        tx.put(asset)
        tx.put(item)
    return LibraryEntry(item, asset)


def removal_of(services: Services, item_id: str) -> Removal:
    """What would become of a sound that is taken out of the library; nothing is done. Raises NotFound."""
    store, entry = services.store, services.store.library_entry(item_id)
    files = {item_id, *_alike(store, entry)}
    used_by = tuple(use for asset_id in files for use in store.asset_uses(asset_id))
    return Removal(used_by, not used_by and Path(entry.asset.path).parent == services.paths.audio_library)


def remove_sound(services: Services, item_id: str) -> Removal:
    """Take a sound out of the library. Its file is deleted where it is the program's own and nothing uses it.
    Raises NotFound, and Faults of the disk."""
    store, entry = services.store, services.store.library_entry(item_id)
    path, removal = Path(entry.asset.path), removal_of(services, item_id)
    gone = {item_id, *(_alike(store, entry) if removal.file_deleted else ())}
    if removal.file_deleted:  # first: a file that cannot go stays in the library
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise disk_fault(error, path) from error
    with store.transaction("Remove from library", undoable=False) as tx:
        tx.delete(_table(entry.item), item_id)
        for asset_id in () if removal.used_by else gone:
            tx.delete("asset", asset_id)
    return removal


def _alike(store: Store, entry: LibraryEntry) -> set[str]:
    """The assets of the same file."""
    content, path = entry.asset.fingerprint, entry.asset.path
    return {one.id for one in store.assets_of_content(content) if one.path == path}


def _table(item: LibraryItem) -> str:
    return "music_item" if item.kind is LibraryKind.MUSIC else "audio_item"


def _copied(sound: Path, name: Callable[[int], str], folder: Path) -> Path:
    """A copy in a folder, under the first name that nobody has; of two at the same time each gets its own."""
    while True:
        out = free_path(name, folder, Path.exists)
        copy = partial_of(out)
        try:
            make_folder(folder)
            shutil.copyfile(sound, copy.path)
            copy.finish_new()
            return out
        except FileExistsError:
            continue  # somebody was quicker
        except OSError as error:
            raise disk_fault(error, out) from error
        finally:
            copy.drop()


def _put(store: Store, asset: Asset, kind: LibraryKind, folder: str) -> LibraryEntry:
    known = next((entry for entry in store.library() if entry.id == asset.id), None)
    item = known.item if known else new_item(asset.id, kind, _folder(folder), time.time())
    item = replace(item, folder=_folder(folder)) if folder else item
    with store.transaction("Add to library", undoable=False) as tx:
        tx.put(asset)
        tx.put(item)
    return LibraryEntry(item, asset)


def _tags(tags: Collection[str]) -> tuple[str, ...]:
    """Tags as they are kept: one line each, none twice, none empty."""
    plain = (" ".join(in_line(tag).split())[:_LONGEST_TAG] for tag in tags)
    return tuple({tag.casefold(): tag for tag in plain if tag}.values())


def _folder(folder: str) -> str:
    parts = (" ".join(in_line(part).split()) for part in folder.replace("\\", "/").split("/"))
    return "/".join(part for part in parts if part)[:_LONGEST_FOLDER]


def _title(title: str) -> str:
    plain = " ".join(in_line(title).split())[:_LONGEST_TITLE]
    if not plain:
        raise BadInput("The name is empty.", "Type one.")
    return plain
