"""A data folder of version 0.1.0: opened, edited, undone past the upgrade to its beginning, and redone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from support import version_1

from viralclip_desktop.domain.assets import AssetKind
from viralclip_desktop.store import Store

EXPECTED = version_1.expected()
PROJECT, CLIP = EXPECTED["project"], EXPECTED["clip"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return version_1.data_folder(tmp_path / "home")


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    with version_1.opened(folder) as store:
        yield store


def check(store: Store, expected: dict[str, Any]) -> None:
    assert version_1.seen(store, store.path.parent) == expected


def test_it_opens_and_shows_what_it_showed(store: Store) -> None:
    check(store, EXPECTED["now"])
    assert [[entry.label, entry.undone] for entry in store.history(PROJECT)] == EXPECTED["history"]
    scores = {clip.title: clip.score for clip in store.project_clips(PROJECT)}
    assert scores["By hand"] is None, "nobody ever gave it a score"
    assert scores["The spark" if "The spark" in scores else "Look for the stack"] is not None


def test_every_file_is_an_asset(store: Store, folder: Path) -> None:
    kinds = {Path(asset.path).name: asset.kind for asset in store.project_assets(PROJECT)}
    assert kinds == {
        "talk.mp4": AssetKind.RECORDING,
        "bed.mp3": AssetKind.MUSIC,
        "aside.mp3": AssetKind.VOICE,
        "still.png": AssetKind.PICTURE,
        "logo.png": AssetKind.PICTURE,
        "intro.mp4": AssetKind.FILM,
    }
    assert {Path(asset.path).parent for asset in store.assets()} == {folder / "recordings"}
    assert store.sources(PROJECT)[0].info.duration.seconds == 24


def test_undo_and_redo_reach_past_the_upgrade(store: Store) -> None:
    for label, state in EXPECTED["redone"]:
        assert store.redo(PROJECT) == label
        check(store, state)
    assert store.redo(PROJECT) is None
    for label, state in EXPECTED["undone_from_there"]:
        assert store.undo(PROJECT) == label
        check(store, state)
    assert store.undo(PROJECT) is None
    steps = [*EXPECTED["undone_from_there"][::-1][1:], EXPECTED["redone"][-1]]
    for _, state in steps:
        assert store.redo(PROJECT)
        check(store, state)
    assert store.redo(PROJECT) is None


def test_it_is_edited_and_undone_to_the_beginning(store: Store) -> None:
    clip = store.clip(CLIP)
    with store.transaction("Turn round", PROJECT) as tx:
        tx.put(replace(clip, parts=clip.parts[::-1]))
    assert store.redo(PROJECT) is None, "what had been undone is dropped by an edit, as ever"
    assert store.undo(PROJECT) == "Turn round"
    check(store, EXPECTED["now"])
    while store.undo(PROJECT):
        pass
    check(store, EXPECTED["undone_from_there"][-1][1])
    while store.redo(PROJECT):
        pass
    assert store.clip(CLIP) == replace(clip, parts=clip.parts[::-1])


def test_the_copy_made_before_is_put_back_and_upgraded_again(store: Store) -> None:
    (copy,) = store.backups()
    with store.transaction("Rename", PROJECT) as tx:
        tx.put(replace(store.clip(CLIP), title="Later"))
    store.restore_backup(copy.path)
    check(store, EXPECTED["now"])


def test_what_belongs_together_still_goes_and_comes_together(store: Store) -> None:
    exports = store.exports()
    assert len(exports) == 1
    with store.transaction("Delete recording", PROJECT) as tx:
        tx.delete("source", EXPECTED["source"])
    assert store.project_clips(PROJECT) == store.exports() == []
    assert store.search("fire") == []
    assert store.undo(PROJECT) == "Delete recording"
    check(store, EXPECTED["now"])
    assert store.exports() == exports
    assert store.search("fire")
