"""The tables of the project database. Times are whole ticks (``core.time``); moments are Unix seconds.

The names are those of the product's data model; migrations in ``migrations/versions`` build exactly
this, which a test checks. ``transcript_search`` (FTS5) and its triggers live in the migrations alone.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

from viralclip_desktop.core import messages

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


class AnyText(TypeDecorator[str]):
    """Text that may hold what is no valid Unicode (a Linux file name can): such a value is kept as bytes."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: object) -> Any:  # noqa: ARG002 - SQLAlchemy's signature
        """To the database."""
        if value is None or value.isascii():
            return value
        try:
            value.encode()
        except UnicodeEncodeError:
            return value.encode("utf-8", "surrogatepass")
        return value

    def process_result_value(self, value: Any, dialect: object) -> str | None:  # noqa: ARG002 - as above
        """From the database."""
        return value.decode("utf-8", "surrogatepass") if isinstance(value, bytes) else value


class MessageText(AnyText):
    """A message: plain text, or the JSON document of ``core.messages`` where it has values."""

    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: object) -> Any:
        """To the database."""
        return super().process_bind_param(None if value is None else messages.dumps(value), dialect)

    def process_result_value(self, value: Any, dialect: object) -> str | None:
        """From the database."""
        text = super().process_result_value(value, dialect)
        return None if text is None else messages.loads(text)


def _owner(target: str) -> ForeignKey:
    return ForeignKey(target, ondelete="CASCADE")


projects = Table(
    "projects",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", AnyText, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("updated_at", Float, nullable=False),
)

assets = Table(
    "assets",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False, index=True),
    Column("path", AnyText, nullable=False, index=True),
    Column("title", AnyText, nullable=False),
    Column("fingerprint", String, nullable=False, index=True),  # "": never read
    Column("duration_ticks", BigInteger, nullable=False),
    Column("info", JSON(none_as_null=True)),
    Column("licence", AnyText, nullable=False),
    Column("origin", AnyText, nullable=False),
    Column("tags", JSON, nullable=False),
    Column("made_with", JSON, nullable=False),
    Column("created_at", Float, nullable=False),
)

video_sources = Table(
    "video_sources",
    metadata,
    Column("id", String, primary_key=True),
    Column("project_id", String, _owner("projects.id"), nullable=False, index=True),
    Column("asset_id", String, ForeignKey("assets.id"), nullable=False, index=True),
    Column("title", AnyText, nullable=False),
    Column("audio_index", Integer),
    Column("created_at", Float, nullable=False),
    Column("transcript_engine", String),
    Column("transcript_language", String),
    Column("transcript_track", Integer),
    Column("transcript_revision", String),  # NULL: not transcribed; otherwise new with every change
)

subtitle_segments = Table(
    "subtitle_segments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("source_id", String, _owner("video_sources.id"), nullable=False),
    Column("idx", Integer, nullable=False),
    Column("start_ticks", BigInteger, nullable=False),
    Column("end_ticks", BigInteger, nullable=False),
    Column("text", AnyText, nullable=False),
    Column("words", Text, nullable=False),  # flat JSON: text, start, end, confidence, speaker, text, ...
    UniqueConstraint("source_id", "idx"),
)

subtitle_styles = Table(
    "subtitle_styles",
    metadata,
    Column("id", String, primary_key=True),
    Column("label", AnyText, nullable=False),
    Column("style", JSON, nullable=False),
)

brand_kits = Table(
    "brand_kits",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", AnyText, nullable=False),
    Column("kit", JSON, nullable=False),
)

translations = Table(
    "translations",
    metadata,
    Column("id", String, primary_key=True),
    Column("source_id", String, _owner("video_sources.id"), nullable=False, index=True),
    Column("language", String, nullable=False),
    Column("lines", Text, nullable=False),  # flat JSON: start, end, text, start, ...
)

clip_batches = Table(
    "clip_batches",
    metadata,
    Column("id", String, primary_key=True),
    Column("source_id", String, _owner("video_sources.id"), nullable=False, index=True),
    Column("settings", JSON, nullable=False),
    Column("created_at", Float, nullable=False),
)

