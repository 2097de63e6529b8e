"""How a clip was reviewed is kept, and databases and documents from before it was have not been reviewed."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from support import stored

from viralclip_desktop.domain.clip import Review
from viralclip_desktop.features.editing import delete_clips, review_clip
from viralclip_desktop.store.upgrades import SCHEMA
from viralclip_desktop.store.upgrades.projects import upgraded


def test_a_review_is_kept_and_undone_in_one_step(tmp_path: Path) -> None:
    with stored.new_store(tmp_path) as store:
        stored.fill(store)
        review_clip(store, "clip_1", Review.DROPPED)
        review_clip(store, "clip_1", Review.KEPT)
        review_clip(store, "clip_1", Review.KEPT)
        labels = [entry.label for entry in store.history("proj_1")]
    assert labels[-2:] == ["Drop clip", "Keep clip"], "what changes nothing leaves no entry"
    with stored.new_store(tmp_path) as store:
        assert store.clip("clip_1").review is Review.KEPT
        store.undo("proj_1")
        assert store.clip("clip_1").review is Review.DROPPED
        store.undo("proj_1")
        assert store.clip("clip_1") == stored.clip()


def _as_before_reviews(database: Path) -> None:
    """Make a database as the program before this one left it, its journal too."""
    with closing(sqlite3.connect(database)) as old, old:
        old.execute("ALTER TABLE clips DROP COLUMN review")
        old.execute("ALTER TABLE video_sources DROP COLUMN transcript_track")
        for table in ("audio_library", "music_library", "cloned_voices"):
            old.execute(f"DROP TABLE {table}")
        old.execute("UPDATE alembic_version SET version_num = '0003'")
        for entry_id, changes in old.execute("SELECT id, changes FROM edits").fetchall():
            document = json.loads(changes)
            for item in [*document["items"], *document["carried"]]:
                for state in item[2:]:
                    if item[0] == "clip" and state:
                        state.pop("review", None)
            old.execute(
                "UPDATE edits SET changes = ?, version = 2 WHERE id = ?", (json.dumps(document), entry_id)
            )


def test_a_database_from_before_opens_and_its_undo_goes_on(tmp_path: Path) -> None:
    with stored.new_store(tmp_path) as store:
        stored.fill(store)
        before = store.clips("src_1")
        delete_clips(store, ["clip_1"])
        path = store.path
    _as_before_reviews(path)
    with stored.new_store(tmp_path) as store:
        assert all(clip.review is Review.NOT_YET for clip in store.clips("src_1"))
        store.undo("proj_1")
        assert store.clips("src_1") == before
        review_clip(store, "clip_1", Review.KEPT)
        assert store.clip("clip_1").review is Review.KEPT


def test_a_project_document_from_before_is_not_reviewed() -> None:
    old = {"schema": 2, "entities": {"clip": [{"id": "clip_1"}], "source": []}, "transcripts": {}}
    new = upgraded(old, lambda: "asset_x")
    assert (new["schema"], new["entities"]["clip"]) == (SCHEMA, [{"id": "clip_1", "review": ""}])
    kept = {"schema": SCHEMA, "entities": {"clip": [{"id": "clip_1", "review": "kept"}]}}
    assert upgraded(kept, lambda: "asset_x") is kept
