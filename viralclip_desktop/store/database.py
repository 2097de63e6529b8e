"""The SQLite file: connections, the one writer, migrations, and its faults told as sentences.

WAL with ``synchronous=FULL``: a committed edit survives a power cut. Readers run on pooled connections in
any thread; everything is written through one connection behind a lock, and several processes take
turns through SQLite's own lock (``BEGIN IMMEDIATE`` and a busy timeout).

Where a disk is full or may not be written, what is there can still be read; each attempt to write opens the
file anew, so that work goes on once there is room.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import quote

import sqlalchemy
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DatabaseError

from viralclip_desktop.core.errors import EnvironmentLacks, Fault, NotFound, UsageError
from viralclip_desktop.store import migrations
from viralclip_desktop.store.codec import dumps

_log = logging.getLogger(__name__)

_PREFIX = "sqlite:///"
BUSY_TIMEOUT_S = 10.0  # longer than any transaction of the program, short enough to be told about
_FULL = "The disk is full, so the change was not stored."
_READ_ONLY = "The project database cannot be written to."
_DAMAGED = "The project database is damaged."


def sqlite_url(path: Path) -> str:
    """The database URL of a SQLite file."""
    return _PREFIX + path.as_posix()


class Database:
    """One SQLite file. Nothing is opened or created before the first use."""

    def __init__(self, url: str, before_migration: Callable[[], None] = lambda: None) -> None:
        """``url``: as in ``DB_URL``; raises :class:`UsageError` for anything but a SQLite file.

        ``before_migration`` runs when a database of an older version is about to change.
        """
        self._url = _checked(url)
        self._before_migration = before_migration
        self._lock = threading.RLock()
        self._engine: Engine | None = None
        self._writer: Connection | None = None
        self._external_version = 0
        self._file: tuple[int, int] | None = None

    @property
    def path(self) -> Path:
        """The file."""
        database = self._url.database or ""
        return Path(
            database.removeprefix("file:").split("?")[0] if database.startswith("file:") else database
        )

    @property
    def is_open(self) -> bool:
        """Whether connections exist."""
        return self._engine is not None

    def open(self) -> None:
        """Make or migrate the file; nothing happens when it is open.

        Raises a :class:`Fault` when the file is damaged, read-only, or newer than the program.
        """
        self._opened()

    def _opened(self) -> Engine:
        engine = self._engine
        if engine is not None:
            return engine  # without the lock: a reader never waits for the writer
        with self._lock:
            if self._engine is None:
                self._connect()
            assert self._engine is not None
            return self._engine

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            if self._writer is not None:
                self._writer.close()
            if self._engine is not None:
                self._engine.dispose()
            self._writer = self._engine = None

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one consistent state."""
        engine = self._opened()
        with translated_faults(self.path), engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """The one writing connection in a transaction: committed at the end, rolled back on an error."""
        with self._lock:
            writer = self._open_writer()
            with translated_faults(self.path), writer.begin():
                yield writer
                if self._file != _identity(self.path):  # else it would be stored in a file that nobody finds
                    raise EnvironmentLacks(
                        "The project database is no longer where it was.",
                        "Put the data folder back where it was, or restore a backup, and start again.",
                        str(self.path),
                    )

    @contextmanager
    def raw(self) -> Iterator[sqlite3.Connection]:
        """The writing connection below SQLAlchemy, outside a transaction, for backups."""
        with self._lock:
            writer = self._open_writer()
            with translated_faults(self.path):
                yield self._driver(writer)

    def changed_elsewhere(self) -> bool:
        """Whether another process has committed since the last look; False while this one is writing."""
        if self._writer is None or not self._lock.acquire(blocking=False):
            return False
        try:
            seen, self._external_version = self._external_version, self._data_version()
            return seen != self._external_version
        finally:
            self._lock.release()

    def _connect(self) -> None:
        try:
            self._connect_for_writing()
        except EnvironmentLacks:
            if (reading := self._readable()) is None:
                raise
            self._engine = reading

    def _connect_for_writing(self) -> None:
        engine = self._make_engine()
        try:
            make_folder(self.path.parent)
            with translated_faults(self.path):
                self._migrate(engine)
                self._writer = engine.connect().execution_options(viralclip_write=True)
        except BaseException:
            engine.dispose()
            raise
        self._engine = engine
        self._file = _identity(self.path)
        self._external_version = self._data_version()

    def _open_writer(self) -> Connection:
        """The one writing connection, also where there was no room for it before. Called with the lock."""
        before = self._opened()
        if self._writer is None:
            self._connect_for_writing()
            before.dispose()
        assert self._writer is not None
        return self._writer

    def _readable(self) -> Engine | None:
        """An engine on a file that can be read where nothing can be written; None where it can't, or was made
        by another version. Without a log of changes beside it, the file alone is the whole truth."""
        log = self.path.with_name(f"{self.path.name}-wal")
        whole = not log.exists() or not log.stat().st_size
        engine = self._make_engine(f"file:{quote(str(self.path))}?mode=ro{'&immutable=1' if whole else ''}")
        with suppress(DatabaseError), engine.connect() as connection:
            if migrations.current(connection) == migrations.HEAD:
                return engine
        engine.dispose()
        return None

    def _data_version(self) -> int:
        # on the writing connection SQLite counts only what others commit
        assert self._writer is not None
        with translated_faults(self.path):
            return int(self._driver(self._writer).execute("PRAGMA data_version").fetchone()[0])

    @staticmethod
    def _driver(connection: Connection) -> sqlite3.Connection:
        driver = connection.connection.driver_connection
        assert isinstance(driver, sqlite3.Connection)
        return driver

    def _make_engine(self, read_only: str = "") -> Engine:
        """``read_only``: SQLite's own address of a file that is not to be written."""
        options: dict[str, Any] = {"connect_args": {"timeout": BUSY_TIMEOUT_S}}
        if read_only:
            connect = partial(sqlite3.connect, read_only, uri=True, check_same_thread=False)
            options = {"creator": connect, "poolclass": sqlalchemy.QueuePool}
        engine = sqlalchemy.create_engine(self._url, json_serializer=dumps, **options)
        event.listen(engine, "connect", _prepare_reading if read_only else _prepare)
        event.listen(engine, "begin", _begin)
        return engine

    def _migrate(self, engine: Engine) -> None:
        with engine.connect() as connection:
            version = migrations.current(connection)
        if version == migrations.HEAD:
            with engine.connect().execution_options(viralclip_write=True) as connection, connection.begin():
                # a read-only file is found out now, not at the first edit; nothing is written
                connection.exec_driver_sql("UPDATE alembic_version SET version_num = version_num WHERE 0")
            return
        if version is not None and version not in migrations.known():
            raise Fault(
                "The project database was made by a newer version of ViralClip.",
                "Update ViralClip, or name another data folder with VIRALCLIP_HOME.",
                f"{self.path}: schema {version}",
            )
        if version is not None:
            self._before_migration()
        with engine.connect().execution_options(viralclip_write=True) as connection:
            # off, as a table that is made anew would take what belongs to it along; the pragma does nothing
            # inside a transaction, and each revision that needs it checks the keys itself
            driver = self._driver(connection)
            driver.execute("PRAGMA foreign_keys=OFF")
            try:
                with connection.begin():
                    migrations.upgrade(connection)
            finally:
                driver.execute("PRAGMA foreign_keys=ON")


