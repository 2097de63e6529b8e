"""The job that speaks a text, followed from a speech tab, and what it has spoken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.core.errors import Fault, NotFound
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.features.voices import file_levels
from viralclip_desktop.features.workflows.studio_speech import (
    SPEAK,
    SpeechDone,
    SpeechOrder,
    submit_paragraph,
    submit_speech,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.gui.bridge.context import Context

_LEVELS = 400


class SpeechRun(QObject):
    """``moved`` tells of progress, of its end, and of another result."""

    moved = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._asking, self._unwanted = context, False, False
        self._seen: dict[str, Job] = {}
        self.job: Job | None = None
        """What was asked for last, as it stands."""
        self.order: SpeechOrder | None = None
        """What the result was spoken of."""
        self.done: SpeechDone | None = None
        """The last result that is there."""
        self.result_job = ""
        """The id of the job that made it."""
        self.levels: tuple[float, ...] = ()
        context.events.job_moved.connect(self._take)

    @property
    def works(self) -> bool:
        """Whether something is being spoken."""
        return self._asking or (self.job is not None and not self.job.state.ended)

    @property
    def fault(self) -> Fault | None:
        """Why the last try failed."""
        if self.job is None or self.job.state is not WorkState.FAILED:
            return None
        return Fault(self.job.error, self.job.hint, self.job.details)

    def start(self, order: SpeechOrder) -> None:
        """Speak a text."""
        services = self._context.services
        self._ask(lambda: submit_speech(services, order))

    def again(self, order: SpeechOrder, number: int) -> None:
        """Speak a text with one paragraph anew, counted from 1; what is as it was stays."""
        services = self._context.services
        self._ask(lambda: submit_paragraph(services, order, number))

    def take_up(self, job_id: str) -> None:
        """Follow a job from before, if it is still known."""
        services = self._context.services
        if job_id:
            self._context.tasks.run(lambda: services.jobs.get(job_id), self._asked, self._failed)

    @property
    def asked_for(self) -> Job | None:
        """The job that works, or None where it is only asked for yet."""
        return None if self._asking else self.job

    def cancel(self) -> None:
        """Stop what is being spoken, also where it is only asked for yet."""
        self._unwanted = self._asking
        if self.asked_for is not None:
            self._stop(self.asked_for)

    def _stop(self, job: Job) -> None:
        jobs = self._context.services.jobs
        self._context.tasks.run(lambda: jobs.cancel(job.id))

    def _ask(self, ask: Callable[[], Job]) -> None:
        self._asking, self._unwanted = True, False
        self._context.tasks.run(ask, self._asked, self._failed)
        self.moved.emit()

    def _asked(self, job: Job) -> None:
        self._asking = False
        self.job = self._seen.pop(job.id, job)
        self._seen.clear()
        if self._unwanted:
            self._stop(job)
        self._look()

    def _failed(self, error: Exception) -> None:
        self._asking = False
        if not isinstance(error, NotFound):
            self._context.trouble(error)
        self.moved.emit()

    def _take(self, job: Job) -> None:
        if not SPEAK.is_of(job):
            return
        if self.job is not None and job.id == self.job.id:
            self.job = job
            self._look()
        elif self._asking:
            self._seen[job.id] = job

    def _look(self) -> None:
        """Read what came of it."""
        job = self.job
        if job is not None and job.state is WorkState.COMPLETED and job.id != self.result_job:
            done, order = SPEAK.result_of(job), replace(SPEAK.request_of(job), again=())
            self._context.tasks.run(
                lambda: file_levels(done.sound, _LEVELS),
                lambda levels: self._show(job.id, done, order, levels),
                self._failed,
            )
        self.moved.emit()

    def _show(self, job_id: str, done: SpeechDone, order: SpeechOrder, levels: tuple[float, ...]) -> None:
        self.result_job, self.done, self.order, self.levels = job_id, done, order, levels
        self.moved.emit()
