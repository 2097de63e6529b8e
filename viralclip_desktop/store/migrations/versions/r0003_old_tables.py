"""What revision 0003 reads: the tables of revision 0002, as plain values of the journal's version 1."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from viralclip_desktop.store.tables import AnyText
from viralclip_desktop.store.upgrades.assets_of_paths import Plain

BRAND_KITS = sa.table("brand_kits", sa.column("id"), sa.column("kit", sa.JSON))
_TEXTS = frozenset({"title", "path", "quote_first", "quote_last"})
_JSON = frozenset(
    {
        *("reasons", "cuts", "frame_keys", "caption_override", "layers", "markers", "splits", "play_order"),
        *("info", "settings"),
    }
)


def sources(connection: sa.Connection) -> Iterator[Plain]:
    """All recordings, oldest first."""
    names = ["id", "project_id", "path", "title", "fingerprint", "info", "audio_index", "created_at"]
    return _rows(connection, "video_sources", names)


def batches(connection: sa.Connection) -> Iterator[Plain]:
    """All runs of the finder."""
    return _rows(connection, "clip_batches", ["id", "settings", "created_at"])


def clips(connection: sa.Connection) -> Iterator[Plain]:
    """All clips."""
    names = (
        "id source_id batch_id rank start_ticks end_ticks title score reasons quote_first quote_last aspect "
        "framing centre_x caption_style captions_on created_at cuts frame_keys caption_override brand_kit "
        "layers markers original_volume_db splits play_order second_language"
    )
    for row in _rows(connection, "clips", names.split()):
        bounds = {"start": row.pop("start_ticks"), "end": row.pop("end_ticks")}
        row["captions_on"] = bool(row["captions_on"])
        yield row | {"batch_id": row["batch_id"] or "", "range": bounds}


def brand_kits(connection: sa.Connection) -> list[Plain]:
    """All brand kits."""
    return list(connection.execute(sa.select(BRAND_KITS.c.kit)).scalars())


def _rows(connection: sa.Connection, name: str, columns: list[str]) -> Iterator[Plain]:
    table = sa.table(name, *(_column(column) for column in columns))
    for row in connection.execute(sa.select(table).order_by(table.c.created_at, table.c.id)):
        yield dict(row._mapping)


def _column(name: str) -> sa.ColumnClause[Any]:
    if name in _JSON:
        return sa.column(name, sa.JSON)
    return sa.column(name, AnyText) if name in _TEXTS else sa.column(name)
