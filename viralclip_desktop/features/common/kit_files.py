"""A brand kit as a form shows it, its files named by their paths, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.domain.assets import AssetKind
from viralclip_desktop.domain.brand import BrandKit, Logo
from viralclip_desktop.features.common.assets import add_file
from viralclip_desktop.media.layer_files import examine

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store

Rename = Callable[[str, AssetKind], str]


def with_paths(store: Store, kit: BrandKit) -> BrandKit:
    """The kit with the path of each file in the place of its asset's id."""
    return _renamed(kit, lambda asset_id, _kind: _path(store, asset_id))


def with_assets(store: Store, kit: BrandKit, before: BrandKit) -> BrandKit:
    """The kit of :func:`with_paths`, changed, with assets again; files that ``before`` (as stored) did not
    name are taken into the library. Raises :class:`BadInput` for one that cannot be read."""
    known: dict[str, str] = {}

    def note(asset_id: str, _kind: AssetKind) -> str:
        known[_path(store, asset_id)] = asset_id
        return asset_id

    _renamed(before, note)
    return _renamed(kit, lambda path, kind: known[path] if path in known else _taken(store, path, kind))


def _taken(store: Store, path: str, kind: AssetKind) -> str:
    if kind is AssetKind.PICTURE and examine(Path(path)).duration:
        kind = AssetKind.FILM
    return add_file(store, Path(path), kind).id


def _path(store: Store, asset_id: str) -> str:
    try:
        return store.asset(asset_id).path
    except NotFound:
        return asset_id


def _renamed(kit: BrandKit, name: Rename) -> BrandKit:
    return replace(
        kit,
        logo=_logo(kit.logo, name),
        watermark=_logo(kit.watermark, name),
        fonts=tuple(name(font, AssetKind.FONT) for font in kit.fonts),
        intro=name(kit.intro, AssetKind.FILM) if kit.intro else "",
        outro=name(kit.outro, AssetKind.FILM) if kit.outro else "",
    )


def _logo(logo: Logo | None, name: Rename) -> Logo | None:
    return None if logo is None else replace(logo, asset_id=name(logo.asset_id, AssetKind.PICTURE))
