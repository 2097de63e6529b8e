"""One job that a tab of the studio has asked for: begun, followed, cancelled, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.core.errors import Fault, NotFound
from viralclip_desktop.domain.exports import WorkState

if TYPE_CHECKING:
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.jobs.kinds import JobKind


class FollowedJob(QObject):
    """At most one at a time. ``moved`` tells that it began, went on or ended; ``done`` carries its result.
    ``by_id``: only a job that is asked for here, or by :meth:`follow`, and its failure is for the tab to
    tell; else one of the kind that is under way already is taken up, and the window tells failures."""

    moved = Signal()
    done = Signal(object)

    def __init__(
        self, context: Context, kind: JobKind[Any, Any], parent: QObject, *, by_id: bool = False
    ) -> None:
        super().__init__(parent)
        self._context, self._kind, self._by_id = context, kind, by_id
        self._asked = self._unwanted = False
        self.job: Job | None = None
        """The one that was asked for last, as it stands."""
        self._ended: dict[str, Job] = {}
        context.events.job_moved.connect(self._take)
        if not by_id:
            jobs = context.services.jobs
            context.tasks.run(lambda: jobs.list(active_only=True), self._take_up)

    @property
    def running(self) -> bool:
        """Whether it is asked for, waits or works."""
        return self._asked or (self.job is not None and not self.job.state.ended)

    @property
    def at_work(self) -> Job | None:
        """The job that waits or works; None where it is only asked for yet, or there is none."""
        return self.job if self.running and not self._asked else None

    @property
    def share(self) -> float:
        """How much is done, 0..1."""
        return self.at_work.fraction if self.at_work is not None else 0.0

    @property
    def fault(self) -> Fault | None:
        """Why the last one failed."""
        job = self.job
        if self.running or job is None or job.state is not WorkState.FAILED:
            return None
        return Fault(job.error, job.hint, job.details)

    def start(self, submit: Callable[[], Job]) -> None:
        """Begin; ``submit`` is called off the GUI thread. Nothing happens while one is under way."""
        if not self.running:
            self._asked, self._unwanted = True, False
            self.moved.emit()
            self._context.tasks.run(submit, self._begin, self._failed)

    def follow(self, job_id: str) -> None:
        """Follow a job from before, whatever came of it; nothing happens where it is not known any more."""
        jobs = self._context.services.jobs
        self._context.tasks.run(lambda: jobs.get(job_id), self._begin, self._failed)

    def cancel(self) -> None:
        """Stop it, also where it is only asked for yet."""
        self._unwanted = self._asked
        if self.at_work is not None:
            job_id, jobs = self.at_work.id, self._context.services.jobs
            self._context.tasks.run(lambda: jobs.cancel(job_id))

    def _begin(self, job: Job) -> None:
        """It may have ended by now."""
        self._asked = False
        ended, self._ended = self._ended, {}
        self._stand(ended.get(job.id, job))
        if self._unwanted:
            self.cancel()

    def _failed(self, error: Exception) -> None:
        self._asked = False
        self.moved.emit()
        if not (self._by_id and isinstance(error, NotFound)):
            self._context.trouble(error)

    def _take_up(self, jobs: Sequence[Job]) -> None:
        mine = next((job for job in jobs if self._kind.is_of(job)), None)
        if mine is not None and not self.running:
            self._begin(mine)

    def _take(self, job: Job) -> None:
        known = self.job is not None and job.id == self.job.id
        if known and not (job.state.ended and not self.running):  # its end is told once
            self._stand(job)
        elif self._asked and job.state.ended and self._kind.is_of(job):
            self._ended[job.id] = job  # it may be the one that is asked for just now

    def _stand(self, job: Job) -> None:
        self.job = job
        self.moved.emit()
        if job.state is WorkState.COMPLETED:
            self.done.emit(self._kind.result_of(job))
        elif self.fault is not None and not self._by_id:
            self._context.trouble(self.fault)
