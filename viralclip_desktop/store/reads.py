"""Everything that is read, the same on the store and inside a transaction (which sees its own writes)."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, select

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.brand import BrandKit
from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.domain.clip import Clip, ClipBatch
from viralclip_desktop.domain.exports import Export
from viralclip_desktop.domain.media import Project, Source
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.domain.translation import Translation
from viralclip_desktop.store import codec, tables
from viralclip_desktop.store.kinds import KIND_OF, KINDS
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
        query = select(table).order_by(table.c.created_at, table.c.id)
        if project_id is not None:
            query = query.where(table.c.project_id == project_id)
        return self._all(query, codec.source_from)

    def source(self, source_id: str) -> Source:
        """One recording."""
        return self._one(Source, source_id)

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
        """The clips of a recording: newest batch first, by rank within a batch."""
        clips, batches = tables.clips, tables.clip_batches
        query = (
            select(clips)
            .outerjoin(batches, batches.c.id == clips.c.batch_id)
            .where(clips.c.source_id == source_id)
            .order_by(batches.c.created_at.desc(), batches.c.id.desc(), clips.c.rank, clips.c.id)
        )
        return self._all(query, codec.clip_from)

    def clip(self, clip_id: str) -> Clip:
        """One clip."""
        return self._one(Clip, clip_id)

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
