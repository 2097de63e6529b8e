"""One job that a tab of the studio has asked for: begun, followed, cancelled, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.domain.exports import WorkState

if TYPE_CHECKING:
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.jobs.kinds import JobKind


class FollowedJob(QObject):
    """At most one of a kind. ``moved`` tells that it began, went on or ended; ``done`` carries its result.
    Trouble is told by the window. One that is under way already, from before, is taken up."""

    moved = Signal()
    done = Signal(object)

    def __init__(self, context: Context, kind: JobKind[Any, Any], parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._kind = context, kind
        self._asked = self._unwanted = False
        self._job: Job | None = None
        self._ended: dict[str, Job] = {}
        context.events.job_moved.connect(self._take)
        jobs = context.services.jobs
        context.tasks.run(lambda: jobs.list(active_only=True), self._take_up)

    @property
    def running(self) -> bool:
        """Whether it is asked for, waits or works."""
        return self._asked or self._job is not None

    @property
    def share(self) -> float:
        """How much is done, 0..1."""
        return self._job.fraction if self._job is not None else 0.0

    def start(self, submit: Callable[[], Job]) -> None:
        """Begin; ``submit`` is called off the GUI thread. Nothing happens while one is under way."""
        if not self.running:
            self._asked, self._unwanted = True, False
            self.moved.emit()
            self._context.tasks.run(submit, self._begin, self._failed)

    def cancel(self) -> None:
        """Stop it, also where it is only asked for yet."""
        self._unwanted = self._asked
        if self._job is not None:
            job_id, jobs = self._job.id, self._context.services.jobs
            self._context.tasks.run(lambda: jobs.cancel(job_id))

    def _begin(self, job: Job) -> None:
        """It may have ended by now."""
        self._asked, self._job = False, job
        ended, self._ended = self._ended, {}
        self._take(ended.get(job.id, job))
        if self._unwanted:
            self.cancel()

    def _failed(self, error: Exception) -> None:
        self._asked = False
        self.moved.emit()
        self._context.trouble(error)

    def _take_up(self, jobs: Sequence[Job]) -> None:
        mine = next((job for job in jobs if self._kind.is_of(job)), None)
        if mine is not None and not self.running:
            self._begin(mine)

    def _take(self, job: Job) -> None:
        if not self._kind.is_of(job):
            return
        if self._job is None or job.id != self._job.id:
            if job.state.ended and self._asked:  # it may be the one that is asked for just now
                self._ended[job.id] = job
            return
        self._job = None if job.state.ended else job
        self.moved.emit()
        if job.state is WorkState.COMPLETED:
            self.done.emit(self._kind.result_of(job))
        elif job.state is WorkState.FAILED:
            self._context.trouble(Fault(job.error, job.hint, job.details))
