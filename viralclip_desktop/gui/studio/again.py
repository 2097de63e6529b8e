"""Sounds that are made again: jobs, by the sound that each is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.features.workflows.studio import MAKE_AGAIN, price_again, submit_again
from viralclip_desktop.gui.text import decimal, tr
from viralclip_desktop.gui.widgets.dialogs import Question
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.domain.library import LibraryEntry
    from viralclip_desktop.gui.bridge.context import Context


class Again(QObject):
    """``moved`` tells that there is another job, or how far one is; ``made`` carries the id of the sound that
    came of one."""

    moved = Signal()
    made = Signal(str)

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(host)
        self._context, self._host = context, host
        self.question: Question | None = None
        self._jobs: dict[str, Job] = {}
        self._asked: set[str] = set()
        context.events.job_moved.connect(self._take)

    def job_of(self, sound_id: str) -> Job | None:
        """The job that makes a sound again, while it is under way."""
        return self._jobs.get(sound_id)

    def begin(self, entry: LibraryEntry) -> None:
        """Make a sound again, once at a time; what costs something is made after a question."""
        services = self._context.services
        if entry.id not in self._asked and entry.id not in self._jobs:
            self._asked.add(entry.id)
            self._context.tasks.run(
                lambda: price_again(services, entry),
                lambda price_usd: self._start(entry, price_usd),
                lambda error: self._failed(entry, error),
            )

    def cancel(self, job: Job) -> None:
        """Stop a job."""
        jobs = self._context.services.jobs
        self._context.tasks.run(lambda: jobs.cancel(job.id))

    def _start(self, entry: LibraryEntry, price_usd: float) -> None:
        if not price_usd:
            self._submit(entry)
            return
        title = tr("Making it again costs up to ${price}", price=decimal(price_usd, 2))
        who = tr("It is spoken by {service}.", service=entry.asset.origin)
        text = f"{who} {tr('What was spoken before is not paid for again.')}"
        question = Question(self._host.window(), title, text, tr("Leave it"), tr("Make again"))
        self.question = question
        question.accepted.connect(lambda: self._submit(entry))
        question.rejected.connect(lambda: self._asked.discard(entry.id))
        question.finished.connect(question.deleteLater)
        question.open()

    def _submit(self, entry: LibraryEntry) -> None:
        services = self._context.services
        self._context.tasks.run(
            lambda: submit_again(services, entry),
            lambda _job: self._asked.discard(entry.id),
            lambda error: self._failed(entry, error),
        )

    def _failed(self, entry: LibraryEntry, error: Exception) -> None:
        self._asked.discard(entry.id)
        self._context.trouble(error)

    def _take(self, job: Job) -> None:
        if not MAKE_AGAIN.is_of(job):
            return
        asked = MAKE_AGAIN.request_of(job)
        if job.state.ended:
            self._jobs.pop(asked.sound, None)
            self._tell(job, asked.title)
        else:
            self._jobs[asked.sound] = job
        self.moved.emit()

    def _tell(self, job: Job, title: str) -> None:
        if job.state is WorkState.FAILED:
            self._context.trouble(Fault(job.error, job.hint, job.details))
        elif job.state is WorkState.COMPLETED:
            done = MAKE_AGAIN.result_of(job)
            text = tr("“{title}” was made again", title=title)
            if done.same:
                text = tr("“{title}” came out the same: nothing new was kept", title=title)
            self._context.tell(ToastText(text))
            self.made.emit(done.sound)
