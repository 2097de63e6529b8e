"""A data folder of the version before the editor's: everything in it, its undo and redo, its backups."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import older, stored

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.layers import MusicLayer
from viralclip_desktop.store import Store
from viralclip_desktop.store.codec import to_plain

NEW = ("project_id", "asset_id", "parts", "mix", "second_language", "review")
"""What clips have had only since."""
SECOND = 705_600_000
MUSIC = {
    "id": "layer_1", "kind": "music", "path": "/films/tune.wav", "range": {"start": 0, "end": 9 * SECOND},
    "source_start": 0, "volume_db": -18.0, "opacity": 1.0, "x": 0.0, "y": 0.0, "width": 1.0, "fade": 0,
    "duck_db": -12.0,
}  # fmt: skip
OWN_LOOK = {
    "id": "karaoke", "label": "Karaoke", "font": "Montserrat ExtraBold", "size": 0.1, "fill": "#FFFFFF",
    "active_fill": "#FFD60A", "animation": "sweep", "case": "typed", "max_words": 4, "keywords": [],
}  # fmt: skip

RENAME = ["clip", "clip_1", {"title": "First"}, {"title": stored.clip().title}]
TRIM = [
    "clip", "clip_1",
    {"range": {"start": 0, "end": 40 * SECOND}},
    {"range": {"start": 5 * SECOND + SECOND // 4, "end": 31 * SECOND + SECOND // 2}},
]  # fmt: skip
ADD_MUSIC = ["clip", "clip_1", {"layers": []}, {"layers": [MUSIC]}]
LOOK = ["clip", "clip_1", {"caption_override": None}, {"caption_override": OWN_LOOK}]
CUT = ["clip", "clip_1", {"cuts": []}, {"cuts": [{"start": 9 * SECOND, "end": 10 * SECOND}]}]


def old_entry(undone: bool, *items: list[Any]) -> tuple[bool, str]:
    return undone, json.dumps({"items": items, "carried": []})


def old_clip(clip_id: str = "clip_1") -> dict[str, Any]:
    """A clip as the journal of that version kept a deleted one."""
    clip = replace(stored.clip(clip_id), rank=2)
    plain: dict[str, Any] = to_plain(clip)
    kept = {name: value for name, value in plain.items() if name not in NEW}
    return kept | {"range": to_plain(clip.range), "cuts": []}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three edits that stand (a rename, a trim, a deleted clip) and three that were undone."""
    older.fill(tmp_path / "home", monkeypatch)
    entries = (
        old_entry(False, RENAME),
        old_entry(False, TRIM),
        old_entry(False, ["clip", "clip_2", old_clip("clip_2"), None]),
        old_entry(True, ADD_MUSIC),
        old_entry(True, LOOK),
        old_entry(True, CUT),
    )
    with closing(sqlite3.connect(tmp_path / "home" / "app.db")) as old, old:
        for at, (undone, changes) in enumerate(entries):
            row = ("proj_1", f"Edit {at}", at, undone, changes)
            old.execute(
                "INSERT INTO edits (project_id, label, at, undone, changes) VALUES (?, ?, ?, ?, ?)", row
            )
    return tmp_path / "home"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with stored.new_store(folder) as store:
        yield store


def clip(store: Store) -> Clip:
    return older.clip(store)


def test_everything_is_there_and_a_copy_from_before(store: Store, folder: Path) -> None:
    assert store.project("proj_1") == stored.project()
    assert clip(store) == stored.clip(), "what is new has its default"
    heard = stored.transcript("Why did nobody tell me?", "Now I know.")
    assert store.transcript("src_1") == replace(heard, track=0), "of the sound track in use"
    assert store.export("exp_1").status is WorkState.QUEUED
    assert [entry.undone for entry in store.history("proj_1")] == [False, False, False, True, True, True]
    (copy,) = store.backups()
    with closing(sqlite3.connect(copy.path)) as database:
        assert database.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)


def test_old_edits_are_brought_back_and_taken_back(store: Store) -> None:
    for _ in range(3):
        assert store.redo("proj_1")
    assert store.redo("proj_1") is None
    edited = clip(store)
    (music,) = edited.layers
    assert isinstance(music, MusicLayer)
    assert not music.loop, "what was finished then sounds as it did"
    assert edited.caption_override is not None
    assert (edited.caption_override.size, edited.caption_override.keep_off_faces) == (0.1, False)
    assert edited.cuts == (TimeRange.from_seconds(9, 10),)
    while store.undo("proj_1"):
        pass
    assert clip(store) == replace(stored.clip(), title="First", parts=stored.ranges((0, 40)))
    assert store.clip("clip_2").rank == 2, "a clip deleted then is back"
    while store.redo("proj_1"):
        pass
    assert clip(store) == edited


def test_new_edits_go_on_top_of_old_ones(store: Store) -> None:
    now = store.clip("clip_1")
    parts = stored.ranges((20, 31.5), (5.25, 20), asset_id=now.asset_id)
    with store.transaction("Reorder", "proj_1") as tx:
        tx.put(replace(now, parts=parts, second_language="id"))
    reordered = clip(store)
    while store.undo("proj_1"):
        pass
    assert (clip(store).title, len(clip(store).parts)) == ("First", 1)
    while store.redo("proj_1"):
        pass
    assert clip(store) == reordered


def test_a_copy_of_the_old_version_is_put_back_and_brought_up_to_date(store: Store) -> None:
    (old,) = store.backups()
    with store.transaction("Rename", "proj_1") as tx:
        tx.put(replace(store.clip("clip_1"), title="Later", second_language="id"))
    store.restore_backup(old.path)
    assert clip(store) == stored.clip()
    assert store.redo("proj_1") == "Edit 3"
    (music,) = clip(store).layers
    assert isinstance(music, MusicLayer)
    assert store.asset(music.asset_id).path == "/films/tune.wav"


def test_a_copy_of_a_newer_version_is_refused_before_anything_is_touched(store: Store) -> None:
    newer = store.backup_now()
    assert newer is not None
    with closing(sqlite3.connect(newer)) as copy, copy:
        copy.execute("UPDATE alembic_version SET version_num = '9999'")
    count = len(store.backups())
    with pytest.raises(BadInput, match="newer version"):
        store.restore_backup(newer)
    assert len(store.backups()) == count
    assert clip(store) == stored.clip(), "the projects go on as they were"
