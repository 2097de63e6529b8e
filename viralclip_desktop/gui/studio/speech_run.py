"""The job that speaks a text, followed from a speech tab, and what it has spoken."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.features.workflows.studio_speech import (
    SPEAK,
    SpeechDone,
    SpeechOrder,
    spoken_outline,
    submit_paragraph,
    submit_speech,
)
from viralclip_desktop.gui.studio.followed_job import FollowedJob

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context


class SpeechRun(QObject):
    """``moved`` tells of progress, of its end, and of another result."""

    moved = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.work = FollowedJob(context, SPEAK, self, by_id=True)
        """The job."""
        self.order: SpeechOrder | None = None
        """What the result was spoken of."""
        self.done: SpeechDone | None = None
        """The last result that is there."""
        self.result_job = ""
        """The id of the job that made it."""
        self.outline: tuple[int, ...] = ()
        """How loud it is from beginning to end."""
        self.work.moved.connect(self.moved)
        self.work.done.connect(self._read)

    def start(self, order: SpeechOrder) -> None:
        """Speak a text."""
        services = self._context.services
        self.work.start(lambda: submit_speech(services, order))

    def again(self, order: SpeechOrder, number: int) -> None:
        """Speak a text with one paragraph anew, counted from 1; what is as it was stays."""
        services = self._context.services
        self.work.start(lambda: submit_paragraph(services, order, number))

    def _read(self, done: SpeechDone) -> None:
        """Read what came of it."""
        job = self.work.job
        if job is None:
            return
        order = replace(SPEAK.request_of(job), again=())
        self._context.tasks.run(
            lambda: spoken_outline(done.sound),
            lambda outline: self._show(job.id, done, order, outline),
            self._failed,
        )

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, NotFound):  # from before, and gone since
            self._context.trouble(error)

    def _show(self, job_id: str, done: SpeechDone, order: SpeechOrder, outline: tuple[int, ...]) -> None:
        self.result_job, self.done, self.order, self.outline = job_id, done, order, outline
        self.moved.emit()
