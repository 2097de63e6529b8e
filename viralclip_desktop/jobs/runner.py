"""Running the jobs of a queue: starting, following and ending them, and looking out for other processes."""

from __future__ import annotations

import logging
import threading
import time
import traceback
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from typing import Any

from viralclip_desktop.core.errors import Cancelled, Fault
from viralclip_desktop.core.files import of_the_disk
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.jobs.kinds import JobContext
from viralclip_desktop.jobs.lanes import Lanes
from viralclip_desktop.jobs.owner import Owner, this_process
from viralclip_desktop.jobs.pace import Ahead, total_left
from viralclip_desktop.jobs.parts import WATCH_EVERY_S, Asking, Parts
from viralclip_desktop.jobs.running import RunningJob
from viralclip_desktop.jobs.store import JobStore

_log = logging.getLogger(__name__)

_LOOK_AT_LEAST_EVERY_S = 2.0  # while jobs only wait: for a time, for others, to be resumed
EXIT_CODE = "exit_code"
"""In the result of a job that failed with a ``Fault``: what the command line ends with."""

Listener = Callable[[Job], None]


class Runner:
    """The working half of a queue."""

    def __init__(
        self,
        queue: Asking,
        store: JobStore,
        services: Callable[[], Any],
        lane_workers: Mapping[str, int],
        *,
        clock: Callable[[], float],
        now: Callable[[], float],
    ) -> None:
        self._queue, self._store, self._services = queue, store, services
        self._clock, self._now = clock, now
        self.changed = threading.Condition()
        """Notified at every change of a job; the lock of everything here."""
        self.lanes = Lanes(self.changed, lambda: store.startable(self.owner), self._run, lane_workers)
        self._parts = Parts(queue, store, self)
        self._running: dict[str, RunningJob] = {}
        self._queued: dict[str, Job] = {}
        self._unstored: dict[str, Job] = {}
        self._lengths: dict[str, float] = {}
        self._watcher: threading.Thread | None = None
        self._wake_watcher = threading.Event()
        self._listeners: list[Listener] = []
        self._closed = False

    @cached_property
    def owner(self) -> Owner:
        """This process, as the database knows it."""
        return this_process()

    def enqueue(self, job: Job) -> None:
        """Let a job that is in the database wait for its turn. Raises RuntimeError after the end."""
        self.report(job)
        self.lanes.add(job.id, self._queue.kind(job.kind).lane)
        self._keep_watch()

    def look_again(self) -> None:
        """Start what may start now."""
        self.lanes.look_again()
        self._wake_watcher.set()

    def newest(self, job_id: str) -> Job | None:
        """A job that runs here, as it stands, or that ended here when this could not be stored; None for any
        other."""
        with self.changed:
            work = self._running.get(job_id)
            at_work = work is not None and not work.job.state.ended
            return work.job if work is not None and at_work else self._unstored.get(job_id)

    def waits(self, job_id: str) -> bool:
        """Whether a job waits here for its turn, as far as this process knows."""
        with self.changed:
            return job_id in self._queued

    def store_ends(self) -> None:
        """Store how jobs ended that could not be stored then (a full disk), where it can be now."""
        with self.changed:
            ended = list(self._unstored.values())
        for job in ended:
            with suppress(Fault):
                self._store.put(job)
                with self.changed:
                    self._unstored.pop(job.id, None)

    def worked_s(self, job_id: str) -> float:
        """How long a job has been at work here; 0 for any other."""
        with self.changed:
            work = self._running.get(job_id)
            return 0.0 if work is None else work.worked_s

    def stop(self, job_id: str) -> Job | None:
        """Ask a job that runs here to stop; None for any other."""
        with self.changed:
            work = self._running.get(job_id)
        if work is None:
            return None
        work.cancel.cancel()
        return work.job

    def interrupted(self, job_id: str) -> bool:
        """Whether a job that runs here was stopped to go on later."""
        with self.changed:
            work = self._running.get(job_id)
            return work is not None and work.interrupted

    def put_off(self, job: Job) -> None:
        """A job was paused: where it runs here it stops, to go on later."""
        with self.changed:
            work = self._running.get(job.id)
        if work is not None:
            self._interrupt(work)
        self.report(job)

    def dropped(self, job: Job) -> None:
        """A job was ended in the database; it waits no longer."""
        if job.state.ended:
            self.lanes.drop(job.id)
        self.report(job)
        self._after(job)

    def give_up(self, job: Job) -> None:
        """End a job that took the program down too often."""
        message = "The program ended unexpectedly while working on this."
        hint = "Try it again from the list of jobs."
        self.report(self._work(job).end(WorkState.FAILED, error=message, hint=hint))

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Report every change of a job to ``listener``; returns what stops it."""
        with self.changed:
            self._listeners.append(listener)
        return lambda: self._unlisten(listener)

    def report(self, job: Job) -> None:
        """A job is another value now."""
        with self.changed:
            if job.state is WorkState.QUEUED:
                self._queued[job.id] = job
            else:
                self._queued.pop(job.id, None)
            listeners = list(self._listeners)
            self.changed.notify_all()
        for listener in listeners:
            try:
                listener(job)
            except Exception:  # noqa: BLE001 - a view's bug must not end the work
                _log.exception("a listener failed on job %s", job.id)

    def time_left(self, kinds: Collection[str] | None) -> float | None:
        """See :meth:`JobQueue.time_left`."""
        with self.changed:
            works = [work for work in self._running.values() if kinds is None or work.job.kind in kinds]
        waiting = {lane: self._will_start(ids, kinds) for lane, ids in self.lanes.waiting().items()}
        if not works:
            return None
        lengths = dict(self._lengths)
        for work in works:
            if (left := work.left()) is not None:
                lengths[work.job.kind] = work.pace.elapsed_s + left
        ahead: dict[str, Ahead] = {}
        for lane in {self._lane(work.job) for work in works} | set(waiting):
            at_work = [work for work in works if self._lane(work.job) == lane]
            lefts = [_left(work, lengths) for work in at_work]
            queued = [lengths.get(job.kind) for job in waiting.get(lane, ())]
            if None in lefts or None in queued:
                return None
            known = [left for left in lefts if left is not None], [one for one in queued if one is not None]
            ahead[lane] = Ahead(*known, self.lanes.most(lane))
        return total_left(ahead)

    def poll(self) -> None:
        """See :meth:`JobQueue.poll`."""
        self.store_ends()
        with self.changed:
            running = dict(self._running)
        unwanted = self._store.cancel_requested(list(running)) if running else set()
        resting = self._store.put_off(list(running)) if running else set()
        for job_id, work in running.items():
            work.flush()
            if job_id in unwanted:
                work.cancel.cancel()
            elif job_id in resting:
                self._interrupt(work)
        self._end_stuck()
        self.lanes.look_again()

    def close(self, cancel_running: bool, timeout_s: float) -> bool:
        """See :meth:`JobQueue.close`."""
        with self.changed:
            self._closed = True
        waiting, workers = self.lanes.close()
        for job_id in waiting:
            with suppress(Fault):  # a full disk: whoever starts next finds that its owner has died
                if cancel_running:
                    self.report(self._store.request_cancel(job_id))
                else:
                    self._store.release(job_id)
        with self.changed:
            running = list(self._running.values())
        for work in running:
            work.interrupted = not cancel_running
            work.cancel.cancel()
        stopped = self._join(workers, timeout_s)
        self.store_ends()
        return stopped

    # --- one job ----------------------------------------------------------------------------------------

    def _run(self, job_id: str) -> None:
        try:
            job = self._store.claim(job_id, self.owner)
        except Fault as fault:
            self._not_started(job_id, fault)
            return
        if job is None:
            self._wait_again(job_id)
            return
        work = self._work(job)
        self._register(work)
        self.report(job)
        try:
            ended = self._outcome(work)
        finally:
            with self.changed:
                if self._running.get(job_id) is work:  # else it was tried again at once
                    del self._running[job_id]
                if not work.stored:
                    self._unstored[job_id] = work.job
                self._wake_watcher.set()
        self.report(ended)
        self._after(ended)

    def _not_started(self, job_id: str, fault: Fault) -> None:
        """That a job runs now could not be stored, so it does not; its end is known here at least."""
        work = self._work(self._store.get(job_id))
        ended = self._failed(work, fault)
        if not work.stored:
            with self.changed:
                self._unstored[job_id] = ended
        self.report(ended)
        self._after(ended)

    def _wait_again(self, job_id: str) -> None:
        """A job that was put off just now waits on (others were cancelled, or taken by somebody else)."""
        job = self._store.get(job_id)
        if job.state is WorkState.QUEUED and self._store.owners().get(job_id) == self.owner:
            self.lanes.add(job_id, self._queue.kind(job.kind).lane)

    def _work(self, job: Job) -> RunningJob:
        return RunningJob(job, report=self.report, save=self._store.put, clock=self._clock, now=self._now)

    def _outcome(self, work: RunningJob) -> Job:
        try:
            kind = self._queue.kind(work.job.kind)
            context = JobContext(work.job, work.progress, work.cancel, work.update, self._parts, kind.lane)
            done = kind.plain_result(kind.run(self._services(), kind.request_of(work.job), context))
        except Cancelled:
            return self._stopped(work)
        except Exception as error:  # noqa: BLE001 - the boundary of a job: reported, and logged if it is our bug
            return self._stopped(work) if work.cancel.cancelled else self._failed(work, of_the_disk(error))
        self._lengths[work.job.kind] = work.pace.elapsed_s
        result = {name: value for name, value in work.job.result.items() if name != EXIT_CODE} | done
        return work.end(WorkState.COMPLETED, fraction=1.0, result=result, error="", hint="", details="")

    def _stopped(self, work: RunningJob) -> Job:
        if not work.interrupted:
            return work.end(WorkState.CANCELLED)
        work.drop()
        with suppress(Fault):
            return self._store.release(work.job.id) or work.job
        return work.job

    def _failed(self, work: RunningJob, error: BaseException) -> Job:
        if isinstance(error, Fault):
            why = {"error": error.message, "hint": error.hint, "details": error.details}
            result = {**work.job.result, EXIT_CODE: error.exit_code}
            return work.end(WorkState.FAILED, **why, result=result)
        _log.error("job %s (%s) failed", work.job.id, work.job.kind, exc_info=error)
        details = "".join(traceback.format_exception(error))
        hint = "Try again. If it happens again, report the problem."
        message = "Something went wrong inside ViralClip."
        return work.end(WorkState.FAILED, error=message, hint=hint, details=details)

    def _after(self, job: Job) -> None:
        """What follows from a job's end: others may start now, or never will."""
        if job.state in (WorkState.FAILED, WorkState.CANCELLED):
            self._end_stuck()
        self.lanes.look_again()

    def _end_stuck(self) -> None:
        waiting = {job_id for ids in self.lanes.waiting().values() for job_id in ids}
        for job in self._store.stuck() if waiting else ():
            if job.id not in waiting:
                continue
            self.lanes.drop(job.id)
            before = [self._state_of(job_id) for job_id in job.depends_on]
            if WorkState.CANCELLED in before and WorkState.FAILED not in before:
                ended = self._work(job).end(WorkState.CANCELLED)
            else:
                message = "A job that has to be done before this one did not come to its end."
                ended = self._work(job).end(WorkState.FAILED, error=message, hint="Try that one again first.")
            self.report(ended)

    def _state_of(self, job_id: str) -> WorkState:
        known = [job for job in self._store.list() if job.id == job_id]
        return known[0].state if known else WorkState.FAILED

    def _interrupt(self, work: RunningJob) -> None:
        work.interrupted = True
        work.cancel.cancel()

    # --- looking out for other processes ------------------------------------------------------------------

    def _register(self, work: RunningJob) -> None:
        with self.changed:
            self._running[work.job.id] = work
            if self._closed:
                self._interrupt(work)
        self._keep_watch()

    def _keep_watch(self) -> None:
        with self.changed:
            if self._watcher is None and not self._closed:
                self._watcher = threading.Thread(target=self._watch, name="jobs-watch")
                self._watcher.start()

    def _watch(self) -> None:
        """While there is work: pass on what other processes want, and progress that was held back."""
        while True:
            self._wake_watcher.wait(self._until_next_look())
            with self.changed:
                self._wake_watcher.clear()
                if not self._running and (self._closed or not self.lanes.waiting()):
                    self._watcher = None
                    return
            try:
                self.poll()
            except Exception:  # noqa: BLE001 - the top of a thread that must outlive a busy database
                _log.exception("whether jobs are to be cancelled could not be read")

    def _until_next_look(self) -> float:
        with self.changed:
            if self._running:
                return WATCH_EVERY_S
        try:
            at = self._store.next_start(self.owner)
        except Exception:  # noqa: BLE001 - as above
            _log.exception("when jobs are to start could not be read")
            return WATCH_EVERY_S
        left = _LOOK_AT_LEAST_EVERY_S if at is None else at - self._now()
        return min(_LOOK_AT_LEAST_EVERY_S, max(0.01, left))

    def _join(self, threads: Sequence[threading.Thread], timeout_s: float) -> bool:
        deadline = time.monotonic() + timeout_s
        self._wake_watcher.set()
        watcher = self._watcher
        for thread in [*threads, *([watcher] if watcher else [])]:
            if thread is not threading.current_thread():
                thread.join(max(0.0, deadline - time.monotonic()))
        return not any(thread.is_alive() for thread in threads if thread is not threading.current_thread())

    def _unlisten(self, listener: Listener) -> None:
        with self.changed:
            if listener in self._listeners:
                self._listeners.remove(listener)

    def _lane(self, job: Job) -> str:
        return self._queue.kind(job.kind).lane

    def _will_start(self, ids: Sequence[str], kinds: Collection[str] | None) -> list[Job]:
        """Those of the jobs that wait which will start by themselves."""
        with self.changed:
            jobs = [self._queued[job_id] for job_id in ids if job_id in self._queued]
        return [job for job in jobs if job.run_at is None and (kinds is None or job.kind in kinds)]


def _left(work: RunningJob, lengths: Mapping[str, float]) -> float | None:
    """What a job at work still takes; by others of its kind while it is too young."""
    left = work.left()
    if left is None and not work.unknown and (whole := lengths.get(work.job.kind)) is not None:
        return max(0.0, whole - work.pace.elapsed_s)
    return left
