"""Copies of the database in tiers: the last five, one a day for a week, one a week for four weeks."""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.files import written_beside
from viralclip_desktop.store import migrations
from viralclip_desktop.store.database import make_folder, translated_faults
from viralclip_desktop.store.records import BackupEntry

KEEP_LAST = 5
KEEP_DAYS = 7
KEEP_WEEKS = 4
DUE_AFTER_S = 3600.0  # an hour of work is the most that is worth copying again
_ABANDONED_S = 3600.0  # no copy takes that long to make
_STAMP = "%Y%m%d-%H%M%S"
_NAME = re.compile(r"app-(\d{8}-\d{6})\.db")


def make(source: sqlite3.Connection, folder: Path, now: float) -> Path:
    """Copy an open database, then drop the copies no tier keeps. A damaged one is never copied."""
    with translated_faults(folder):
        damage = source.execute("PRAGMA quick_check(1)").fetchone()[0]
        if damage != "ok":
            raise sqlite3.DatabaseError(damage)
    make_folder(folder)
    target = _free_name(folder, now)
    beside = target.with_suffix(".partial")
    try:
        with written_beside(target, beside), translated_faults(target):
            _copy(source, beside)
    finally:
        beside.with_name(f"{beside.name}-journal").unlink(missing_ok=True)
    prune(folder)
    return target


def _copy(source: sqlite3.Connection, target: Path) -> None:
    with closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        copy.execute("PRAGMA journal_mode=DELETE")


def make_from_file(database: Path, folder: Path, now: float) -> Path:
    """The same for a database that is not open."""
    with closing(sqlite3.connect(database)) as source:
        return make(source, folder, now)


def existing(folder: Path) -> list[BackupEntry]:
    """The copies in a folder, newest first."""
    if not folder.is_dir():
        return []
    found = []
    for path in folder.iterdir():
        if match := _NAME.fullmatch(path.name):
            at = datetime.strptime(match[1], _STAMP).replace(tzinfo=UTC).timestamp()
            found.append(BackupEntry(path, at, path.stat().st_size))
    return sorted(found, key=lambda entry: entry.at, reverse=True)


def is_due(database: Path, folder: Path, now: float) -> bool:
    """Whether something was written since the newest copy, and that one is over an hour old."""
    copies = existing(folder)
    if not database.exists():
        return False
    if not copies:
        return True
    wal = database.with_name(database.name + "-wal")
    written = max(path.stat().st_mtime for path in (database, wal) if path.exists())
    return now - copies[0].at >= DUE_AFTER_S and written > copies[0].at


def kept(times: Iterable[float]) -> set[float]:
    """Which of some copies (Unix seconds) the tiers keep."""
    newest_first = sorted(times, reverse=True)
    keep = set(newest_first[:KEEP_LAST])
    for length_s, count in ((86_400, KEEP_DAYS), (7 * 86_400, KEEP_WEEKS)):
        newest_of: dict[int, float] = {}
        for at in newest_first:
            newest_of.setdefault(int(at // length_s), at)
        keep |= set(list(newest_of.values())[:count])
    return keep


def prune(folder: Path) -> None:
    """Drop the copies that no tier keeps, and what was left of one when the program was killed."""
    for left in folder.glob("app-*.partial*"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > _ABANDONED_S:
                left.unlink()
    copies = existing(folder)
    keep = kept(entry.at for entry in copies)
    for entry in copies:
        if entry.at not in keep:
            entry.path.unlink(missing_ok=True)


def check(backup: Path) -> None:
    """Raise :class:`BadInput` when a copy is missing, damaged, or newer than the program."""
    if not backup.is_file():
        raise BadInput("This backup no longer exists.", "Choose another one.", str(backup))
    version = None
    try:
        with closing(sqlite3.connect(f"{backup.absolute().as_uri()}?mode=ro", uri=True)) as copy:
            result = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
            (version,) = copy.execute("SELECT version_num FROM alembic_version").fetchone() or (None,)
    except sqlite3.Error as error:
        result = str(error)
    if result != "ok":
        raise BadInput("This backup is damaged.", "Choose another one.", f"{backup}: {result}")
    if version not in migrations.known():
        hint = "Update ViralClip, or choose another one."
        raise BadInput("This backup was made by a newer version of ViralClip.", hint, f"schema {version}")


def restore(target: sqlite3.Connection, backup: Path) -> None:
    """Put a copy in place of an open database."""
    with translated_faults(backup), closing(sqlite3.connect(backup)) as source:
        source.backup(target)


def _free_name(folder: Path, now: float) -> Path:
    second = int(now)
    while True:
        target = folder / f"app-{time.strftime(_STAMP, time.gmtime(second))}.db"
        if not target.exists():
            return target
        second += 1
