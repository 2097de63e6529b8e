"""The job queue: work that takes a while, kept in the database, run on a few threads.

A kind of job belongs to a *lane* (say ``media`` or ``export``); each lane runs its jobs in order on its own
threads, which exist only while there is something to do. Several processes may share the database: each
job has one owner, anybody may ask to cancel it, and what a dead process left is picked up again.
"""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections import deque
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from viralclip_desktop.core.errors import Cancelled, Fault, UsageError
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.jobs.kinds import JobContext, JobKind
from viralclip_desktop.jobs.owner import Owner, is_alive, this_process
from viralclip_desktop.jobs.running import RunningJob

_log = logging.getLogger(__name__)

WATCH_EVERY_S = 0.5  # how soon a cancel from another process is seen
EXIT_CODE = "exit_code"
"""In the result of a job that failed with a ``Fault``: what the command line ends with."""
MOST_CRASHES = 3  # a job that took the program down this often is not started again by itself

Jobs = list[Job]
Listener = Callable[[Job], None]
Request = TypeVar("Request")


class JobStore(Protocol):
    """What the queue needs of a database; ``store.jobs`` is one. Called from any thread."""

    def add(self, job: Job, owner: Owner) -> None:
        """A new job, queued by ``owner``."""

    def put(self, job: Job) -> None:
        """Store where a job stands."""

    def get(self, job_id: str) -> Job:
        """One job; raises ``NotFound``."""

    def list(self, states: Collection[WorkState] | None = None) -> Sequence[Job]:
        """Jobs in some states, oldest first."""

    def claim(self, job_id: str, owner: Owner) -> Job | None:
        """Start a queued job, if ``owner`` still may."""

    def adopt(self, job_id: str, old: Owner | None, new: Owner) -> Job | None:
        """Queue an unended job of ``old`` again, for ``new``."""

    def release(self, job_id: str) -> Job | None:
        """Leave an unended job queued for whoever starts next."""

    def restart(self, job_id: str, owner: Owner) -> Job | None:
        """Queue an ended job again."""

    def request_cancel(self, job_id: str) -> Job:
        """Cancel a queued job, or ask whoever runs it to stop."""

    def cancel_requested(self, job_ids: Collection[str]) -> set[str]:
        """Which jobs somebody wants to stop."""

    def owners(self) -> Mapping[str, Owner | None]:
        """Who has which unended job, oldest first."""