clips = Table(
    "clips",
    metadata,
    Column("id", String, primary_key=True),
    Column("project_id", String, _owner("projects.id"), nullable=False, index=True),
    Column("source_id", String, _owner("video_sources.id"), index=True),  # NULL: no home recording
    Column("batch_id", String, _owner("clip_batches.id"), index=True),  # NULL: in no batch
    Column("rank", Integer, nullable=False),
    Column("parts", JSON, nullable=False),
    Column("title", AnyText, nullable=False),
    Column("score", Integer),  # NULL: made by hand
    Column("reasons", JSON, nullable=False),
    Column("quote_first", AnyText, nullable=False),
    Column("quote_last", AnyText, nullable=False),
    Column("aspect", String, nullable=False),
    Column("framing", String, nullable=False),
    Column("centre_x", Float, nullable=False),
    Column("caption_style", String, nullable=False),
    Column("captions_on", Boolean, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("frame_keys", JSON, nullable=False),
    Column("face_lock", JSON(none_as_null=True)),  # NULL: whoever speaks
    Column("caption_override", JSON(none_as_null=True)),
    Column("brand_kit", String, nullable=False),  # no foreign key: a clip outlives the kit it was made with
    Column("layers", JSON, nullable=False),
    Column("markers", JSON, nullable=False),
    Column("mix", JSON, nullable=False),
    Column("second_language", String, nullable=False),
    Column("asset_id", String, nullable=False),  # the home recording's, as in its row
    Column("tightened", JSON, nullable=False),
    Column("review", String, nullable=False),  # "": not yet
)

audio_configs = Table(
    "audio_configs",
    metadata,
    Column("id", String, primary_key=True),
    Column("clip_id", String, _owner("clips.id"), nullable=False),
    Column("language", String, nullable=False),  # "": the recording's own
    Column("bgm_track_id", String, nullable=False),
    Column("bgm_volume", Float, nullable=False),
    Column("original_volume", Float, nullable=False),
    Column("ai_voice_provider", String, nullable=False),
    Column("ai_voice_id", String, nullable=False),
    Column("mode", String, nullable=False),  # replace or overlay
    Column("mix", JSON, nullable=False),
    UniqueConstraint("clip_id", "language"),
)

audio_library = Table(
    "audio_library",
    metadata,
    Column("id", String, _owner("assets.id"), primary_key=True),
    Column("kind", String, nullable=False),  # voice, effect, import
    Column("folder", AnyText, nullable=False),
    Column("created_at", Float, nullable=False),
)

music_library = Table(
    "music_library",
    metadata,
    Column("id", String, _owner("assets.id"), primary_key=True),
    Column("folder", AnyText, nullable=False),
    Column("created_at", Float, nullable=False),
)

cloned_voices = Table(
    "cloned_voices",
    metadata,
    Column("id", String, primary_key=True),
    Column("name", AnyText, nullable=False),
    Column("provider", String, nullable=False),
    Column("provider_voice", AnyText, nullable=False),
    Column("language", String, nullable=False),
    Column("consent", AnyText, nullable=False),
    Column("consented_at", Float, nullable=False),
    Column("samples", JSON, nullable=False),
    Column("uses", Integer, nullable=False),
    Column("created_at", Float, nullable=False),
)

exports = Table(
    "exports",
    metadata,
    Column("id", String, primary_key=True),
    Column("clip_id", String, _owner("clips.id"), nullable=False, index=True),
    Column("resolution", String, nullable=False),
    Column("fps", String),  # NULL: the source's rate; otherwise a fraction such as 30000/1001
    Column("aspect_ratio", String),  # NULL: the clip's own shape
    Column("status", String, nullable=False, index=True),
    Column("output_path", AnyText, nullable=False),
    Column("settings", JSON, nullable=False),
    Column("result", JSON(none_as_null=True)),
    Column("job_id", String, nullable=False, index=True),
    Column("error", MessageText, nullable=False),
    Column("hint", MessageText, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("updated_at", Float, nullable=False),
)

processing_jobs = Table(
    "processing_jobs",
    metadata,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("project_id", String, nullable=False, index=True),  # "" until known; outlives the project
    Column("payload", JSON, nullable=False),
    Column("state", String, nullable=False, index=True),
    Column("stage", String, nullable=False),
    Column("fraction", Float, nullable=False),
    Column("message", MessageText, nullable=False),
    Column("time_left_s", Float),
    Column("error", MessageText, nullable=False),
    Column("hint", MessageText, nullable=False),
    Column("details", AnyText, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("result", JSON, nullable=False),
    Column("owner_pid", Integer),  # NULL: nobody works on it
    Column("owner_started", Float),
    Column("cancel_requested", Boolean, nullable=False),
    Column("created_at", Float, nullable=False),
    Column("updated_at", Float, nullable=False),
    Column("parent_id", String, nullable=False, index=True),  # "": none
    Column("depends_on", JSON, nullable=False),  # ids of jobs that must be completed first
    Column("run_at", Float),  # NULL: as soon as there is room
    Column("priority", Integer, nullable=False),
)

job_stages = Table(
    "job_stages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("job_id", String, _owner("processing_jobs.id"), nullable=False),
    Column("name", String, nullable=False),
    Column("result", JSON, nullable=False),
    Column("at", Float, nullable=False),
    UniqueConstraint("job_id", "name"),
)

job_events = Table(
    "job_events",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("job_id", String, _owner("processing_jobs.id"), nullable=False, index=True),
    Column("at", Float, nullable=False),
    Column("state", String, nullable=False),
    Column("message", MessageText, nullable=False),
)

edits = Table(
    "edits",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("project_id", String, nullable=False),  # no foreign key: deleting a project can be undone
    Column("label", MessageText, nullable=False),
    Column("merge_key", String),
    Column("at", Float, nullable=False),
    Column("undone", Boolean, nullable=False),
    Column("changes", Text, nullable=False),  # JSON, see ``journal``
    Column("version", Integer, nullable=False),  # of the schema its values are in, see ``upgrades``
    Index(None, "project_id", "undone", "id"),
)

ai_usage_logs = Table(
    "ai_usage_logs",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", Float, nullable=False, index=True),
    Column("provider", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("model", String, nullable=False),
    Column("units", JSON, nullable=False),
    Column("cost_usd", Float, nullable=False),
    Column("job_id", String, nullable=False),  # "": none
    Column("project_id", String, nullable=False),  # no foreign key: what was paid stays known
    Column("note", AnyText, nullable=False),
)
