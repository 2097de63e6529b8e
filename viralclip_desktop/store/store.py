"""The store: one database with all projects."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection

from viralclip_desktop.core.errors import NotApplied
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.store import backups as copies
from viralclip_desktop.store import journal, search
from viralclip_desktop.store.changes import ChangeFeed
from viralclip_desktop.store.database import Database
from viralclip_desktop.store.jobs import JobTable
from viralclip_desktop.store.reads import Reads
from viralclip_desktop.store.records import BackupEntry, HistoryEntry, SearchHit
from viralclip_desktop.store.transaction import StoredChange, Transaction
from viralclip_desktop.store.transcripts import TranscriptCache
from viralclip_desktop.store.usage import UsageLog

T = TypeVar("T", bound=Any)


class Store(Reads):
    """Reading from any thread; writing inside a transaction; undo, search, backups, job rows.

    Nothing touches the disk before the first use. Troubles of the disk are told as a ``Fault``.
    """

    def __init__(
        self, database_url: str, backups: Path | None = None, *, clock: Callable[[], float] = time.time
    ) -> None:
        """``database_url``: as in ``DB_URL`` (see ``sqlite_url``); ``backups``: where copies go, None for
        nowhere; ``clock``: Unix time in seconds."""
        super().__init__(self._reading, TranscriptCache())
        self.changes = ChangeFeed()
        """Who is told about commits: ``store.changes.subscribe(callback)``."""
        self._database = Database(database_url, self._copy_before_migration)
        self._backups = backups
        self._clock = clock
        self._order = threading.RLock()
        self._local = threading.local()
        self.jobs = JobTable(self._reading, self._writing, clock, self._publish)
        """Job rows, as the job queue wants them."""
        self.usage = UsageLog(self._reading, self._writing)
        """What calls of providers cost."""

    @property
    def path(self) -> Path:
        """The database file."""
        return self._database.path

    def open(self) -> None:
        """Make or migrate the database now rather than at the first use (an old one is copied first)."""
        self._database.open()

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        self._database.close()

    def __enter__(self) -> Store:
        self.open()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextmanager
    def transaction(
        self,
        label: str,
        project_id: str = "",
        *,
        merge_key: str | None = None,
        undoable: bool = True,
        follows: bool = False,
    ) -> Iterator[Transaction]:
        """Change things: all of it is stored at the end of the block, or nothing if it raises.

        ``label`` names the edit in the history ("Trim clip"). Edits with the same ``merge_key`` in quick
        succession become one entry (a drag, typing). ``undoable=False`` keeps an edit out of the history.
        ``follows``: it follows from the newest edit, and goes with it where that is undone or brought back.
        Inside another transaction of the same thread it becomes a part of that one.
        """
        outer = self._current()
        if outer is not None:
            with outer.nested(project_id):
                yield outer
            return
        with self._order:
            with self._database.writing() as connection:
                tx = Transaction(connection, self._cache, project_id)
                self._local.transaction = tx
                try:
                    yield tx
                    changed = self._finish(tx, label, merge_key, undoable=undoable, follows=follows)
                finally:
                    self._local.transaction = None
                    tx.end()
            if changed:
                items = tuple(change.published() for change in changed)
                self.changes.enqueue(Changes(label, tx.project_id, items))
        self.changes.deliver()

    def undo(self, project_id: str) -> str | None:
        """Take back the newest edit of a project; returns its label, None when there is none.

        Raises :class:`NotApplied` with the reason when it could not be taken back, whole or in part. Then it
        is passed over: the next undo goes on to the edit before it.
        """
        return self._step(project_id, undo=True)

    def redo(self, project_id: str) -> str | None:
        """Bring back the edit that was undone last; returns its label, None when there is none. Raises as
        :meth:`undo` does."""
        return self._step(project_id, undo=False)

    def history(self, project_id: str) -> list[HistoryEntry]:
        """The named edits of a project, oldest first; those marked undone are what redo would bring back."""
        with self._reading() as connection:
            return journal.history(connection, project_id)

    def edited_fields(
        self, project_id: str, *, made: bool = True, but: Collection[str] = ()
    ) -> dict[tuple[str, str], frozenset[str]]:
        """What the history of a project says of each entity (kind and id): the fields that its edits change,
        undone ones too; all of them for one that was made or deleted (without ``made`` that is no edit).
        Edits whose labels have a template of ``but`` don't count."""
        with self._reading() as connection:
            return journal.edited_fields(connection, project_id, made=made, but=but)

    def before_gesture(self, entity: T, project_id: str, merge_key: str) -> T:
        """A clip or the like as it was before the gesture whose edits carry ``merge_key``: what the next step
        of a drag starts from. As it is now where the newest edit of the project has another key."""
        with self._reading() as connection:
            return journal.before_gesture(connection, project_id, merge_key, entity)

    def search(self, text: str, limit: int = 50) -> list[SearchHit]:
        """Sentences of all transcripts with all words of ``text`` (the last one may be unfinished)."""
        with self._reading() as connection:
            return search.search(connection, text, limit)

    def backup_now(self) -> Path | None:
        """Copy the database into the backups folder; None when there is no such folder."""
        if self._backups is None:
            return None
        with self._database.raw() as driver:
            return copies.make(driver, self._backups, self._clock())

    def backup_if_due(self) -> Path | None:
        """The same, when something changed since the last copy and that one is over an hour old."""
        if self._backups is None or not copies.is_due(self.path, self._backups, self._clock()):
            return None
        return self.backup_now()

    def backups(self) -> list[BackupEntry]:
        """The copies there are, newest first."""
        return [] if self._backups is None else copies.existing(self._backups)

    def restore_backup(self, backup: Path) -> None:
        """Put a copy in place of everything; what is there now is copied first.

        Raises a :class:`Fault` when the copy is damaged or newer than the program.
        """
        copies.check(backup)
        self.backup_now()
        with self._order:
            with self._database.raw() as driver:
                copies.restore(driver, backup)
            self.close()
            self.open()
            self.changes.enqueue(Changes("", "", ()))
        self.changes.deliver()

    def poll_external(self) -> bool:
        """Tell listeners (with empty ``Changes``) when another process has stored something. Cheap."""
        if not self._database.changed_elsewhere():
            return False
        self.changes.enqueue(Changes("", "", ()))
        self.changes.deliver()
        return True

    def _step(self, project_id: str, *, undo: bool) -> str | None:
        if self._current() is not None:
            raise RuntimeError("undo and redo are transactions of their own")
        find = journal.next_undo if undo else journal.next_redo
        with self._reading() as connection:
            if find(connection, project_id) is None:
                return None
        with self.transaction("Undo" if undo else "Redo", project_id, undoable=False) as tx:
            entry = find(tx.connection, project_id)
            if entry is None:  # another thread was first
                return None
            tx.keeps_history = True
            reasons = journal.apply(tx, entry, undo=undo)
        if reasons:
            raise _not_applied(entry.label, reasons, undo=undo)
        return entry.label

    def _finish(
        self, tx: Transaction, label: str, merge_key: str | None, *, undoable: bool, follows: bool
    ) -> list[StoredChange]:
        if not tx.changes():
            return []
        now = self._clock()
        tx.touch_project(now)
        changed = tx.changes()
        journal.forget(tx.connection, tx.project_id, tx.withdrawn)
        if follows:
            journal.amend(tx.connection, tx.project_id, tx.recorded())
        elif undoable:
            journal.record(tx.connection, tx.project_id, label, tx.recorded(), merge_key=merge_key, at=now)
        elif not tx.keeps_history:
            journal.forget_deleted(tx.connection, changed)
        return changed

    def _publish(self, changes: Changes) -> None:
        self.changes.enqueue(changes)
        if self._current() is None:
            self.changes.deliver()

    def _current(self) -> Transaction | None:
        return getattr(self._local, "transaction", None)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        tx = self._current()
        if tx is not None:
            yield tx.connection
        else:
            with self._database.reading() as connection:
                yield connection

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        tx = self._current()
        if tx is not None:
            yield tx.connection
        else:
            with self._database.writing() as connection:
                yield connection

    def _copy_before_migration(self) -> None:
        if self._backups is not None:
            copies.make_from_file(self.path, self._backups, self._clock())


def _not_applied(label: str, reasons: list[str], *, undo: bool) -> NotApplied:
    if undo:
        return NotApplied(say("“{label}” could not be undone.", label=label), reasons[0], "\n".join(reasons))
    return NotApplied(say("“{label}” could not be redone.", label=label), reasons[0], "\n".join(reasons))
