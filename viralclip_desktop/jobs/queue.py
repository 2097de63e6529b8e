"""The job queue: work that takes a while, kept in the database, run on a few threads.

A kind of job belongs to a *lane* (say ``media`` or ``export``); each lane runs its jobs in order on its own
threads. Several processes may share the database: each job has one owner, anybody may ask to cancel or pause
it, and what a dead process left is picked up again.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from viralclip_desktop.core.errors import UsageError
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import PAUSED, Job
from viralclip_desktop.jobs.kinds import JobKind
from viralclip_desktop.jobs.owner import Owner, is_alive
from viralclip_desktop.jobs.parts import WATCH_EVERY_S
from viralclip_desktop.jobs.runner import Listener, Runner
from viralclip_desktop.jobs.store import JobStore

MOST_CRASHES = 3  # a job that took the program down this often is not started again by itself

Jobs = list[Job]
Request = TypeVar("Request")


class JobQueue:
    """Runs jobs and reports how they go. Made without starting anything; ``close`` it at the end."""

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
        self._store, self._kinds = store, {kind.name: kind for kind in kinds}
        self._clock, self._now = clock, now
        self._runner = Runner(self, store, services, lane_workers or {}, clock=clock, now=now)

    # --- asking for work --------------------------------------------------------------------------------

    def submit(
        self,
        kind: JobKind[Request, Any],
        request: Request,
        project_id: str = "",
        *,
        job_id: str | None = None,
        once: bool = False,
        parent_id: str = "",
        depends_on: Sequence[str] = (),
        run_at: float | None = None,
        priority: int = 0,
        start: bool = True,
    ) -> Job:
        """Queue new work.

        ``job_id`` is for callers that had to know it before (None makes one); ``once`` returns a job that is
        under way with the same request instead of a second one. It starts when all jobs of ``depends_on`` are
        completed and ``run_at`` (Unix seconds) has come; of those that wait, the highest ``priority`` first.
        ``start=False`` is for callers in a transaction of the store: the job is a part of it, and
        :meth:`start` lets it run afterwards.
        """
        self.kind(kind.name)
        payload, at = kind.payload(request), self._now()
        if once and (known := self._active(kind.name, payload)) is not None:
            return self.take_up(known.id)
        job = Job(
            job_id or new_id("job"),
            kind.name,
            payload,
            project_id,
            created_at=at,
            updated_at=at,
            parent_id=parent_id,
            depends_on=tuple(depends_on),
            run_at=run_at,
            priority=priority,
        )
        self._store.add(job, self._me())
        if start:
            self.start(job)
        return job

    def start(self, job: Job) -> None:
        """Let a new job that is stored wait for its turn."""
        self._runner.enqueue(job)

    def kind(self, name: str) -> JobKind[Any, Any]:
        """A kind by its name. Raises ValueError for an unknown one."""
        try:
            return self._kinds[name]
        except KeyError:
            raise ValueError(f"there is no kind of job called {name!r}") from None

    def retry(self, job_id: str) -> Job:
        """Run a failed or cancelled job again, after its last finished stage; or one whose program has ended.
        Raises :class:`UsageError` for any other."""
        self._runner.store_ends()
        job = self._store.get(job_id)
        self.kind(job.kind)
        restarted = None
        if job.state in (WorkState.FAILED, WorkState.CANCELLED):
            restarted = self._store.restart(job_id, self._me())
        elif (owners := self._store.owners()).get(job_id) != self._me() and job_id in owners:
            restarted = self._taken_up(job_id, owners[job_id])
        if restarted is None:
            raise UsageError("Only a failed or cancelled job can be tried again.")
        self._runner.enqueue(restarted)
        return restarted

    def remembers(self, job: Job) -> bool:
        """Whether an ended job is kept for good."""
        kind = self._kinds.get(job.kind)
        return kind is not None and kind.remembered

    # --- looking ----------------------------------------------------------------------------------------

    def get(self, job_id: str) -> Job:
        """A job as it stands now. Raises ``NotFound``."""
        return self._runner.newest(job_id) or self._store.get(job_id)

    def list(self, active_only: bool = False) -> Jobs:
        """All jobs, or the queued and running ones, oldest first."""
        jobs = self._store.list((WorkState.QUEUED, WorkState.RUNNING) if active_only else None)
        now = [self._runner.newest(job.id) or job for job in jobs]
        return [job for job in now if not (active_only and job.state.ended)]

    def children(self, job_id: str) -> Jobs:
        """The parts of a job, oldest first."""
        return [self._runner.newest(job.id) or job for job in self._store.children(job_id)]

    def left_behind(self) -> set[str]:
        """The ids of unended jobs whose program has ended: nobody works on them."""
        return {job_id for job_id, owner in self._store.owners().items() if not is_alive(owner)}

    def in_hand(self) -> Jobs:
        """Unended jobs that some program works on, or will."""
        left = self.left_behind()
        return [job for job in self.list(active_only=True) if job.id not in left]

    def at_rest(self) -> Jobs:
        """Jobs that go on only when somebody resumes them: paused ones, and what a program that has ended
        left (parts come with the job they are a part of)."""
        dead = self.left_behind()
        left = [job for job in self.list(active_only=True) if job.paused or job.id in dead]
        ids = {job.id for job in left}
        return [job for job in left if job.kind in self._kinds and job.parent_id not in ids]

    def is_mine(self, job_id: str) -> bool:
        """Whether an unended job is this process's to do."""
        return self._store.owners().get(job_id) == self._me()

    def time_left(self, kinds: Collection[JobKind[Any, Any]] | None = None) -> float | None:
        """Seconds until everything (of some kinds) that runs and waits in this queue is done, by the speed
        measured so far; None while nothing is known, or nothing is to be done."""
        return self._runner.time_left(None if kinds is None else {kind.name for kind in kinds})

    def worked_s(self, job_id: str) -> float:
        """Seconds that a job has been at work in this process since its start; 0 for one that is not."""
        return self._runner.worked_s(job_id)

    def listen(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` (on a worker's thread) whenever a job changes; returns what stops it."""
        return self._runner.listen(listener)

    def wait(self, job_id: str, timeout_s: float | None = None) -> Job:
        """Wait for a job's end; returns it as it is then, or when the time is over."""
        deadline = None if timeout_s is None else self._clock() + timeout_s
        changed = self._runner.changed
        while True:
            with changed:
                job = self.get(job_id)
                left = WATCH_EVERY_S if deadline is None else min(WATCH_EVERY_S, deadline - self._clock())
                if job.state.ended or left <= 0:
                    return job
                told = changed.wait(left)  # at most so long: another process may be running it
            if not told:
                self.take_over(job)  # or has died over it

    def poll(self) -> None:
        """Look once at what other processes and the clock have changed: cancels, pauses, times that have
        come, jobs that can never start. The queue does so by itself while it has work."""
        self._runner.poll()

    # --- steering ---------------------------------------------------------------------------------------

    def cancel(self, job_id: str) -> Job:
        """Stop a job and its parts: a queued one at once, a running one as soon as it looks (also in another
        process); one whose program has ended is cancelled here."""
        if (running := self._runner.stop(job_id)) is not None:
            self.cancel_parts(self._store.children(job_id))
            return running
        job = self._store.get(job_id)
        if not job.state.ended:
            owner = self._store.owners().get(job_id)
            if owner != self._me() and not is_alive(owner):
                self._store.adopt(job_id, owner, self._me())
            job = self._store.request_cancel(job_id)
            self._runner.dropped(job)
        self.cancel_parts(self._store.children(job_id))
        return job

    def cancel_parts(self, parts: Sequence[Job]) -> None:
        """Cancel jobs of one lane, the last first: else one that waits would begin as the one before it
        ends."""
        for part in reversed(parts):
            if not part.state.ended:
                self.cancel(part.id)

    def pause_job(self, job_id: str) -> Job:
        """Let a job and its parts rest until they are resumed. A running one stops as soon as it looks (also
        in another process) and goes on later after its last finished stage. Raises :class:`UsageError` for a
        job that has ended."""
        job = self._store.get(job_id)
        if job.state.ended:
            raise UsageError("This job has ended.", "Only a job that waits or runs can be paused.")
        if not job.paused:
            job = self._store.schedule(job_id, PAUSED + (job.run_at or 0.0))
        for part in self._store.children(job_id):
            if not part.state.ended:
                self.pause_job(part.id)
        owner = self._store.owners().get(job_id)
        if job.state is WorkState.RUNNING and owner != self._me() and not is_alive(owner):
            job = self._store.release(job_id) or job
        self._runner.put_off(job)
        return job

    def resume_job(self, job_id: str) -> Job:
        """Go on with a job that was paused, or whose program has ended, and with its parts. Raises
        :class:`UsageError` for a job that has ended."""
        job = self._store.get(job_id)
        if job.state.ended:
            raise UsageError("This job has ended.", "A failed or cancelled job can be tried again (retry).")
        if job.paused and job.run_at is not None:
            job = self._store.schedule(job_id, (job.run_at - PAUSED) or None)
        for part in self._store.children(job_id):
            if not part.state.ended:
                self.resume_job(part.id)
        owner = self._store.owners().get(job_id)
        taken = self._taken_up(job_id, owner) if owner != self._me() else None
        if taken is not None:
            self._runner.enqueue(taken)
        self._runner.look_again()
        return taken or job

    def settle(self) -> None:
        """Let what a program that has died was working on wait, for whoever resumes it."""
        owners = self._store.owners()
        for job in self.list(active_only=True):
            owner = owners.get(job.id)
            if job.state is WorkState.RUNNING and owner is not None and not is_alive(owner):
                self._store.adopt(job.id, owner, owner)

    def take_up(self, job_id: str) -> Job:
        """Go on with an unended job whose program has ended; any other stays as it is."""
        if self._runner.newest(job_id) is not None:
            return self.get(job_id)
        owners = self._store.owners()
        taken = self._taken_up(job_id, owners[job_id]) if job_id in owners else None
        if taken is not None:
            self._runner.enqueue(taken)
        return taken or self.get(job_id)

    def take_over(self, job: Job) -> None:
        """Go on with a job that is waited for, where the program that worked on it has died."""
        if job.paused or job.kind not in self._kinds or self._runner.newest(job.id) is not None:
            return
        owner = self._store.owners().get(job.id)
        if owner is not None and owner != self._me() and not is_alive(owner):
            self.take_up(job.id)

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
        self._runner.lanes.pause(lane)

    def resume(self, lane: str) -> None:
        """Go on with what waits in a lane."""
        self._runner.lanes.resume(lane)

    def paused(self, lane: str) -> bool:
        """Whether nothing more is started in a lane."""
        return self._runner.lanes.paused(lane)

    def close(self, cancel_running: bool = False, timeout_s: float = 10.0) -> bool:
        """Stop everything. Unfinished jobs stay queued and are resumed at the next start, or are cancelled.

        Returns whether all work had stopped within ``timeout_s``.
        """
        return self._runner.close(cancel_running, timeout_s)

    def _active(self, kind: str, payload: dict[str, Any]) -> Job | None:
        same = (job for job in self.list(active_only=True) if (job.kind, job.payload) == (kind, payload))
        return next(same, None)

    def _taken_up(self, job_id: str, owner: Owner | None) -> Job | None:
        return None if is_alive(owner) else self._store.adopt(job_id, owner, self._me())

    def _resume(self, job_id: str, owner: Owner | None) -> Job | None:
        unwanted = bool(self._store.cancel_requested([job_id]))
        job = self._store.adopt(job_id, owner, self._me())
        if job is None:
            return None  # another process was first
        if unwanted:
            self._runner.dropped(self._store.request_cancel(job_id))
            return None
        if job.attempts >= MOST_CRASHES:
            self._runner.give_up(job)
            return None
        self._runner.enqueue(job)
        return job

    def _me(self) -> Owner:
        return self._runner.owner
