"""Clips become parts and every file an asset; jobs get stages, parents and dependencies; mixes and paid calls
get tables. The undo journal is written anew, so that it reaches past this change."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from typing import Any

import sqlalchemy as sa
from alembic import op

from viralclip_desktop.core.ids import new_id
from viralclip_desktop.store.codec import dumps
from viralclip_desktop.store.migrations.versions import r0003_old_tables as old
from viralclip_desktop.store.tables import AnyText
from viralclip_desktop.store.upgrades.assets_of_paths import AssetBook, Plain, brand_kit_fields
from viralclip_desktop.store.upgrades.history import Document, HistoryUpgrade

revision = "0003"
down_revision = "0002"
_SCHEMA = 2  # of the journal's entries, as they are left here


def upgrade() -> None:
    """Change everything. Foreign keys are off meanwhile (see ``Database``) and checked at the end."""
    connection = op.get_bind()
    book = AssetBook(partial(new_id, "asset"))
    sources, clips = list(old.sources(connection)), list(old.clips(connection))
    history = HistoryUpgrade(book, sources, old.batches(connection), clips)
    projects = _journal(connection)
    for done, undone in projects.values():
        history.learn(document for _, document in [*done[::-1], *undone])
    new_clips = [history.clip(plain) for plain in clips]
    kits = [brand_kit_fields(kit, book) for kit in old.brand_kits(connection)]
    for done, undone in projects.values():
        history.rewrite([document for _, document in done], [document for _, document in undone])
    _assets(connection, book)
    _sources(connection, book)
    _clips(connection, new_clips)
    for kit in kits:
        change = old.BRAND_KITS.update().where(old.BRAND_KITS.c.id == kit["id"])
        connection.execute(change.values(kit=kit))
    _write_journal(connection, projects)
    _jobs()
    _mixes_and_costs()
    if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
        raise RuntimeError(f"the migration left rows without their owners: {broken[:5]}")


def downgrade() -> None:
    """A clip of several recordings has no place in the older tables."""
    raise NotImplementedError("restore the copy that was made before the upgrade")


_Entries = list[tuple[int, Document]]


def _journal(connection: sa.Connection) -> dict[str, tuple[_Entries, _Entries]]:
    """By project: what was done and what was undone, oldest first."""
    found: dict[str, tuple[_Entries, _Entries]] = {}
    rows = connection.execute(sa.text("SELECT id, project_id, undone, changes FROM edits ORDER BY id"))
    for entry_id, project_id, undone, changes in rows:
        found.setdefault(project_id, ([], []))[bool(undone)].append((entry_id, json.loads(changes)))
    return found


def _write_journal(connection: sa.Connection, projects: dict[str, tuple[_Entries, _Entries]]) -> None:
    op.add_column("edits", sa.Column("version", sa.Integer(), nullable=False, server_default=sa.text("1")))
    connection.execute(sa.text("UPDATE edits SET version = :version"), {"version": _SCHEMA})
    change = sa.text("UPDATE edits SET changes = :changes WHERE id = :id")
    for entry_id, document in _all(projects):
        if any(item[0] in ("clip", "source", "asset", "brand_kit") for item in _items(document)):
            connection.execute(change, {"id": entry_id, "changes": dumps(document)})


def _all(projects: dict[str, tuple[_Entries, _Entries]]) -> Iterator[tuple[int, Document]]:
    for done, undone in projects.values():
        yield from done
        yield from undone


def _items(document: Document) -> list[list[Any]]:
    return document["items"] + document["carried"]


def _assets(connection: sa.Connection, book: AssetBook) -> None:
    assets = op.create_table(
        "assets",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("path", AnyText(), nullable=False),
        sa.Column("title", AnyText(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("duration_ticks", sa.BigInteger(), nullable=False),
        sa.Column("info", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("licence", AnyText(), nullable=False),
        sa.Column("origin", AnyText(), nullable=False),
        sa.Column("tags", sa.JSON(), nullable=False),
        sa.Column("made_with", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_assets"),
    )
    for name in ("kind", "path", "fingerprint"):
        op.create_index(f"ix_assets_{name}", "assets", [name], unique=False)
    for plain in book.assets.values():
        ticks = 0 if plain["info"] is None else plain["info"]["duration"]
        connection.execute(assets.insert().values(**plain, duration_ticks=ticks))


def _sources(connection: sa.Connection, book: AssetBook) -> None:
    rest = "id, project_id, title, audio_index, created_at, transcript_engine, transcript_language"
    names = f"{rest}, transcript_revision"
    op.create_table(
        "new_sources",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("project_id", sa.String(), nullable=False),
        sa.Column("asset_id", sa.String(), nullable=False),
        sa.Column("title", AnyText(), nullable=False),
        sa.Column("audio_index", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("transcript_engine", sa.String(), nullable=True),
        sa.Column("transcript_language", sa.String(), nullable=True),
        sa.Column("transcript_revision", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name="fk_video_sources_project_id_projects", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["asset_id"], ["assets.id"], name="fk_video_sources_asset_id_assets"),
        sa.PrimaryKeyConstraint("id", name="pk_video_sources"),
    )
    op.execute(f"INSERT INTO new_sources (asset_id, {names}) SELECT '', {names} FROM video_sources")
    change = sa.text("UPDATE new_sources SET asset_id = :asset WHERE id = :id")
    for (source_id,) in connection.execute(sa.text("SELECT id FROM new_sources")).all():
        connection.execute(change, {"id": source_id, "asset": book.of_source(source_id)})
    _replace("video_sources", "new_sources", ["asset_id", "project_id"])


def _clips(connection: sa.Connection, clips: list[Plain]) -> None:
    table = op.create_table(
        "new_clips",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("project_id", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=True),
        sa.Column("batch_id", sa.String(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("parts", sa.JSON(), nullable=False),
        sa.Column("title", AnyText(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("quote_first", AnyText(), nullable=False),
        sa.Column("quote_last", AnyText(), nullable=False),
        sa.Column("aspect", sa.String(), nullable=False),
        sa.Column("framing", sa.String(), nullable=False),
        sa.Column("centre_x", sa.Float(), nullable=False),
        sa.Column("caption_style", sa.String(), nullable=False),
        sa.Column("captions_on", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("frame_keys", sa.JSON(), nullable=False),
        sa.Column("caption_override", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("brand_kit", sa.String(), nullable=False),
        sa.Column("layers", sa.JSON(), nullable=False),
        sa.Column("markers", sa.JSON(), nullable=False),
        sa.Column("mix", sa.JSON(), nullable=False),
        sa.Column("second_language", sa.String(), nullable=False),
        sa.Column("asset_id", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name="fk_clips_project_id_projects", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["clip_batches.id"], name="fk_clips_batch_id_clip_batches", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["video_sources.id"], name="fk_clips_source_id_video_sources", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_clips"),
    )
    for plain in clips:
        owners = {name: plain[name] or None for name in ("source_id", "batch_id")}
        connection.execute(table.insert().values(**(plain | owners)))
    _replace("clips", "new_clips", ["batch_id", "project_id", "source_id"])


def _replace(name: str, new: str, indexed: list[str]) -> None:
    op.drop_table(name)
    op.rename_table(new, name)
    for column in indexed:
        op.create_index(f"ix_{name}_{column}", name, [column], unique=False)


def _jobs() -> None:
    for column in (
        sa.Column("parent_id", sa.String(), nullable=False, server_default=""),
        sa.Column("depends_on", sa.JSON(), nullable=False, server_default=sa.text("'[]'")),
        sa.Column("run_at", sa.Float(), nullable=True),
        sa.Column("priority", sa.Integer(), nullable=False, server_default=sa.text("0")),
    ):
        op.add_column("processing_jobs", column)
    op.create_index("ix_processing_jobs_parent_id", "processing_jobs", ["parent_id"], unique=False)
    op.create_index("ix_exports_job_id", "exports", ["job_id"], unique=False)
    op.create_table(
        "job_stages",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"],
            ["processing_jobs.id"],
            name="fk_job_stages_job_id_processing_jobs",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_job_stages"),
        sa.UniqueConstraint("job_id", "name", name="uq_job_stages_job_id_name"),
    )


def _mixes_and_costs() -> None:
    op.create_table(
        "audio_configs",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("clip_id", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("bgm_track_id", sa.String(), nullable=False),
        sa.Column("bgm_volume", sa.Float(), nullable=False),
        sa.Column("original_volume", sa.Float(), nullable=False),
        sa.Column("ai_voice_provider", sa.String(), nullable=False),
        sa.Column("ai_voice_id", sa.String(), nullable=False),
        sa.Column("mode", sa.String(), nullable=False),
        sa.Column("mix", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clip_id"], ["clips.id"], name="fk_audio_configs_clip_id_clips", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_audio_configs"),
        sa.UniqueConstraint("clip_id", "language", name="uq_audio_configs_clip_id_language"),
    )
    op.create_table(
        "ai_usage_logs",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("provider", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("model", sa.String(), nullable=False),
        sa.Column("units", sa.JSON(), nullable=False),
        sa.Column("cost_usd", sa.Float(), nullable=False),
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column("project_id", sa.String(), nullable=False),
        sa.Column("note", AnyText(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_ai_usage_logs"),
    )
    op.create_index("ix_ai_usage_logs_at", "ai_usage_logs", ["at"], unique=False)
