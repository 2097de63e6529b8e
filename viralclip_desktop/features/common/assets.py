"""Files become assets: read once, known by their content from then on."""

from __future__ import annotations

import os
import time
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import BadInput, Fault
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.assets import Asset, AssetKind
from viralclip_desktop.domain.edits.new_layers import asset_kind
from viralclip_desktop.domain.layers import LayerKind
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.media.layer_files import examine

if TYPE_CHECKING:
    from viralclip_desktop.domain.media import MediaInfo
    from viralclip_desktop.store.store import Store

_NEVER_PROBED = (AssetKind.FONT, AssetKind.OTHER)


def asset_of_file(store: Store, path: Path, kind: AssetKind, info: MediaInfo | None = None) -> Asset:
    """The asset of a file, as it is to be put into the store: the one that is there, or a new one.

    A file whose content the library knows under a path where nothing is any more was moved: that asset comes
    with its new path. ``info`` saves probing it again. Raises :class:`BadInput` for what cannot be read.
    """
    path = Path(os.path.abspath(path))  # noqa: PTH100 - resolve() would rename what the user chose by a link
    content = fingerprint(path)
    alike = [asset for asset in store.assets_of_content(content) if asset.kind is kind]
    here = next((asset for asset in alike if os.path.normcase(asset.path) == os.path.normcase(path)), None)
    if here is not None:
        return here
    moved = next((asset for asset in alike if not is_there(asset.path)), None)
    if moved is not None:
        return replace(moved, path=str(path))
    info = info or probe_as(path, kind)
    return Asset(new_id("asset"), kind, str(path), path.stem, content, info, created_at=time.time())


def add_file(store: Store, path: Path, kind: AssetKind) -> Asset:
    """Take a file into the library; returns its asset as stored. Raises as :func:`asset_of_file`."""
    asset = asset_of_file(store, path, kind)
    with store.transaction("Add file", undoable=False) as tx:
        tx.put(asset)
    return asset


def layer_file(store: Store, path: Path, kind: LayerKind) -> Asset:
    """The asset of a file for a layer, taken into the library. Raises :class:`BadInput` for a file that has
    nothing of what such a layer shows or plays."""
    info = examine(path)
    if not (info.video if kind is LayerKind.PICTURE else info.audio):
        what = "picture" if kind is LayerKind.PICTURE else "sound"
        raise BadInput(say("{name} has no {what}.", name=path.name, what=say(what)), "Choose another file.")
    return add_file(store, path, asset_kind(kind, moving=bool(info.duration)))


def read_unread(store: Store, assets: Iterable[Asset] | None = None) -> int:
    """Read the files that were never read (those of an older program's layers and brand kits), so that they
    are found again when they are moved; returns how many could be. None: all of the library.

    Takes some 50 ms a file; those that are not there now are left for another time.
    """
    unread = [asset for asset in (store.assets() if assets is None else assets) if not asset.fingerprint]
    read = [known for asset in unread if (known := _read(asset)) is not None]
    if read:
        with store.transaction("Read files", undoable=False) as tx:
            for asset in read:
                tx.put(asset)
    return len(read)


def probe_as(path: Path, kind: AssetKind) -> MediaInfo | None:
    """What is in a file; None for kinds that hold neither picture nor sound. Raises :class:`BadInput`."""
    return None if kind in _NEVER_PROBED else examine(path)


def is_there(path: str) -> bool:
    """Whether a file is where it was; a drive that does not answer has none."""
    try:
        return Path(path).is_file()
    except (OSError, ValueError):  # a path this system cannot have
        return False


def _read(asset: Asset) -> Asset | None:
    if not is_there(asset.path):
        return None
    path = Path(asset.path)
    with suppress(Fault):
        content, info = fingerprint(path), asset.info
        with suppress(Fault):  # no film, no sound: known by its content all the same
            info = info or probe_as(path, asset.kind)
        return replace(asset, fingerprint=content, info=info)
    return None
