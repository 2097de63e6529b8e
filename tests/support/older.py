"""Databases of the first program, before the editor, with the project of :mod:`support.stored` in them."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from support import stored

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.media import Source
from viralclip_desktop.store import Store, migrations
from viralclip_desktop.store.asset_use import renamed
from viralclip_desktop.store.codec import from_plain, to_plain

_SAME = ("projects", "subtitle_segments", "clip_batches", "exports")
_SOURCES = """
INSERT INTO main.video_sources (id, project_id, path, title, fingerprint, duration_ticks, info, audio_index,
    created_at, transcript_engine, transcript_language, transcript_revision)
SELECT v.id, v.project_id, a.path, v.title, a.fingerprint, a.duration_ticks, a.info, v.audio_index,
    v.created_at, v.transcript_engine, v.transcript_language, v.transcript_revision
FROM now.video_sources v JOIN now.assets a ON a.id = v.asset_id
"""
_CLIPS = """
INSERT INTO main.clips (id, source_id, batch_id, rank, start_ticks, end_ticks, title, score, reasons,
    quote_first, quote_last, aspect, framing, centre_x, caption_style, captions_on, created_at, cuts,
    frame_keys, caption_override, brand_kit, layers, markers)
SELECT id, source_id, batch_id, rank, json_extract(parts, '$[0].range.start'),
    json_extract(parts, '$[0].range.end'), title, score, reasons, quote_first, quote_last, aspect, framing,
    centre_x, caption_style, captions_on, created_at, '[]', frame_keys, caption_override, brand_kit, layers,
    markers
FROM now.clips
"""


def fill(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make ``folder/app.db`` as the first program left it; returns it."""
    now = folder.with_name(f"{folder.name}-now")
    with stored.new_store(now, empty_folder=True) as store:
        stored.fill(store)
    with monkeypatch.context() as older:
        older.setattr(migrations, "HEAD", "0001")
        with stored.new_store(folder, empty_folder=True) as store:
            store.open()
    with closing(sqlite3.connect(folder / "app.db")) as old, old:
        old.execute("ATTACH ? AS now", (str(now / "app.db"),))
        for table in _SAME:
            names = ", ".join(f'"{row[1]}"' for row in old.execute(f"PRAGMA main.table_info({table})"))
            old.execute(f"INSERT INTO main.{table} ({names}) SELECT {names} FROM now.{table}")
        old.execute(_SOURCES)
        old.execute(_CLIPS)
    return folder / "app.db"


def clip(store: Store, clip_id: str = "clip_1") -> Clip:
    """A clip, its recording's file called as in :mod:`support.stored`."""
    found = renamed(store.clip(clip_id), lambda name: "asset_1" if name == _asset(store) else name)
    assert isinstance(found, Clip)
    return from_plain(Clip, to_plain(found))


def source(store: Store) -> Source:
    """The recording, with its file called so."""
    return stored.with_file(store.source("src_1"), id="asset_1")


def _asset(store: Store) -> str:
    return store.source("src_1").asset_id
