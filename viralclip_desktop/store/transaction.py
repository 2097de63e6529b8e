"""A transaction: the only way to change anything. It remembers what was there before."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection

from viralclip_desktop.core.errors import BadInput, MutationOutsideTransaction, NotFound
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.changes import Change
from viralclip_desktop.domain.exports import Export
from viralclip_desktop.domain.media import Project, Source
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.store import asset_use, transcripts
from viralclip_desktop.store.kinds import KINDS, ORDER, TRANSCRIPT, Key, kind_of
from viralclip_desktop.store.reads import Reads
from viralclip_desktop.store.transcripts import TranscriptCache


@dataclass(frozen=True)
class StoredChange:
    """One entity before and after, as kept by the store (a transcript as its rows)."""

    kind: str
    id: str
    before: Any | None
    after: Any | None

    def published(self) -> Change:
        """The same for the world outside."""
        return Change(self.kind, self.id, _published(self.before), _published(self.after))


def _published(state: Any) -> Any:
    return transcripts.decode(state) if isinstance(state, transcripts.StoredTranscript) else state


class Transaction(Reads):
    """Handed out by ``Store.transaction``; unusable outside its ``with`` block and on other threads."""

    def __init__(self, connection: Connection, cache: TranscriptCache, project_id: str) -> None:
        super().__init__(lambda: nullcontext(self.connection), cache)
        self.project_id = project_id
        self.keeps_history = False
        """Whether a project that goes for good here keeps its journal (undo and redo need it)."""
        self._connection = connection
        self._thread = threading.get_ident()
        self._open = True
        self._before: dict[Key, Any] = {}
        self._after: dict[Key, Any] = {}
        self._unrecorded: set[Key] = set()
        self.withdrawn: set[Key] = set()
        """What the program itself took back: the history is to forget it."""

    @property
    def connection(self) -> Connection:
        """Where it happens. Raises :class:`MutationOutsideTransaction` once the transaction has ended."""
        if not self._open or self._thread != threading.get_ident():
            raise MutationOutsideTransaction("the transaction has ended, or belongs to another thread")
        return self._connection

    def put(self, entity: Any, *, recorded: bool = True) -> None:
        """Insert an entity, or replace the one with its id. A recording comes with its asset.

        ``recorded=False`` leaves this one out of the history. How an export stands is kept as it is while
        it has the same job: the job says so (see ``JobTable``). Raises :class:`NotFound` when what
        it belongs to does not exist, TypeError for an unknown kind.
        """
        kind = kind_of(entity)
        key = (kind.name, str(entity.id))
        if isinstance(entity, Source):
            self.put(entity.asset)
        old = self.current(key)
        if isinstance(entity, Export) and old is not None and old.job_id and old.job_id == entity.job_id:
            entity = replace(entity, status=old.status)
        if old == entity:
            return
        if isinstance(entity, Asset) and old is not None:
            self._note_sources_of(entity)
        kind.save(self.connection, entity)
        self._note(key, old, entity)
        if not recorded:
            self._unrecorded.add(key)
        if isinstance(entity, Project) and not self.project_id:
            self.project_id = entity.id

    def _note_sources_of(self, asset: Asset) -> None:
        """A recording whose file is another now has changed, though its own row stays."""
        for use in asset_use.users(self.connection, asset.id):
            if use.kind == "source":
                source = self.current(("source", use.id))
                assert source is not None
                self._note(("source", use.id), source, replace(source, asset=asset))

    def put_transcript(self, source_id: str, transcript: Transcript) -> None:
        """Set or replace the transcript of a recording. Only the sentences that differ are written."""
        known = self.current((TRANSCRIPT, source_id))
        self.put_stored_transcript(source_id, transcripts.encode(transcript, known))

    def put_stored_transcript(self, source_id: str, new: transcripts.StoredTranscript | None) -> None:
        """The same for a transcript as rows; None removes it."""
        key = (TRANSCRIPT, source_id)
        old = self.current(key)
        if old != new:
            if new is not None:
                new = replace(new, decoded=transcripts.decode(new, old))
            revision = transcripts.save(self.connection, source_id, old, new)
            self._cache.keep(source_id, revision, new)
            self._note(key, old, new)

    def delete(self, kind: str, entity_id: str) -> list[Key]:
        """Delete an entity and all that belongs to it; undo brings everything back.

        Returns the keys of what was deleted. Raises :class:`NotFound`, and :class:`BadInput` for a file that
        something still names.
        """
        if self.current((kind, entity_id)) is None:
            raise NotFound(
                say("There is no {kind} called {entity_id}.", kind=say(kind), entity_id=repr(entity_id))
            )
        if kind == "asset":
            self._check_unused(entity_id)
        if kind == TRANSCRIPT:
            self.put_stored_transcript(entity_id, None)
            return [(kind, entity_id)]
        doomed = self.subtree(kind, entity_id)
        KINDS[kind].remove(self.connection, entity_id)
        for key, state in doomed.items():
            self._note(key, state, None)
        return list(doomed)

    def withdraw(self, kind: str, entity_id: str) -> None:
        """Delete what the program had put there for the time being, as if it had never been there: the
        history forgets it, and takes what is put under its id from now on for new. Raises as :meth:`delete`
        does."""
        self.withdrawn.update(self.delete(kind, entity_id))

    def _check_unused(self, asset_id: str) -> None:
        users = asset_use.users(self.connection, asset_id)
        if users:
            named = ", ".join(dict.fromkeys(f"“{use.title}”" for use in users))
            raise BadInput("This file is still in use.", "Take it out there first, then remove it.", named)

    def subtree(self, kind: str, entity_id: str) -> dict[Key, Any]:
        """An entity and everything that goes with it, owners first."""
        found: dict[Key, Any] = {}
        self._collect(kind, entity_id, KINDS[kind].load(self.connection, entity_id), found)
        return dict(sorted(found.items(), key=lambda item: ORDER[item[0][0]]))

    def _collect(self, kind: str, entity_id: str, state: Any, found: dict[Key, Any]) -> None:
        if state is None or (kind, entity_id) in found:
            return
        found[kind, entity_id] = state
        if kind == "source":
            self._collect(TRANSCRIPT, entity_id, self._cache.stored(self.connection, entity_id), found)
        for child in KINDS.values():
            if kind in child.parents:
                for entity in child.children_of(self.connection, kind, entity_id):
                    self._collect(child.name, entity.id, entity, found)

    def current(self, key: Key) -> Any | None:
        """An entity (a transcript as its rows) as it is now; None when there is none."""
        if key in self._after:
            return self._after[key]
        kind, entity_id = key
        if kind == TRANSCRIPT:
            return self._cache.stored(self.connection, entity_id)
        return KINDS[kind].load(self.connection, entity_id)

    def _note(self, key: Key, before: Any | None, after: Any | None) -> None:
        self._before.setdefault(key, before)
        self._after[key] = after

    @contextmanager
    def nested(self, project_id: str) -> Iterator[Transaction]:
        """A part that is rolled back alone when it fails, and belongs to the whole when it does not."""
        before, after, owner = dict(self._before), dict(self._after), self.project_id
        unrecorded, withdrawn = set(self._unrecorded), set(self.withdrawn)
        self.project_id = owner or project_id
        try:
            with self.connection.begin_nested():
                yield self
        except BaseException:
            self._before, self._after, self.project_id = before, after, owner
            self._unrecorded, self.withdrawn = unrecorded, withdrawn
            raise

    def changes(self) -> list[StoredChange]:
        """What differs from the beginning, owners first."""
        changed = [
            StoredChange(key[0], key[1], before, self._after[key])
            for key, before in self._before.items()
            if before != self._after[key]
        ]
        return sorted(changed, key=lambda change: ORDER[change.kind])

    def recorded(self) -> list[StoredChange]:
        """The same as the history is to know it: what was withdrawn had never been there."""
        seen = [change for change in self.changes() if (change.kind, change.id) not in self._unrecorded]
        gone = self.withdrawn
        seen = [replace(one, before=None) if (one.kind, one.id) in gone else one for one in seen]
        return [change for change in seen if change.before is not None or change.after is not None]

    def touch_project(self, now: float) -> None:
        """Set when the project last changed, unless the transaction said so itself."""
        if not self.project_id:
            return
        key = ("project", self.project_id)
        project = self.current(key)
        before = self._before.get(key)
        if project is None or (key in self._before and _says_when(before, project)):
            return
        touched = replace(project, updated_at=now)
        KINDS["project"].save(self.connection, touched)
        if key in self._before:
            self._after[key] = touched

    def end(self) -> None:
        """Nothing works from here on."""
        self._open = False


def _says_when(before: Project | None, after: Project) -> bool:
    return before is None or before.updated_at != after.updated_at
