"""The foundation: projects, sources with transcripts, clips, exports, jobs, the undo journal, search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make everything."""
    _projects_and_sources()
    _captions()
    _clips()
    _exports()
    _jobs_and_edits()
    _search()


def downgrade() -> None:
    """There is nothing before the first revision."""
    raise NotImplementedError("the first revision has nothing below it")


def _projects_and_sources() -> None:
    op.create_table(
        "projects",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("updated_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_projects"),
    )
    op.create_table(
        "video_sources",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("project_id", sa.String(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(), nullable=False),
        sa.Column("duration_ticks", sa.BigInteger(), nullable=False),
        sa.Column("info", sa.JSON(), nullable=False),
        sa.Column("audio_index", sa.Integer(), nullable=True),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("transcript_engine", sa.String(), nullable=True),
        sa.Column("transcript_language", sa.String(), nullable=True),
        sa.Column("transcript_revision", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["project_id"], ["projects.id"], name="fk_video_sources_project_id_projects", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_video_sources"),
    )
    op.create_index("ix_video_sources_fingerprint", "video_sources", ["fingerprint"], unique=False)
    op.create_index("ix_video_sources_project_id", "video_sources", ["project_id"], unique=False)


def _captions() -> None:
    op.create_table(
        "subtitle_segments",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("idx", sa.Integer(), nullable=False),
        sa.Column("start_ticks", sa.BigInteger(), nullable=False),
        sa.Column("end_ticks", sa.BigInteger(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["video_sources.id"],
            name="fk_subtitle_segments_source_id_video_sources",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_subtitle_segments"),
        sa.UniqueConstraint("source_id", "idx", name="uq_subtitle_segments_source_id_idx"),
    )
    op.create_table(
        "subtitle_styles",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("style", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_subtitle_styles"),
    )
    op.create_table(
        "brand_kits",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kit", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_brand_kits"),
    )


def _clips() -> None:
    op.create_table(
        "clip_batches",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["source_id"],
            ["video_sources.id"],
            name="fk_clip_batches_source_id_video_sources",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_clip_batches"),
    )
    op.create_index("ix_clip_batches_source_id", "clip_batches", ["source_id"], unique=False)
    op.create_table(
        "clips",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("source_id", sa.String(), nullable=False),
        sa.Column("batch_id", sa.String(), nullable=True),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("start_ticks", sa.BigInteger(), nullable=False),
        sa.Column("end_ticks", sa.BigInteger(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("quote_first", sa.Text(), nullable=False),
        sa.Column("quote_last", sa.Text(), nullable=False),
        sa.Column("aspect", sa.String(), nullable=False),
        sa.Column("framing", sa.String(), nullable=False),
        sa.Column("centre_x", sa.Float(), nullable=False),
        sa.Column("caption_style", sa.String(), nullable=False),
        sa.Column("captions_on", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("cuts", sa.JSON(), nullable=False),
        sa.Column("frame_keys", sa.JSON(), nullable=False),
        sa.Column("caption_override", sa.JSON(), nullable=True),
        sa.Column("brand_kit", sa.String(), nullable=False),
        sa.Column("layers", sa.JSON(), nullable=False),
        sa.Column("markers", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["clip_batches.id"], name="fk_clips_batch_id_clip_batches", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["source_id"], ["video_sources.id"], name="fk_clips_source_id_video_sources", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_clips"),
    )
    op.create_index("ix_clips_batch_id", "clips", ["batch_id"], unique=False)
    op.create_index("ix_clips_source_id", "clips", ["source_id"], unique=False)


def _exports() -> None:
    op.create_table(
        "exports",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("clip_id", sa.String(), nullable=False),
        sa.Column("resolution", sa.String(), nullable=False),
        sa.Column("fps", sa.String(), nullable=True),
        sa.Column("aspect_ratio", sa.String(), nullable=True),
        sa.Column("status", sa.String(), nullable=False),
        sa.Column("output_path", sa.Text(), nullable=False),
        sa.Column("settings", sa.JSON(), nullable=False),
        sa.Column("result", sa.JSON(none_as_null=True), nullable=True),
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("updated_at", sa.Float(), nullable=False),
        sa.ForeignKeyConstraint(
            ["clip_id"], ["clips.id"], name="fk_exports_clip_id_clips", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_exports"),
    )
    op.create_index("ix_exports_clip_id", "exports", ["clip_id"], unique=False)
    op.create_index("ix_exports_status", "exports", ["status"], unique=False)


def _jobs_and_edits() -> None:
    op.create_table(
        "processing_jobs",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("project_id", sa.String(), nullable=False),
        sa.Column("payload", sa.JSON(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("stage", sa.String(), nullable=False),
        sa.Column("fraction", sa.Float(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("time_left_s", sa.Float(), nullable=True),
        sa.Column("error", sa.Text(), nullable=False),
        sa.Column("hint", sa.Text(), nullable=False),
        sa.Column("details", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("result", sa.JSON(), nullable=False),
        sa.Column("owner_pid", sa.Integer(), nullable=True),
        sa.Column("owner_started", sa.Float(), nullable=True),
        sa.Column("cancel_requested", sa.Boolean(), nullable=False),
        sa.Column("created_at", sa.Float(), nullable=False),
        sa.Column("updated_at", sa.Float(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_processing_jobs"),
    )
    op.create_index("ix_processing_jobs_project_id", "processing_jobs", ["project_id"], unique=False)
    op.create_index("ix_processing_jobs_state", "processing_jobs", ["state"], unique=False)
    op.create_table(
        "job_events",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("job_id", sa.String(), nullable=False),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["job_id"],
            ["processing_jobs.id"],
            name="fk_job_events_job_id_processing_jobs",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_job_events"),
    )
    op.create_index("ix_job_events_job_id", "job_events", ["job_id"], unique=False)
    op.create_table(
        "edits",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("project_id", sa.String(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("merge_key", sa.String(), nullable=True),
        sa.Column("at", sa.Float(), nullable=False),
        sa.Column("undone", sa.Boolean(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_edits"),
    )
    op.create_index("ix_edits_project_id_undone_id", "edits", ["project_id", "undone", "id"], unique=False)


def _search() -> None:
    # marks (M*) count as letters: Devanagari, Thai and decomposed Latin words stay whole
    op.execute(
        "CREATE VIRTUAL TABLE transcript_search USING fts5(text, content='subtitle_segments', "
        "content_rowid='id', tokenize=\"unicode61 remove_diacritics 2 categories 'L* N* Co M*'\")"
    )
    add = "INSERT INTO transcript_search(rowid, text) VALUES (new.id, new.text);"
    drop = (
        "INSERT INTO transcript_search(transcript_search, rowid, text) VALUES ('delete', old.id, old.text);"
    )
    for name, moment, body in (
        ("subtitle_segments_added", "AFTER INSERT", add),
        ("subtitle_segments_removed", "AFTER DELETE", drop),
        ("subtitle_segments_changed", "AFTER UPDATE OF text", drop + add),
    ):
        op.execute(f"CREATE TRIGGER {name} {moment} ON subtitle_segments BEGIN {body} END")
