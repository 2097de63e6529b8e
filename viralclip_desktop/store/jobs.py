"""Job rows: what the queue keeps so that work survives a restart and several processes agree.

An *owner* is a process: its id and when it was started (ids are used again, the pair is not).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.store.codec import job_from, job_row
from viralclip_desktop.store.tables import job_events, processing_jobs

Owner = tuple[int, float]
_T = processing_jobs


class JobTable:
    """Implements ``jobs.queue.JobStore``. Each call is a commit of its own, outside undo."""

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[Connection]],
        writing: Callable[[], AbstractContextManager[Connection]],
        clock: Callable[[], float],
    ) -> None:
        self._reading = reading
        self._writing = writing
        self._clock = clock

    def add(self, job: Job, owner: Owner) -> None:
        """A new job, queued by ``owner``."""
        pid, started = owner
        row = job_row(job) | {"owner_pid": pid, "owner_started": started, "cancel_requested": False}
        with self._writing() as connection:
            connection.execute(insert(_T).values(**row))
            self._event(connection, job.id, job.state, "")

    def put(self, job: Job) -> None:
        """Store where a job stands (made when new); who works on it stays as it is."""
        row = job_row(job)
        rest = {name: value for name, value in row.items() if name != "id"}
        with self._writing() as connection:
            before = connection.execute(select(_T.c.state).where(_T.c.id == job.id)).scalar()
            query = upsert(_T).values(**row, cancel_requested=False)
            connection.execute(query.on_conflict_do_update(index_elements=["id"], set_=rest))
            if before != job.state.value:
                self._event(connection, job.id, job.state, job.error or job.message)

    def get(self, job_id: str) -> Job:
        """One job. Raises :class:`NotFound`."""
        with self._reading() as connection:
            row = connection.execute(select(_T).where(_T.c.id == job_id)).first()
        if row is None:
            raise NotFound(say("There is no job called {job_id}.", job_id=repr(job_id)))
        return job_from(row)

    def list(self, states: Collection[WorkState] | None = None) -> list[Job]:
        """Jobs in some states (None: all), oldest first."""
        query = select(_T).order_by(_T.c.created_at, _T.c.id)
        if states is not None:
            query = query.where(_T.c.state.in_([state.value for state in states]))
        with self._reading() as connection:
            return [job_from(row) for row in connection.execute(query)]

    def delete(self, job_id: str) -> None:
        """Forget a job and its events."""
        with self._writing() as connection:
            connection.execute(delete(_T).where(_T.c.id == job_id))

    def claim(self, job_id: str, owner: Owner) -> Job | None:
        """Start a queued job; None when it is no longer there to be started by ``owner``."""
        mine = (_T.c.owner_pid == owner[0]) & (_T.c.owner_started == owner[1])
        waiting = _T.c.state == WorkState.QUEUED.value
        values = {"state": WorkState.RUNNING.value, "attempts": _T.c.attempts + 1}
        return self._move(job_id, waiting & mine, WorkState.RUNNING, values)

    def adopt(self, job_id: str, old: Owner | None, new: Owner) -> Job | None:
        """Queue again, for ``new``, an unended job whose owner is still ``old``; None when it is not."""
        values = {"stage": "", "fraction": 0.0} | _owner_values(new)
        return self._move(job_id, _active() & _owned_by(old), WorkState.QUEUED, values)

    def release(self, job_id: str) -> Job | None:
        """Leave an unended job queued and without an owner, to be resumed by whoever starts next."""
        # a start that was broken off on purpose does not count as an attempt
        begun = case((_T.c.state == WorkState.RUNNING.value, 1), else_=0)
        values = {"attempts": _T.c.attempts - begun} | _owner_values(None)
        return self._move(job_id, _active(), WorkState.QUEUED, values)

    def restart(self, job_id: str, owner: Owner) -> Job | None:
        """Queue an ended job again; None when it has not ended."""
        fresh = {"stage": "", "fraction": 0.0, "error": "", "hint": "", "details": ""}
        return self._move(job_id, ~_active(), WorkState.QUEUED, fresh | _owner_values(owner))

    def request_cancel(self, job_id: str) -> Job:
        """Cancel a queued job at once, and leave word for whoever runs a running one.

        Raises :class:`NotFound`. An ended job stays as it is.
        """
        queued = _T.c.state == WorkState.QUEUED.value
        cancelled = self._move(job_id, queued, WorkState.CANCELLED, _owner_values(None))
        if cancelled is not None:
            return cancelled
        running = (_T.c.id == job_id) & (_T.c.state == WorkState.RUNNING.value)
        with self._writing() as connection:
            connection.execute(update(_T).where(running).values(cancel_requested=True))
        return self.get(job_id)

    def cancel_requested(self, job_ids: Collection[str]) -> set[str]:
        """Which of these jobs somebody wants to stop."""
        query = select(_T.c.id).where(_T.c.id.in_(list(job_ids)), _T.c.cancel_requested.is_(True))
        with self._reading() as connection:
            return set(connection.execute(query).scalars())

    def owners(self) -> dict[str, Owner | None]:
        """Who has which unended job, oldest first."""
        columns = _T.c["id", "owner_pid", "owner_started"]
        query = select(*columns).where(_active()).order_by(_T.c.created_at, _T.c.id)
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return {job_id: None if pid is None else (pid, started) for job_id, pid, started in rows}

    def events(self, job_id: str) -> Sequence[tuple[float, WorkState, str]]:
        """When a job came into which state, with a word about it, oldest first."""
        columns = job_events.c["at", "state", "message"]
        query = select(*columns).where(job_events.c.job_id == job_id).order_by(job_events.c.id)
        with self._reading() as connection:
            return [(at, WorkState(state), message) for at, state, message in connection.execute(query)]

    def _move(
        self, job_id: str, condition: ColumnElement[bool], state: WorkState, values: dict[str, Any]
    ) -> Job | None:
        values = values | {
            "state": state.value,
            "cancel_requested": False,
            "time_left_s": None,
            "message": "",
            "updated_at": self._clock(),
        }
        with self._writing() as connection:
            query = update(_T).where((_T.c.id == job_id) & condition).values(**values)
            if connection.execute(query).rowcount == 0:
                return None
            self._event(connection, job_id, state, "")
            return job_from(connection.execute(select(_T).where(_T.c.id == job_id)).one())

    def _event(self, connection: Connection, job_id: str, state: WorkState, message: str) -> None:
        values = {"job_id": job_id, "at": self._clock(), "state": state.value, "message": message}
        connection.execute(insert(job_events).values(**values))


def _active() -> ColumnElement[bool]:
    return _T.c.state.in_([WorkState.QUEUED.value, WorkState.RUNNING.value])


def _owned_by(owner: Owner | None) -> ColumnElement[bool]:
    if owner is None:
        return _T.c.owner_pid.is_(None)
    return (_T.c.owner_pid == owner[0]) & (_T.c.owner_started == owner[1])


def _owner_values(owner: Owner | None) -> dict[str, Any]:
    pid, started = owner if owner is not None else (None, None)
    return {"owner_pid": pid, "owner_started": started}
