"""Everything that is read, the same on the store and inside a transaction (which sees its own writes)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, Table, select

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.assets import Asset, AssetKind
from viralclip_desktop.domain.audio_config import AudioConfig
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Clip, ClipBatch
from viralclip_desktop.domain.cloned_voice import ClonedVoice
from viralclip_desktop.domain.exports import Export
from viralclip_desktop.domain.library import AudioItem, LibraryEntry, MusicItem
from viralclip_desktop.domain.media import Project, Source
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.domain.translation import Translation
from viralclip_desktop.store import asset_use, codec, tables
from viralclip_desktop.store.kinds import KIND_OF, KINDS, sources_with_assets
from viralclip_desktop.store.records import AssetUse
from viralclip_desktop.store.transcripts import TranscriptCache

T = TypeVar("T")


class Reads:
    """The questions one can ask. Missing things raise :class:`NotFound`."""

    def __init__(
        self, connect: Callable[[], AbstractContextManager[Connection]], cache: TranscriptCache
    ) -> None:
        self._connect = connect
        self._cache = cache

    def projects(self) -> list[Project]:
        """All projects, the latest changed first."""
        table = tables.projects
        order = select(table).order_by(table.c.updated_at.desc(), table.c.id.desc())
        return self._all(order, codec.project_from)

    def project(self, project_id: str) -> Project:
        """One project."""
        return self._one(Project, project_id)

    def sources(self, project_id: str | None = None) -> list[Source]:
        """The recordings of a project (None: of all), oldest first."""
        table = tables.video_sources
        query = sources_with_assets().order_by(table.c.created_at, table.c.id)
        if project_id is not None:
            query = query.where(table.c.project_id == project_id)
        return self._all(query, codec.source_from)

    def source(self, source_id: str) -> Source:
        """One recording."""
        return self._one(Source, source_id)

    def assets(self, kind: AssetKind | None = None) -> list[Asset]:
        """The files of the library (of one kind; None: all), oldest first."""
        table = tables.assets
        query = select(table).order_by(table.c.created_at, table.c.id)
        if kind is not None:
            query = query.where(table.c.kind == kind.value)
        return self._all(query, codec.asset_from)

    def asset(self, asset_id: str) -> Asset:
        """One file."""
        return self._one(Asset, asset_id)

    def asset_by_path(self, path: str) -> Asset | None:
        """The file at a path, written as it was put; the newest where several were; None for none."""
        return next(iter(self._newest_assets(tables.assets.c.path == path)), None)

    def assets_of_content(self, fingerprint: str) -> list[Asset]:
        """The files with a content, newest first."""
        return self._newest_assets(tables.assets.c.fingerprint == fingerprint) if fingerprint else []

    def asset_uses(self, asset_id: str) -> list[AssetUse]:
        """What names a file, in all projects."""
        with self._connect() as connection:
            return asset_use.users(connection, asset_id)

    def project_assets(self, project_id: str) -> list[Asset]:
        """The files a project names: recordings, parts and layers of clips, the brand kits of its clips."""
        clips = self.project_clips(project_id)
        kits = {clip.brand_kit for clip in clips}
        naming = [*self.sources(project_id), *clips, *(kit for kit in self.brand_kits() if kit.id in kits)]
        wanted = asset_use.named_by_all(naming)
        return [asset for asset in self.assets() if asset.id in wanted]

    def _newest_assets(self, condition: ColumnElement[bool]) -> list[Asset]:
        order = tables.assets.c.created_at.desc(), tables.assets.c.id.desc()
        return self._all(select(tables.assets).where(condition).order_by(*order), codec.asset_from)

    def library(self) -> list[LibraryEntry]:
        """The sounds of the library with their files, the newest first."""
        found = [
            *self._entries(tables.audio_library, AudioItem),
            *self._entries(tables.music_library, MusicItem),
        ]
        return sorted(found, key=lambda entry: (entry.item.created_at, entry.id), reverse=True)

    def library_entry(self, item_id: str) -> LibraryEntry:
        """One of them."""
        found = next((entry for entry in self.library() if entry.id == item_id), None)
        if found is None:
            raise NotFound(
                say(
                    "There is no {noun} called {entity_id}.",
                    noun=say("sound of the library"),
                    entity_id=repr(item_id),
                )
            )
        return found

    def _entries(self, table: Table, cls: type[AudioItem] | type[MusicItem]) -> list[LibraryEntry]:
        with self._connect() as connection:
            items = [codec.from_plain(cls, dict(row._mapping)) for row in connection.execute(select(table))]
            files = connection.execute(select(tables.assets).join_from(tables.assets, table))
            assets = {asset.id: asset for asset in map(codec.asset_from, files)}
        return [LibraryEntry(item, assets[item.id]) for item in items]

    def cloned_voices(self) -> list[ClonedVoice]:
        """The user's own voices, oldest first."""
        table = tables.cloned_voices
        query = select(table).order_by(table.c.created_at, table.c.id)
        return self._all(query, codec.plain_row_as(ClonedVoice))

    def transcript(self, source_id: str) -> Transcript | None:
        """The transcript of a recording; None when it has none."""
        with self._connect() as connection:
            return self._cache.read(connection, source_id)

    def translations(self, source_id: str) -> list[Translation]:
        """The translations of a recording, by language."""
        table = tables.translations
        query = select(table).where(table.c.source_id == source_id)
        return self._all(query.order_by(table.c.language, table.c.id), codec.translation_from)

    def translation(self, translation_id: str) -> Translation:
        """One translation."""
        return self._one(Translation, translation_id)

    def batches(self, source_id: str) -> list[ClipBatch]:
        """The runs of the finder over a recording, oldest first."""
        table = tables.clip_batches
        query = select(table).where(table.c.source_id == source_id)
        return self._all(query.order_by(table.c.created_at, table.c.id), codec.batch_from)

    def batch(self, batch_id: str) -> ClipBatch:
        """One run of the finder."""
        return self._one(ClipBatch, batch_id)

    def clips(self, source_id: str) -> list[Clip]:
        """The clips at home in a recording: newest batch first, by rank within a batch."""
        return self._clips(tables.clips.c.source_id == source_id)

    def project_clips(self, project_id: str) -> list[Clip]:
        """All clips of a project, those without a recording too, in the same order."""
        return self._clips(tables.clips.c.project_id == project_id)

    def _clips(self, condition: ColumnElement[bool]) -> list[Clip]:
        clips, batches = tables.clips, tables.clip_batches
        query = (
            select(clips)
            .outerjoin(batches, batches.c.id == clips.c.batch_id)
            .where(condition)
            .order_by(batches.c.created_at.desc(), batches.c.id.desc(), clips.c.rank, clips.c.id)
        )
        return self._all(query, codec.clip_from)

    def clip(self, clip_id: str) -> Clip:
        """One clip."""
        return self._one(Clip, clip_id)

    def audio_configs(self, clip_id: str) -> list[AudioConfig]:
        """How a clip sounds in each language, by language."""
        table = tables.audio_configs
        query = select(table).where(table.c.clip_id == clip_id).order_by(table.c.language)
        return self._all(query, codec.audio_config_from)

    def exports(self, clip_id: str | None = None) -> list[Export]:
        """The exports of a clip (None: of all), oldest first."""
        table = tables.exports
        query = select(table).order_by(table.c.created_at, table.c.id)
        if clip_id is not None:
            query = query.where(table.c.clip_id == clip_id)
        return self._all(query, codec.export_from)

    def export(self, export_id: str) -> Export:
        """One export."""
        return self._one(Export, export_id)

    def caption_styles(self) -> list[CaptionStyle]:
        """The user's own caption styles by name; the ones that ship are data files."""
        table = tables.subtitle_styles
        return self._all(select(table).order_by(table.c.label, table.c.id), codec.style_from)

    def brand_kits(self) -> list[BrandKit]:
        """The brand kits by name."""
        table = tables.brand_kits
        return self._all(select(table).order_by(table.c.name, table.c.id), codec.brand_kit_from)

    def get(self, kind: str, entity_id: str) -> Any:
        """One entity of any kind of ``domain.changes.Kind``."""
        if kind == "transcript":
            return self.transcript(entity_id)
        return self._one(KINDS[kind].cls, entity_id)

    def _one(self, cls: type[T], entity_id: str) -> T:
        kind = KIND_OF[cls]
        with self._connect() as connection:
            entity = kind.load(connection, entity_id)
        if entity is None:
            raise NotFound(
                say("There is no {noun} called {entity_id}.", noun=say(kind.noun), entity_id=repr(entity_id))
            )
        assert isinstance(entity, cls)
        return entity

    def _all(self, query: Select[Any], entity: Callable[[Any], T]) -> list[T]:
        with self._connect() as connection:
            return [entity(row) for row in connection.execute(query)]
