"""Job rows: what the queue keeps so that work survives a restart and several processes agree.

An *owner* is a process: its id and when it was started (ids are used again, the pair is not).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import (
    Boolean,
    ColumnElement,
    Connection,
    case,
    delete,
    func,
    insert,
    literal_column,
    select,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.changes import Change, Changes
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.store.codec import export_from, job_from, job_row
from viralclip_desktop.store.tables import exports, job_events, job_stages, processing_jobs

Owner = tuple[int, float]
Changed = list[Change]
_T = processing_jobs


class JobTable:
    """Implements ``jobs.queue.JobStore``. Each call is a commit of its own, outside undo.

    How an export stands is written here, in the commit in which its job comes to stand so, and nowhere else.
    """

    def __init__(
        self,
        reading: Callable[[], AbstractContextManager[Connection]],
        writing: Callable[[], AbstractContextManager[Connection]],
        clock: Callable[[], float],
        publish: Callable[[Changes], None],
    ) -> None:
        self._reading = reading
        self._writing = writing
        self._clock = clock
        self._publish = publish

    def add(self, job: Job, owner: Owner) -> None:
        """A new job, queued by ``owner``."""
        pid, started = owner
        row = job_row(job) | {"owner_pid": pid, "owner_started": started, "cancel_requested": False}
        with self._writing() as connection:
            connection.execute(insert(_T).values(**row))
            changed = self._came_to(connection, job, "")
        self._tell(job, changed)

    def put(self, job: Job) -> None:
        """Store where a job stands (made when new); who works on it and when stays as it is."""
        row = job_row(job)
        rest = {name: value for name, value in row.items() if name not in ("id", "run_at")}
        with self._writing() as connection:
            before = connection.execute(select(_T.c.state).where(_T.c.id == job.id)).scalar()
            query = upsert(_T).values(**row, cancel_requested=False)
            connection.execute(query.on_conflict_do_update(index_elements=["id"], set_=rest))
            is_new = before != job.state.value
            changed = self._came_to(connection, job, job.error or job.message) if is_new else []
        self._tell(job, changed)

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
        """Forget a job, its parts, their stages and events."""
        with self._writing() as connection:
            connection.execute(delete(_T).where((_T.c.id == job_id) | (_T.c.parent_id == job_id)))

    def children(self, parent_id: str) -> Sequence[Job]:
        """The jobs that are parts of one, oldest first."""
        query = select(_T).where(_T.c.parent_id == parent_id).order_by(_T.c.created_at, _T.c.id)
        with self._reading() as connection:
            return [job_from(row) for row in connection.execute(query)]

    def stages(self, job_id: str) -> dict[str, Any]:
        """The stages a job has finished, in order, with what came of each (JSON values)."""
        columns = job_stages.c["name", "result"]
        query = select(*columns).where(job_stages.c.job_id == job_id).order_by(job_stages.c.id)
        with self._reading() as connection:
            return {row.name: row.result for row in connection.execute(query)}

    def put_stage(self, job_id: str, name: str, result: Any) -> None:
        """Note that a job has finished a stage; the same stage again takes the place of the first."""
        values = {"result": result, "at": self._clock()}
        query = upsert(job_stages).values(job_id=job_id, name=name, **values)
        with self._writing() as connection:
            connection.execute(query.on_conflict_do_update(index_elements=["job_id", "name"], set_=values))

    def drop_stages(self, job_id: str) -> None:
        """Forget the finished stages of a job, so that it begins anew."""
        with self._writing() as connection:
            connection.execute(delete(job_stages).where(job_stages.c.job_id == job_id))

    def startable(self, owner: Owner) -> Sequence[str]:
        """The ids of ``owner``'s queued jobs that may start now, in the order in which they should."""
        order = _T.c.priority.desc(), _T.c.created_at, _T.c.id
        with self._reading() as connection:
            query = select(_T.c.id).where(self._may_start(owner)).order_by(*order)
            return connection.execute(query).scalars().all()

    def next_start(self, owner: Owner) -> float | None:
        """When the next of ``owner``'s queued jobs that wait for a time may start (Unix seconds)."""
        later = _T.c.run_at > self._clock()
        query = select(func.min(_T.c.run_at)).where(_is_queued_by(owner), later)
        with self._reading() as connection:
            return connection.execute(query).scalar()

    def stuck(self) -> Sequence[Job]:
        """Queued jobs that can never start, as a job they wait for failed, was cancelled or is gone."""
        queued = select(_T).where(_T.c.state == WorkState.QUEUED.value, _waits(_NEVER))
        with self._reading() as connection:
            return [job_from(row) for row in connection.execute(queued)]

    def claim(self, job_id: str, owner: Owner) -> Job | None:
        """Start a queued job; None when it is not there to be started by ``owner``, its time has not come,
        or a job it depends on is not completed."""
        values = {"attempts": _T.c.attempts + 1}
        return self._move(job_id, self._may_start(owner), WorkState.RUNNING, values)

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

    def schedule(self, job_id: str, run_at: float | None) -> Job:
        """Let an unended job start no earlier than a Unix time; None lets it start at once. Whoever runs it
        stops it when that time lies ahead. Raises :class:`NotFound`."""
        mine = (_T.c.id == job_id) & _active()
        with self._writing() as connection:
            connection.execute(update(_T).where(mine).values(run_at=run_at))
        return self.get(job_id)

    def put_off(self, job_ids: Collection[str]) -> set[str]:
        """Which of these jobs are not to run before a time that has not come."""
        query = select(_T.c.id).where(_T.c.id.in_(list(job_ids)), _T.c.run_at > self._clock())
        with self._reading() as connection:
            return set(connection.execute(query).scalars())

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
            job = job_from(connection.execute(select(_T).where(_T.c.id == job_id)).one())
            changed = self._came_to(connection, job, "")
        self._tell(job, changed)
        return job

    def _came_to(self, connection: Connection, job: Job, message: str) -> Changed:
        """Note that a job has come into a state, and let its export stand so; returns what that changed."""
        values = {"job_id": job.id, "at": self._clock(), "state": job.state.value, "message": message}
        connection.execute(insert(job_events).values(**values))
        mine = exports.c.job_id == job.id
        before = [export_from(row) for row in connection.execute(select(exports).where(mine))]
        if not before:
            return []
        stands = {"status": job.state.value, "error": job.error, "hint": job.hint}
        connection.execute(update(exports).where(mine).values(**stands, updated_at=self._clock()))
        after = {row.id: export_from(row) for row in connection.execute(select(exports).where(mine))}
        return [Change("export", old.id, old, after[old.id]) for old in before]

    def _tell(self, job: Job, changed: Changed) -> None:
        if changed:
            self._publish(Changes("Export", job.project_id, tuple(changed)))

    def _may_start(self, owner: Owner) -> ColumnElement[bool]:
        due = _T.c.run_at.is_(None) | (_T.c.run_at <= self._clock())
        return _is_queued_by(owner) & due & ~_waits(_NOT_YET)


def _active() -> ColumnElement[bool]:
    return _T.c.state.in_([WorkState.QUEUED.value, WorkState.RUNNING.value])


def _owned_by(owner: Owner | None) -> ColumnElement[bool]:
    if owner is None:
        return _T.c.owner_pid.is_(None)
    return (_T.c.owner_pid == owner[0]) & (_T.c.owner_started == owner[1])


def _owner_values(owner: Owner | None) -> dict[str, Any]:
    pid, started = owner if owner is not None else (None, None)
    return {"owner_pid": pid, "owner_started": started}


_NOT_YET = "earlier.state IS NULL OR earlier.state != 'completed'"
_NEVER = "earlier.state IS NULL OR earlier.state IN ('failed', 'cancelled')"


def _waits(state: str) -> ColumnElement[bool]:
    """Whether any job that one depends on is in such a state (NULL: it is gone)."""
    return literal_column(
        "exists (select 1 from json_each(processing_jobs.depends_on) as wanted "
        f"left join processing_jobs as earlier on earlier.id = wanted.value where {state})",
        Boolean,
    )


def _is_queued_by(owner: Owner) -> ColumnElement[bool]:
    return (_T.c.state == WorkState.QUEUED.value) & _owned_by(owner)
