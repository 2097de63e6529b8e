"""Translations in the store: kept, undone, deleted with their recording, and light in the journal."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import select
from support import older, stored

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.domain.edits import translations as edits
from viralclip_desktop.domain.translation import TranslatedLine, Translation
from viralclip_desktop.store import Store
from viralclip_desktop.store.tables import edits as journal


def thai(count: int = 3) -> Translation:
    lines = (TranslatedLine(TimeRange.from_seconds(2 * n, 2 * n + 1.5), f"บรรทัดที่ {n}") for n in range(count))
    return Translation("translation_1", "src_1", "th", tuple(lines))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with stored.new_store(tmp_path) as store:
        stored.fill(store)
        with store.transaction("Add Thai captions", "proj_1") as tx:
            tx.put(thai())
        yield store


def correct(store: Store, index: int, text: str, merge_key: str | None = None) -> None:
    with store.transaction("Correct line", "proj_1", merge_key=merge_key) as tx:
        tx.put(edits.correct(tx.translation("translation_1"), index, text))


def texts(store: Store) -> list[str]:
    return [line.text for line in store.translation("translation_1").lines]


def test_a_translation_comes_back_as_it_was(store: Store, tmp_path: Path) -> None:
    store.close()
    with stored.new_store(tmp_path) as again:
        assert again.translations("src_1") == [thai()]
        assert again.translations("src_2") == []


def test_a_translation_needs_its_recording(store: Store) -> None:
    with pytest.raises(NotFound), store.transaction("Add", "proj_1") as tx:
        tx.put(replace(thai(), id="translation_2", source_id="src_9"))


def test_edits_of_lines_are_undone_one_by_one_and_brought_back(store: Store) -> None:
    correct(store, 1, "one")
    correct(store, 2, "")
    correct(store, 0, "zero")
    after = texts(store)
    assert after == ["zero", "one"]
    for _ in range(3):
        store.undo("proj_1")
    assert store.translation("translation_1") == thai()
    for _ in range(3):
        store.redo("proj_1")
    assert texts(store) == after


def test_typing_is_one_entry_with_the_first_state_behind_it(store: Store) -> None:
    for text in ("o", "on", "one"):
        correct(store, 1, text, merge_key="typing")
    assert [entry.label for entry in store.history("proj_1")][-1] == "Correct line"
    assert len(store.history("proj_1")) == 3
    store.undo("proj_1")
    assert store.translation("translation_1") == thai()
    store.redo("proj_1")
    assert texts(store)[1] == "one"


def test_adding_is_undone_and_the_recording_takes_its_translations_along(store: Store) -> None:
    with store.transaction("Delete", "proj_1") as tx:
        assert ("translation", "translation_1") in tx.delete("source", "src_1")
    assert store.translations("src_1") == []
    store.undo("proj_1")
    assert store.translations("src_1") == [thai()]
    store.undo("proj_1")
    assert store.translations("src_1") == []
    store.redo("proj_1")
    assert store.translations("src_1") == [thai()]


def test_the_journal_keeps_only_the_lines_that_were_touched(store: Store) -> None:
    with store.transaction("Add", "proj_1") as tx:
        tx.put(thai(2000))
    correct(store, 1000, "another")
    with store._reading() as connection:
        sizes = [len(row.changes) for row in connection.execute(select(journal).order_by(journal.c.id))]
    assert sizes[-2] > 50_000
    assert sizes[-1] < 1_000


def test_a_clip_remembers_its_second_language(store: Store) -> None:
    with store.transaction("Show Thai captions", "proj_1") as tx:
        tx.put(replace(tx.clip("clip_1"), second_language="th"))
    assert store.clip("clip_1").second_language == "th"
    store.undo("proj_1")
    assert store.clip("clip_1").second_language == ""


def test_a_database_of_an_older_program_is_copied_and_takes_translations(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older.fill(tmp_path / "home", monkeypatch)
    with stored.new_store(tmp_path / "home") as store:
        (backup,) = store.backups()
        assert older.source(store) == stored.source()
        heard = stored.transcript("Why did nobody tell me?", "Now I know.")
        assert store.transcript("src_1") == replace(heard, track=0), "of the one that is in use"
        with store.transaction("Add Thai captions", "proj_1") as tx:
            tx.put(thai())
        assert store.translations("src_1") == [thai()]
    with sqlite3.connect(backup.path) as copy:
        assert copy.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
    copy.close()


def test_translated_lines_are_found_after_what_was_said(store: Store) -> None:
    lines = ((1, 2, "Mengapa tidak ada yang memberi tahu?"), (4, 5, "Sekarang aku tahu — Crème Привет"))
    spoken = tuple(TranslatedLine(TimeRange.from_seconds(start, end), text) for start, end, text in lines)
    with store.transaction("Add Indonesian captions", "proj_1") as tx:
        tx.put(Translation("translation_2", "src_1", "id", spoken))
    (hit,) = store.search("aku tah")
    assert (hit.language, hit.sentence_index, hit.start.seconds) == ("id", 1, 4)
    assert hit.snippet == "Sekarang aku tahu — Crème Привет"
    assert [hit.language for hit in store.search("creme привет")] == ["id"]
    assert [hit.language for hit in store.search("บรรทัดที่ 2")] == ["th"]
    assert [hit.language for hit in store.search("now")] == [""]
    assert len(store.search("tahu", limit=1)) == 1
    assert store.search("ahu") == []
    assert store.search("text start") == []
