"""Copies in tiers, made while the program runs, and put back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from support import stored

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks
from viralclip_desktop.store import Store
from viralclip_desktop.store.backups import kept

HOUR, DAY = 3600.0, 86_400.0


@pytest.fixture
def clock() -> stored.Clock:
    return stored.Clock()


@pytest.fixture
def store(tmp_path: Path, clock: stored.Clock) -> Iterator[Store]:
    with stored.new_store(tmp_path, clock) as store:
        stored.fill(store)
        yield store


def test_the_tiers() -> None:
    now = 1_700_000_000.0
    hourly = [now - hour * HOUR for hour in range(24 * 60)]
    keep = sorted(kept(hourly), reverse=True)
    assert keep[:5] == hourly[:5]
    days = {int(at // DAY) for at in keep}
    assert {int((now - day * DAY) // DAY) for day in range(7)} <= days
    weeks = {int(at // (7 * DAY)) for at in keep}
    assert len(weeks) == 4
    assert len(keep) <= 5 + 7 + 4


def test_copies_are_whole_and_the_old_ones_go(store: Store, clock: stored.Clock) -> None:
    for _ in range(8):
        path = store.backup_now()
        clock.now += 60
    assert path is not None
    assert store.backups()[0].path == path
    assert len(store.backups()) == 5
    assert sorted(file.suffix for file in path.parent.iterdir()) == [".db"] * 5


def test_due_once_an_hour_and_only_after_a_change(store: Store, clock: stored.Clock) -> None:
    def written_now() -> None:
        for name in ("app.db", "app.db-wal"):
            os.utime(store.path.with_name(name), (clock.now, clock.now))

    written_now()
    assert store.backup_if_due() is not None
    clock.now += HOUR / 2
    written_now()
    assert store.backup_if_due() is None
    clock.now += HOUR
    assert store.backup_if_due() is not None
    clock.now += 2 * HOUR
    assert store.backup_if_due() is None


def test_putting_a_copy_back(store: Store, clock: stored.Clock) -> None:
    backup = store.backup_now()
    assert backup is not None
    with store.transaction("Rename", "proj_1") as tx:
        tx.put(replace(tx.clip("clip_1"), title="Later"))
    told: list[object] = []
    store.changes.subscribe(told.append)
    clock.now += 60
    store.restore_backup(backup)
    assert store.clip("clip_1") == stored.clip()
    assert len(told) == 1
    store.restore_backup(store.backups()[0].path)
    assert store.clip("clip_1").title == "Later"
    assert store.undo("proj_1") == "Rename"


def test_a_damaged_or_missing_copy_is_refused(store: Store, tmp_path: Path) -> None:
    odd = tmp_path / "odd.db"
    odd.write_bytes(b"no database at all" * 100)
    for path in (odd, tmp_path / "nowhere.db", tmp_path):
        with pytest.raises(BadInput, match="backup"):
            store.restore_backup(path)
    assert store.clip("clip_1") == stored.clip()


def test_without_a_folder_there_are_no_copies(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path / 'app.db'}") as store:
        assert store.backup_now() is None
        assert store.backup_if_due() is None
        assert store.backups() == []


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    url = f"sqlite:///{tmp_path / 'app.db'}"
    with Store(url, tmp_path / "file" / "backups") as store, pytest.raises(EnvironmentLacks):
        store.backup_now()


def test_what_a_killed_program_left_of_a_copy_goes_with_the_next_one(store: Store) -> None:
    first = store.backup_now()
    assert first is not None
    old, new = (first.with_name(name) for name in ("app-20200101-000000.partial-journal", "app-2.partial"))
    for left in (old, new):
        left.write_bytes(b"half")
    os.utime(old, (1_500_000_000, 1_500_000_000))
    store.backup_now()
    assert not old.exists()
    assert new.exists(), "another program may be writing it just now"