def make_folder(folder: Path) -> None:
    """Make a folder of the data folder. Raises :class:`EnvironmentLacks`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        hint = "Check that it exists and can be written to, or set VIRALCLIP_HOME to another one."
        raise EnvironmentLacks("The data folder cannot be used.", hint, str(error)) from error


def _identity(path: Path) -> tuple[int, int] | None:
    """Which file lies at a path."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def _checked(url: str) -> sqlalchemy.URL:
    name = url.removeprefix(_PREFIX)
    if name in (url, "", ":memory:"):
        hint = "Set DB_URL to sqlite:///FILE, or leave it out."
        raise UsageError("Projects are kept in a SQLite file.", hint, url)
    if name.startswith("file:"):
        return sqlalchemy.make_url(url)  # SQLite's own URI, with its options
    return sqlalchemy.URL.create("sqlite", database=name)  # any file name: ?, # and % mean themselves


def _prepare_reading(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # transactions begin where we say so, see _begin
    cursor = connection.cursor()
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "cache_size=-16000", "temp_store=MEMORY"):
        cursor.execute(f"PRAGMA {pragma}")
    if cursor.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        cursor.execute("PRAGMA journal_mode=WAL")
    cursor.close()


def _begin(connection: Connection) -> None:
    writes = connection.get_execution_options().get("viralclip_write", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def translated_faults(path: Path) -> Iterator[None]:
    """Turn SQLite's errors about the world (disk, rights, damage, locks) into a :class:`Fault`."""
    try:
        yield
    except DatabaseError as error:
        if isinstance(error.orig, sqlite3.Error):
            _raise_fault(error.orig, path, error)
        raise
    except sqlite3.Error as error:
        _raise_fault(error, path, error)


def _raise_fault(error: sqlite3.Error, path: Path, cause: Exception) -> NoReturn:
    name = getattr(error, "sqlite_errorname", "") or ""
    details = f"{path}: {error} ({name})"
    for prefix, message, hint in _FAULTS:
        if name.startswith(prefix):
            kind = NotFound if prefix == "SQLITE_CONSTRAINT_FOREIGNKEY" else EnvironmentLacks
            raise kind(message, hint, details) from cause
    raise cause


_FAULTS = (
    (
        "SQLITE_CONSTRAINT_FOREIGNKEY",
        "What this belongs to no longer exists.",
        "Undo its deletion first, or start again from the recording.",
    ),
    ("SQLITE_FULL", _FULL, "Free some space and try again."),
    ("SQLITE_IOERR_SHMSIZE", _FULL, "Free some space and try again."),  # no room for the index of its log
    (
        "SQLITE_READONLY",
        _READ_ONLY,
        "Check the rights of the data folder, or set VIRALCLIP_HOME to another one.",
    ),
    ("SQLITE_PERM", _READ_ONLY, "Check the rights of the data folder, or set VIRALCLIP_HOME to another one."),
    (
        "SQLITE_CANTOPEN",
        "The project database cannot be opened.",
        "Check that the data folder can be written to.",
    ),
    ("SQLITE_CORRUPT", _DAMAGED, "Restore the newest copy from the backups folder beside it."),
    ("SQLITE_NOTADB", _DAMAGED, "Restore the newest copy from the backups folder beside it."),
    ("SQLITE_BUSY", "Another ViralClip is busy writing to the projects.", "Wait a moment and try again."),
    ("SQLITE_LOCKED", "Another ViralClip is busy writing to the projects.", "Wait a moment and try again."),
    (
        "SQLITE_IOERR",
        "The project database could not be read or written.",
        "Check the disk and its free space.",
    ),
)
