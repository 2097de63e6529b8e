"""The migrations build exactly the tables the program uses, from nothing and from every older version."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from support import older, stored

from viralclip_desktop.core.errors import Fault, UsageError
from viralclip_desktop.domain.mix import Bus, Mix
from viralclip_desktop.store import Store, migrations, sqlite_url
from viralclip_desktop.store.migrations.versions import REVISIONS
from viralclip_desktop.store.tables import metadata


def own(name: str | None, kind: str) -> bool:
    """Whether a table is declared in ``tables`` (search lives in the migrations alone)."""
    return not (kind == "table" and name is not None and name.startswith(("transcript_search", "alembic")))


def test_the_migrations_are_the_tables(tmp_path: Path) -> None:
    with stored.new_store(tmp_path, empty_folder=True) as store, store._reading() as connection:
        options = {"compare_type": True, "include_name": lambda name, kind, _: own(name, kind)}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []


def test_the_newest_revision_is_named(tmp_path: Path) -> None:
    assert REVISIONS[-1].revision == migrations.HEAD
    downs = [revision.down_revision for revision in REVISIONS]
    assert downs == [None, *(revision.revision for revision in REVISIONS[:-1])]


def test_the_durable_settings_hold_on_every_connection(tmp_path: Path) -> None:
    with stored.new_store(tmp_path) as store:
        for connect in (store._reading, store._writing):
            with connect() as connection:
                pragmas = ("journal_mode", "synchronous", "foreign_keys")
                values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in pragmas]
                assert values == ["wal", 2, 1]


def test_nothing_is_printed_and_nothing_exists_before_the_first_use(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    store = stored.new_store(tmp_path / "new" / "folder", empty_folder=True)
    assert list(tmp_path.iterdir()) == []
    assert store.projects() == []
    store.close()
    assert capfd.readouterr() == ("", "")


def test_a_database_of_a_newer_program_is_left_alone(tmp_path: Path) -> None:
    with stored.new_store(tmp_path) as store:
        stored.fill(store)
    with sqlite3.connect(tmp_path / "app.db") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(Fault, match="newer version"):
        stored.new_store(tmp_path).open()


def test_an_older_database_is_copied_before_it_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with stored.new_store(tmp_path) as store:
        stored.fill(store)
    upgraded: list[object] = []
    monkeypatch.setattr(migrations, "HEAD", "9999")
    monkeypatch.setattr(migrations, "upgrade", upgraded.append)
    store = stored.new_store(tmp_path)
    store.open()
    store.close()
    assert len(upgraded) == 1
    (backup,) = store.backups()
    with sqlite3.connect(backup.path) as copy:
        assert copy.execute("SELECT name FROM projects").fetchall() == [("Talk",)]
    copy.close()


def test_two_that_open_a_new_database_at_once(tmp_path: Path) -> None:
    stores = [stored.new_store(tmp_path, empty_folder=True) for _ in range(4)]
    errors: list[Exception] = []

    def open_it(store: Store) -> None:
        try:
            store.open()
        except Exception as error:  # noqa: BLE001 - handed to the test's thread
            errors.append(error)

    threads = [threading.Thread(target=open_it, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for store in stores:
        store.close()
    assert errors == []


@pytest.mark.parametrize("name", ["plain.db", "a b?#%&é 日.db"])
def test_any_file_name(tmp_path: Path, name: str) -> None:
    with Store(sqlite_url(tmp_path / name)) as store:
        stored.fill(store)
        assert store.path == tmp_path / name
    assert (tmp_path / name).exists()


@pytest.mark.parametrize(
    "url", ["", "postgresql://localhost/x", "sqlite://", "sqlite:///:memory:", "nonsense"]
)
def test_only_sqlite_files(url: str) -> None:
    with pytest.raises(UsageError, match="SQLite file"):
        Store(url)


def test_what_an_older_program_stored_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    older.fill(tmp_path / "old", monkeypatch)
    with stored.new_store(tmp_path / "old") as store:
        assert older.clip(store) == stored.clip(), "what is new has its default"
        lower = replace(store.clip("clip_1"), mix=Mix(speech=Bus(-6.5)))
        with store.transaction("Lower", "proj_1") as tx:
            tx.put(lower)
        assert store.clip("clip_1").original_volume_db == -6.5
        store.undo("proj_1")
        assert older.clip(store) == stored.clip()
