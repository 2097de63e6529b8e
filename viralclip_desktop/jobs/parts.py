"""Jobs that are parts of another one, and the stages of a job: what a running job asks of its queue."""

from __future__ import annotations

import threading
import time
from collections.abc import Sequence
from typing import Any, Protocol

from viralclip_desktop.core.progress import UNKNOWN_S, ProgressEvent
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.jobs.kinds import JobContext, JobKind
from viralclip_desktop.jobs.store import JobStore

WATCH_EVERY_S = 0.5  # how soon what another process did is seen
_STOP_S = 4.0  # for what is cancelled to stop; a model's process is gone within two seconds


class Asking(Protocol):
    """What running jobs may ask of their queue."""

    def kind(self, name: str) -> JobKind[Any, Any]:
        """A kind by its name."""

    def get(self, job_id: str) -> Job:
        """A job as it stands now."""

    def cancel_parts(self, parts: Sequence[Job]) -> None:
        """Stop the jobs that another one is made of."""

    def retry(self, job_id: str) -> Job:
        """Run an ended job again."""

    def take_up(self, job_id: str) -> Job:
        """Go on with a job whose program has ended."""

    def take_over(self, job: Job) -> None:
        """Go on with a job that is waited for, where the program that worked on it has died."""

    def submit(
        self,
        kind: JobKind[Any, Any],
        request: Any,
        project_id: str = "",
        *,
        parent_id: str = "",
        depends_on: Sequence[str] = (),
    ) -> Job:
        """Queue new work."""


class Running(Protocol):
    """What it has to know of the jobs at work."""

    changed: threading.Condition

    def newest(self, job_id: str) -> Job | None:
        """A job that runs here, as it stands; None for any other."""

    def waits(self, job_id: str) -> bool:
        """Whether a job waits here for its turn, as far as this process knows."""

    def interrupted(self, job_id: str) -> bool:
        """Whether a job was stopped to go on later."""


class Parts:
    """Implements :class:`kinds.Host`."""

    def __init__(self, queue: Asking, store: JobStore, running: Running) -> None:
        self._queue, self._store, self._running = queue, store, running

    def stages(self, job_id: str) -> dict[str, Any]:
        """The stages a job has finished."""
        return self._store.stages(job_id)

    def put_stage(self, job_id: str, name: str, result: Any) -> None:
        """Note a finished stage."""
        self._store.put_stage(job_id, name, result)

    def part(self, parent: Job, kind: JobKind[Any, Any], request: Any, depends_on: Sequence[str]) -> Job:
        """Queue a part of a job, or take up the one that is there for the same request."""
        payload = kind.payload(request)
        for job in self._store.children(parent.id):
            if (job.kind, job.payload) == (kind.name, payload):
                again = job.state in (WorkState.FAILED, WorkState.CANCELLED)
                return self._queue.retry(job.id) if again else self._queue.take_up(job.id)
        project_id = self._queue.get(parent.id).project_id
        return self._queue.submit(kind, request, project_id, parent_id=parent.id, depends_on=depends_on)

    def wait_for_parts(self, parent: Job, parts: Sequence[Job], context: JobContext) -> list[Job]:
        """Wait until parts have ended; the parent shows the sum of their progress. Cancelled, it ends after
        them, so that none outlives it."""
        off = context.cancel.on_cancel(lambda: self._stop_parts(parent, parts))
        looked = _Looked(self._queue, self._running)
        try:
            while True:
                with self._running.changed:
                    now = looked.at(parts)
                    left = [job for job in now if not job.state.ended]
                    told = not left or self._running.changed.wait(WATCH_EVERY_S)
                if not told:
                    self._take_over(left)
                if context.cancel.cancelled:
                    self._let_stop(parent, parts)
                context.cancel.raise_if_cancelled()
                context.progress(_sum_of(now))
                if all(job.state.ended for job in now):
                    return now
        finally:
            off()

    def _let_stop(self, parent: Job, parts: Sequence[Job]) -> None:
        """Give cancelled parts the time to end."""
        end = time.monotonic() + _STOP_S
        while not self._running.interrupted(parent.id) and time.monotonic() < end:
            with self._running.changed:
                if all(self._queue.get(part.id).state.ended for part in parts):
                    return
                self._running.changed.wait(WATCH_EVERY_S)

    def _take_over(self, parts: Sequence[Job]) -> None:
        for part in parts:
            self._queue.take_over(part)

    def _stop_parts(self, parent: Job, parts: Sequence[Job]) -> None:
        if not self._running.interrupted(parent.id):  # else they rest as their parent does
            self._queue.cancel_parts(parts)


class _Looked:
    """Jobs as they stand, asked for at every report of one of them. What runs here is known without the
    database; in that one is looked where a job has stopped running here, and now and then for what waits."""

    def __init__(self, queue: Asking, running: Running) -> None:
        self._queue, self._running = queue, running
        self._known: dict[str, Job] = {}
        self._due_at = 0.0

    def at(self, jobs: Sequence[Job]) -> list[Job]:
        """The jobs as they are now; that all of them have ended is never said from memory."""
        if time.monotonic() >= self._due_at:
            self._forget()
        now = [self._one(job.id) for job in jobs]
        if all(job.state.ended for job in now):
            self._forget()
            now = [self._one(job.id) for job in jobs]
        return now

    def _forget(self) -> None:
        self._known.clear()
        self._due_at = time.monotonic() + WATCH_EVERY_S

    def _one(self, job_id: str) -> Job:
        at_work = self._running.newest(job_id)
        if at_work is not None:
            self._known.pop(job_id, None)  # once it stops it is another one
            return at_work
        known = self._known.get(job_id)
        if known is None or not (known.state.ended or self._running.waits(job_id)):
            known = self._known[job_id] = self._queue.get(job_id)
        return known


def _sum_of(parts: Sequence[Job]) -> ProgressEvent:
    """How far parts are together, with what the first one at work says. The only part knows best how long it
    takes; of several the pace of all tells."""
    done = sum(1.0 if job.state.ended else job.fraction for job in parts)
    now = next((job for job in parts if job.state is WorkState.RUNNING), None)
    share = done / max(1, len(parts))
    if now is None:
        return ProgressEvent("parts", share)
    left = None if len(parts) > 1 else UNKNOWN_S if now.time_left_s is None else now.time_left_s
    return ProgressEvent(now.stage, share, now.message, left, now.heard)
