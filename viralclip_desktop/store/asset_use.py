"""Who names which assets: recordings, clips (parts, layers, markers, crop keys), the sounds of their
languages, and brand kits."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, func, literal, or_, select

from viralclip_desktop.domain.audio_config import AudioConfig
from viralclip_desktop.domain.brand import BrandKit, Logo
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.layers import DrawnLayer
from viralclip_desktop.domain.media import Source
from viralclip_desktop.store.records import AssetUse
from viralclip_desktop.store.tables import audio_configs, brand_kits, clips, video_sources

Rename = Callable[[str], str]
_SHOWN = ("id", "title", "project_id")


def renamed(entity: Any, new_name: Rename) -> Any:
    """An entity with the id of each asset it names replaced. A recording's own asset stays as it is."""
    if isinstance(entity, Clip):
        return _clip(entity, _unless_empty(new_name))
    if isinstance(entity, AudioConfig):
        return replace(entity, bgm_track_id=_unless_empty(new_name)(entity.bgm_track_id))
    if isinstance(entity, BrandKit):
        return _brand_kit(entity, _unless_empty(new_name))
    return entity


def named_by(entity: Any) -> set[str]:
    """The ids of the assets an entity names."""
    if isinstance(entity, Source):
        return {entity.asset_id}
    found: set[str] = set()

    def note(asset_id: str) -> str:
        found.add(asset_id)
        return asset_id

    renamed(entity, note)
    return found


def named_by_all(entities: Iterable[Any]) -> set[str]:
    """The ids of the assets that any of these name."""
    return {asset_id for entity in entities for asset_id in named_by(entity)}


def users(connection: Connection, asset_id: str) -> list[AssetUse]:
    """Everything in the database that names an asset: recordings, clips, brand kits."""
    quoted = f'"{asset_id}"'

    def names(column: Any) -> Any:
        return func.instr(column, literal(quoted)) > 0

    in_clip = or_(
        clips.c.asset_id == asset_id,
        *(names(clips.c[name]) for name in ("parts", "layers", "markers", "frame_keys", "face_lock")),
        clips.c.id.in_(select(audio_configs.c.clip_id).where(audio_configs.c.bgm_track_id == asset_id)),
    )
    queries = (
        ("source", select(*video_sources.c[_SHOWN]), video_sources.c.asset_id == asset_id),
        ("clip", select(*clips.c[_SHOWN]), in_clip),
        ("brand_kit", select(brand_kits.c.id, brand_kits.c.name, literal("")), names(brand_kits.c.kit)),
    )
    return [
        AssetUse(kind, *row)
        for kind, query, condition in queries
        for row in connection.execute(query.where(condition))
    ]


def _unless_empty(new_name: Rename) -> Rename:
    return lambda asset_id: new_name(asset_id) if asset_id else asset_id


def _clip(clip: Clip, name: Rename) -> Clip:
    return replace(
        clip,
        asset_id=name(clip.asset_id),
        parts=tuple(replace(part, asset_id=name(part.asset_id)) for part in clip.parts),
        layers=tuple(
            layer if isinstance(layer, DrawnLayer) else replace(layer, asset_id=name(layer.asset_id))
            for layer in clip.layers
        ),
        markers=tuple(replace(marker, asset_id=name(marker.asset_id)) for marker in clip.markers),
        frame_keys=tuple(replace(key, asset_id=name(key.asset_id)) for key in clip.frame_keys),
        face_lock=clip.face_lock and replace(clip.face_lock, asset_id=name(clip.face_lock.asset_id)),
        tightened=tuple(replace(cut, asset_id=name(cut.asset_id)) for cut in clip.tightened),
    )


def _brand_kit(kit: BrandKit, name: Rename) -> BrandKit:
    return replace(
        kit,
        logo=_logo(kit.logo, name),
        watermark=_logo(kit.watermark, name),
        fonts=tuple(name(font) for font in kit.fonts),
        intro=name(kit.intro),
        outro=name(kit.outro),
    )


def _logo(logo: Logo | None, name: Rename) -> Logo | None:
    return None if logo is None else replace(logo, asset_id=name(logo.asset_id))