class JobQueue:
    """Runs jobs and tells how they go. Made without starting anything; ``close`` it at the end."""

    def __init__(
        self,
        store: JobStore,
        kinds: Iterable[JobKind[Any, Any]],
        services: Callable[[], Any] = lambda: None,
        lane_workers: Mapping[str, int] | None = None,
        *,
        clock: Callable[[], float] = time.monotonic,
        now: Callable[[], float] = time.time,
    ) -> None:
        """``kinds``: what can be done; ``services``: what their ``run`` gets first, asked for at each start;
        ``lane_workers``: lane -> how many jobs at once (1 unless given)."""
        self._store, self._kinds, self._services = store, {kind.name: kind for kind in kinds}, services
        self._lane_workers = dict(lane_workers or {})
        self._clock, self._now = clock, now
        self._owner: Owner | None = None
        self._changed = threading.Condition()
        self._waiting: dict[str, deque[str]] = {}
        self._running: dict[str, RunningJob] = {}
        self._workers: dict[threading.Thread, str] = {}
        self._watcher: threading.Thread | None = None
        self._wake_watcher = threading.Event()
        self._listeners: list[Listener] = []
        self._paused: set[str] = set()
        self._closed = False

    def submit(
        self,
        kind: JobKind[Request, Any],
        request: Request,
        project_id: str = "",
        *,
        job_id: str | None = None,
        once: bool = False,
    ) -> Job:
        """Queue new work. ``job_id`` is for callers that had to know it before (None makes one). ``once``
        returns a job that is under way with the same request instead of a second one."""
        self._kind(kind.name)
        payload, at = kind.payload(request), self._now()
        if once and (known := self._active(kind.name, payload)) is not None:
            return known
        job = Job(job_id or new_id("job"), kind.name, payload, project_id, created_at=at, updated_at=at)
        self._store.add(job, self._me())
        self._enqueue(job)
        return job

    def kind(self, name: str) -> JobKind[Any, Any]:
        """A kind by its name. Raises ValueError for an unknown one."""
        return self._kind(name)

    def _active(self, kind: str, payload: dict[str, Any]) -> Job | None:
        same = (job for job in self.list(active_only=True) if (job.kind, job.payload) == (kind, payload))
        return next(same, None)

    def get(self, job_id: str) -> Job:
        """A job as it stands now. Raises ``NotFound``."""
        with self._changed:
            running = self._running.get(job_id)
        return running.job if running is not None else self._store.get(job_id)

    def list(self, active_only: bool = False) -> Jobs:
        """All jobs, or the queued and running ones, oldest first."""
        jobs = self._store.list((WorkState.QUEUED, WorkState.RUNNING) if active_only else None)
        with self._changed:
            running = dict(self._running)
        return [running[job.id].job if job.id in running else job for job in jobs]

    def cancel(self, job_id: str) -> Job:
        """Stop a job: a queued one at once, a running one as soon as it looks (also in another process)."""
        with self._changed:
            running = self._running.get(job_id)
        if running is not None:
            running.cancel.cancel()
            return running.job
        job = self._store.request_cancel(job_id)
        self._tell(job)
        return job

    def retry(self, job_id: str) -> Job:
        """Run a failed or cancelled job again. Raises :class:`UsageError` for any other."""
        job = self._store.get(job_id)
        self._kind(job.kind)
        restarted = None
        if job.state in (WorkState.FAILED, WorkState.CANCELLED):
            restarted = self._store.restart(job_id, self._me())
        if restarted is None:
            raise UsageError("Only a failed or cancelled job can be tried again.")
        self._enqueue(restarted)
        return restarted

    def resume_interrupted(self) -> Jobs:
        """Queue again what a process that is gone left unfinished; returns those jobs."""
        resumed = []
        for job_id, owner in self._store.owners().items():
            if self._store.get(job_id).kind in self._kinds and not is_alive(owner):
                job = self._resume(job_id, owner)
                if job is not None:
                    resumed.append(job)
        return resumed

    def pause(self, lane: str) -> None:
        """Start nothing more in a lane; what runs there goes on to its end. A new start forgets it."""
        with self._changed:
            self._paused.add(lane)

    def resume(self, lane: str) -> None:
        """Go on with what waits in a lane."""
        with self._changed:
            self._paused.discard(lane)
            self._staff(lane)

    def paused(self, lane: str) -> bool:
        """Whether nothing more is started in a lane."""
        with self._changed:
            return lane in self._paused

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` (on a worker's thread) whenever a job changes; returns what stops it."""
        with self._changed:
            self._listeners.append(listener)
        return lambda: self._unlisten(listener)

    def wait(self, job_id: str, timeout_s: float | None = None) -> Job:
        """Wait for a job's end; returns it as it is then, or when the time is over."""
        deadline = None if timeout_s is None else self._clock() + timeout_s
        while True:
            with self._changed:
                job = self.get(job_id)
                left = WATCH_EVERY_S if deadline is None else min(WATCH_EVERY_S, deadline - self._clock())
                if job.state.ended or left <= 0:
                    return job
                self._changed.wait(left)  # at most so long: another process may be running it

    def close(self, cancel_running: bool = False, timeout_s: float = 10.0) -> bool:
        """Stop everything. Unfinished jobs stay queued and are resumed at the next start, or are cancelled.

        Returns whether all work had stopped within ``timeout_s``.
        """
        with self._changed:
            self._closed = True
            waiting = [job_id for queue in self._waiting.values() for job_id in queue]
            self._waiting.clear()
            running, workers = list(self._running.values()), list(self._workers)
        for job_id in waiting:
            if cancel_running:
                self._tell(self._store.request_cancel(job_id))
            else:
                self._store.release(job_id)
        for work in running:
            work.interrupted = not cancel_running
            work.cancel.cancel()
        return self._join(workers, timeout_s)

    def _join(self, threads: Sequence[threading.Thread], timeout_s: float) -> bool:
        deadline = time.monotonic() + timeout_s
        self._wake_watcher.set()
        watcher = self._watcher
        for thread in [*threads, *([watcher] if watcher else [])]:
            if thread is not threading.current_thread():
                thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in threads if thread is not threading.current_thread())

    def _resume(self, job_id: str, owner: Owner | None) -> Job | None:
        unwanted = bool(self._store.cancel_requested([job_id]))
        job = self._store.adopt(job_id, owner, self._me())
        if job is None:
            return None  # another process was first
        if unwanted:
            self._tell(self._store.request_cancel(job_id))
            return None
        if job.attempts >= MOST_CRASHES:
            self._give_up(job)
            return None
        self._enqueue(job)
        return job

    def _give_up(self, job: Job) -> None:
        work = self._work(job)
        message = "The program ended unexpectedly while working on this."
        self._tell(work.end(WorkState.FAILED, error=message, hint="Try it again from the list of jobs."))

    def _me(self) -> Owner:
        if self._owner is None:
            self._owner = this_process()
        return self._owner

    def _kind(self, name: str) -> JobKind[Any, Any]:
        try:
            return self._kinds[name]
        except KeyError:
            raise ValueError(f"there is no kind of job called {name!r}") from None

    def _enqueue(self, job: Job) -> None:
        lane = self._kind(job.kind).lane
        self._tell(job)
        with self._changed:
            if self._closed:
                raise RuntimeError("the job queue is closed")
            self._waiting.setdefault(lane, deque()).append(job.id)
            self._staff(lane)

    def _staff(self, lane: str) -> None:
        """Start the threads that a lane's waiting jobs need and may have. Called with the lock held."""
        if self._closed or lane in self._paused:
            return
        at_work = sum(1 for other in self._workers.values() if other == lane)
        free = self._lane_workers.get(lane, 1) - at_work
        for _ in range(min(free, len(self._waiting.get(lane, ())))):
            worker = threading.Thread(target=self._work_lane, args=(lane,), name=f"jobs-{lane}")
            self._workers[worker] = lane
            worker.start()

    def _work_lane(self, lane: str) -> None:
        while True:
            with self._changed:
                waiting = self._waiting.get(lane)
                if not waiting or lane in self._paused:
                    del self._workers[threading.current_thread()]
                    return
                job_id = waiting.popleft()
            try:
                self._run(job_id)
            except Exception:  # noqa: BLE001 - the lane outlives a job whose row could not be read
                _log.exception("job %s could not be run", job_id)

    def _run(self, job_id: str) -> None:
        job = self._store.claim(job_id, self._me())
        if job is None:
            return  # cancelled, or taken by somebody else
        work = self._work(job)
        self._register(work)
        self._tell(job)
        try:
            ended = self._outcome(work)
        finally:
            with self._changed:
                del self._running[job_id]
                self._wake_watcher.set()
        self._tell(ended)

    def _work(self, job: Job) -> RunningJob:
        return RunningJob(job, tell=self._tell, save=self._store.put, clock=self._clock, now=self._now)

    def _outcome(self, work: RunningJob) -> Job:
        try:
            kind = self._kind(work.job.kind)
            context = JobContext(work.job, work.progress, work.cancel, work.update)
            done = kind.plain_result(kind.run(self._services(), kind.request_of(work.job), context))
        except Cancelled:
            return self._stopped(work)
        except Exception as error:  # noqa: BLE001 - the boundary of a job: told, and logged if it is our bug
            return self._stopped(work) if work.cancel.cancelled else self._failed(work, error)
        result = {name: value for name, value in work.job.result.items() if name != EXIT_CODE} | done
        return work.end(WorkState.COMPLETED, fraction=1.0, result=result, error="", hint="", details="")

    def _stopped(self, work: RunningJob) -> Job:
        if not work.interrupted:
            return work.end(WorkState.CANCELLED)
        work.drop()
        return self._store.release(work.job.id) or work.job

    def _failed(self, work: RunningJob, error: Exception) -> Job:
        if isinstance(error, Fault):
            told = {"error": error.message, "hint": error.hint, "details": error.details}
            result = {**work.job.result, EXIT_CODE: error.exit_code}
            return work.end(WorkState.FAILED, **told, result=result)
        _log.error("job %s (%s) failed", work.job.id, work.job.kind, exc_info=error)
        details = "".join(traceback.format_exception(error))
        hint = "Try again. If it happens again, report the problem."
        message = "Something went wrong inside ViralClip."
        return work.end(WorkState.FAILED, error=message, hint=hint, details=details)

    def _register(self, work: RunningJob) -> None:
        with self._changed:
            self._running[work.job.id] = work
            if self._closed:
                work.interrupted = True
                work.cancel.cancel()
            if self._watcher is None:
                self._watcher = threading.Thread(target=self._watch, name="jobs-watch")
                self._watcher.start()

    def _watch(self) -> None:
        """While anything runs: pass on cancels from other processes, and progress that was held back."""
        while True:
            self._wake_watcher.wait(WATCH_EVERY_S)
            with self._changed:
                self._wake_watcher.clear()
                running = dict(self._running)
                if not running:
                    self._watcher = None
                    return
            try:
                unwanted = self._store.cancel_requested(list(running))
            except Exception:  # noqa: BLE001 - the top of a thread that must outlive a busy database
                _log.exception("whether jobs are to be cancelled could not be read")
                continue
            for job_id, work in running.items():
                work.flush()
                if job_id in unwanted:
                    work.cancel.cancel()

    def _unlisten(self, listener: Listener) -> None:
        with self._changed:
            if listener in self._listeners:
                self._listeners.remove(listener)

    def _tell(self, job: Job) -> None:
        with self._changed:
            listeners = list(self._listeners)
            self._changed.notify_all()
        for listener in listeners:
            try:
                listener(job)
            except Exception:  # noqa: BLE001 - a view's bug must not end the work
                _log.exception("a listener failed on job %s", job.id)
