"""What can be put and deleted: each kind's class, table, mapping, and what it belongs to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, Select, Table, delete, select
from sqlalchemy.dialects.sqlite import insert

from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.audio_config import AudioConfig
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Clip, ClipBatch
from viralclip_desktop.domain.cloned_voice import ClonedVoice
from viralclip_desktop.domain.exports import Export
from viralclip_desktop.domain.library import AudioItem, MusicItem
from viralclip_desktop.domain.media import Project, Source
from viralclip_desktop.domain.translation import Translation
from viralclip_desktop.store import codec, tables

TRANSCRIPT = "transcript"
"""Not an entity with a row of its own: it lives with its source, under the source's id."""

Key = tuple[str, str]
"""Kind and id."""


@dataclass(frozen=True)
class EntityKind:
    """One kind of entity.

    ``parents``: kind of owner -> the column that names it. ``journaled``: whether undo knows it; where an
    export stands is a fact about work, not an edit, so undo leaves it alone (but brings a deleted one back).
    ``makes_history``: whether making one is an edit; a file that came into the library stays there when the
    edit that brought it is undone. ``long_list``: a field of which the journal keeps only what was touched.
    """

    name: str
    noun: str
    cls: type[Any]
    table: Table
    row: Callable[[Any], dict[str, Any]]
    entity: Callable[[Any], Any]
    parents: Mapping[str, str] = field(default_factory=dict)
    journaled: bool = True
    makes_history: bool = True
    long_list: str = ""
    plain: Callable[[Any], dict[str, Any]] = codec.to_plain
    """An entity as JSON values, for documents."""
    query: Callable[[], Select[Any]] | None = None
    """How to read rows; None for the table alone."""

    def select(self) -> Select[Any]:
        """Reads whole rows, as ``entity`` takes them."""
        return select(self.table) if self.query is None else self.query()

    def load(self, connection: Connection, entity_id: str) -> Any | None:
        """One entity, or None."""
        row = connection.execute(self.select().where(self.table.c.id == entity_id)).first()
        return None if row is None else self.entity(row)

    def save(self, connection: Connection, entity: Any) -> None:
        """Insert or update one entity."""
        row = self.row(entity)
        rest = {name: value for name, value in row.items() if name != "id"}
        query = insert(self.table).values(**row)
        connection.execute(query.on_conflict_do_update(index_elements=["id"], set_=rest))

    def remove(self, connection: Connection, entity_id: str) -> None:
        """Delete one entity and, by the foreign keys, all that belongs to it."""
        connection.execute(delete(self.table).where(self.table.c.id == entity_id))

    def children_of(self, connection: Connection, parent: str, parent_id: str) -> list[Any]:
        """The entities of this kind that belong to one owner."""
        column = self.table.c[self.parents[parent]]
        rows = connection.execute(self.select().where(column == parent_id))
        return [self.entity(row) for row in rows]


def sources_with_assets() -> Select[Any]:
    """Rows of recordings, each with its asset's."""
    own = [column for column in tables.video_sources.c if not column.name.startswith("transcript")]
    labelled = [column.label(codec.of_asset(column.name)) for column in tables.assets.c]
    return select(*own, *labelled).join_from(tables.video_sources, tables.assets)


KINDS: dict[str, EntityKind] = {
    kind.name: kind
    for kind in (
        EntityKind("project", "project", Project, tables.projects, codec.project_row, codec.project_from),
        EntityKind(
            "source",
            "recording",
            Source,
            tables.video_sources,
            codec.source_row,
            codec.source_from,
            {"project": "project_id"},
            plain=codec.source_row,
            query=sources_with_assets,
        ),
        EntityKind(
            "translation",
            "translation",
            Translation,
            tables.translations,
            codec.translation_row,
            codec.translation_from,
            {"source": "source_id"},
            long_list="lines",
        ),
        EntityKind(
            "batch",
            "batch of clips",
            ClipBatch,
            tables.clip_batches,
            codec.batch_row,
            codec.batch_from,
            {"source": "source_id"},
        ),
        EntityKind(
            "clip",
            "clip",
            Clip,
            tables.clips,
            codec.clip_row,
            codec.clip_from,
            {"project": "project_id", "source": "source_id", "batch": "batch_id"},
        ),
        EntityKind(
            "audio_config",
            "sound of a language",
            AudioConfig,
            tables.audio_configs,
            codec.audio_config_row,
            codec.audio_config_from,
            {"clip": "clip_id"},
        ),
        EntityKind(
            "export",
            "export",
            Export,
            tables.exports,
            codec.export_row,
            codec.export_from,
            {"clip": "clip_id"},
            journaled=False,
        ),
        EntityKind(
            "caption_style",
            "caption style",
            CaptionStyle,
            tables.subtitle_styles,
            codec.style_row,
            codec.style_from,
        ),
        EntityKind(
            "brand_kit",
            "brand kit",
            BrandKit,
            tables.brand_kits,
            codec.brand_kit_row,
            codec.brand_kit_from,
        ),
        EntityKind(
            "asset", "file", Asset, tables.assets, codec.asset_row, codec.asset_from, makes_history=False
        ),
        EntityKind(
            "audio_item",
            "sound of the library",
            AudioItem,
            tables.audio_library,
            codec.to_plain,
            codec.plain_row_as(AudioItem),
            {"asset": "id"},
            journaled=False,
        ),
        EntityKind(
            "music_item",
            "music of the library",
            MusicItem,
            tables.music_library,
            codec.to_plain,
            codec.plain_row_as(MusicItem),
            {"asset": "id"},
            journaled=False,
        ),
        EntityKind(
            "cloned_voice",
            "voice of your own",
            ClonedVoice,
            tables.cloned_voices,
            codec.to_plain,
            codec.plain_row_as(ClonedVoice),
            journaled=False,
        ),
    )
}

_FIRST = ("asset", "project", "source", TRANSCRIPT)
ORDER = {name: place for place, name in enumerate(dict.fromkeys((*_FIRST, *KINDS)))}
"""Owners before what they own, files before those who name them."""

KIND_OF: dict[type[Any], EntityKind] = {kind.cls: kind for kind in KINDS.values()}


def kind_of(entity: Any) -> EntityKind:
    """The kind of an entity. Raises TypeError for what the store does not keep this way."""
    try:
        return KIND_OF[type(entity)]
    except KeyError:
        raise TypeError(f"the store has no kind for {type(entity).__name__}") from None


def journaled(kind: str) -> bool:
    """Whether undo knows changes of a kind."""
    return kind == TRANSCRIPT or KINDS[kind].journaled
