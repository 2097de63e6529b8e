"""Which sound track a transcript is of: stored, undone with it, and filled in by an upgrade."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from support import stored


def test_it_is_stored_and_undone_with_the_transcript(tmp_path: Path) -> None:
    with stored.new_store(tmp_path) as store:
        stored.fill(store)
        first = store.transcript("src_1")
        assert first is not None
        again = replace(first, engine="whisper", track=1)
        with store.transaction("Transcribe", "proj_1") as tx:
            tx.put_transcript("src_1", again)
    with stored.new_store(tmp_path) as store:
        assert store.transcript("src_1") == again
        store.undo("proj_1")
        assert store.transcript("src_1") == first
        store.redo("proj_1")
        assert store.transcript("src_1") == again


def test_a_database_from_before_takes_it_from_the_recording(tmp_path: Path) -> None:
    with stored.new_store(tmp_path) as store:
        stored.fill(store)
        heard, source = store.transcript("src_1"), store.source("src_1")
        assert heard is not None
        path = store.path
    with closing(sqlite3.connect(path)) as old, old:
        old.execute("ALTER TABLE video_sources DROP COLUMN transcript_track")
        for table in ("audio_library", "music_library", "cloned_voices"):
            old.execute(f"DROP TABLE {table}")
        old.execute("UPDATE alembic_version SET version_num = '0004'")
    with stored.new_store(tmp_path) as store:
        expected = None if heard.engine == "subtitles" else source.audio_index
        assert store.transcript("src_1") == replace(heard, track=expected)
