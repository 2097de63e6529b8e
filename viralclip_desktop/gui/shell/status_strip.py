"""The quiet strip at the bottom: what is being worked on, what went wrong, and the way to all of it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame

from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.workflows.batch import part_of_batch
from viralclip_desktop.gui.jobs.words import job_words
from viralclip_desktop.gui.text import plain, plural, tr
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, follow, on_click
from viralclip_desktop.gui.widgets.labels import ElidedLabel
from viralclip_desktop.gui.widgets.layout import row
from viralclip_desktop.gui.widgets.progress import ProgressLine, time_left_words

HEIGHT_PX = 40


class StatusStrip(QFrame):
    """Shows the running job; ``cancel_asked`` carries its id."""

    cancel_asked = Signal(str)
    resume_asked = Signal()

    def __init__(
        self, queue: QAction, messages: QAction, time_left: Callable[[], float | None] = lambda: None
    ) -> None:
        """``time_left``: seconds until all work is done; one figure however many jobs run."""
        super().__init__()
        self._time_left = time_left
        self.setProperty("role", "strip")
        self.setFixedHeight(HEIGHT_PX)
        self.setAccessibleName(tr("Work in progress"))
        self._jobs: dict[str, Job] = {}
        self._text = ElidedLabel("", "note")
        self._progress = ProgressLine(tr("Progress of the work"), 4)
        self._progress.setFixedWidth(160)
        self._cancel = IconButton("x", tr("Cancel this work"))
        self._cancel.setProperty("size", "small")
        self._cancel.setIconSize(QSize(14, 14))
        self.resume = Button(tr("Exports are paused. Go on"), "plain", "play")
        self.problems = Button("", "plain", "warning-circle")
        self._queue = Button(tr("Activity"), "plain", "queue")
        follow(self._queue, queue)
        follow(self.problems, messages)
        for button, action in ((self._queue, queue), (self.problems, messages)):
            keys = action.shortcut().toString(action.shortcut().SequenceFormat.NativeText)
            button.setToolTip(plain(f"{action.text()} ({keys})" if keys else action.text()))
        layout = row(self._progress, self._cancel, gap=8, margins=(16, 0, 8, 0))
        layout.addWidget(self._text, 1)
        for part in (self.resume, self.problems, self._queue):
            layout.addWidget(part)
        self.setLayout(layout)
        on_click(self._cancel, self._ask_cancel)
        on_click(self.resume, self.resume_asked.emit)
        self.show_paused(False)
        self.show_unread(0)
        self._refresh()

    @property
    def busy(self) -> bool:
        """Whether any job has not ended."""
        return bool(self._jobs)

    def show_job(self, job: Job) -> None:
        """A job moved; a batch tells of its parts."""
        if part_of_batch(job):
            return
        if job.state.ended:
            self._jobs.pop(job.id, None)
        else:
            self._jobs[job.id] = job
        self._refresh()

    def show_counts(self, exports: int, others: int) -> None:
        """How much work is not finished."""
        n = exports + others
        self._queue.setText(tr("Activity ({n})", n=n) if n else tr("Activity"))

    def show_unread(self, errors: int) -> None:
        """How many errors nobody has looked at yet."""
        self.problems.setVisible(errors > 0)
        self.problems.setText(plural(errors, "{n} problem", "{n} problems"))

    def show_paused(self, paused: bool) -> None:
        """Whether exports that wait are kept waiting."""
        self.resume.setVisible(paused)

    def free_room(self) -> QRect:
        """What is not taken by buttons and words, in the window; brief messages lie there."""
        room = self._text.geometry().translated(self.pos())
        words = self._text.fontMetrics().horizontalAdvance(self._text.text())
        return room.adjusted(min(words + 16, room.width() // 2) if words else 0, 0, 0, 0)

    def _shown(self) -> Job | None:
        running = [job for job in self._jobs.values() if job.state is WorkState.RUNNING]
        return next(iter(running or self._jobs.values()), None)

    def _refresh(self) -> None:
        job = self._shown()
        for part in (self._progress, self._cancel):
            part.setVisible(job is not None)
        if job is None:
            self._text.setText("")
            return
        self._progress.show_share(job.fraction)
        others = len(self._jobs) - 1
        left = self._time_left() if others else job.time_left_s
        self._text.setText(_words(job, left, others))

    def _ask_cancel(self) -> None:
        job = self._shown()
        if job is not None:
            self.cancel_asked.emit(job.id)


def _words(job: Job, left_s: float | None, waiting: int) -> str:
    parts = [job_words(job), f"{round(100 * job.fraction)} %", time_left_words(left_s)]
    if waiting:
        parts.append(plural(waiting, "{n} more waiting", "{n} more waiting"))
    return "  ·  ".join(part for part in parts if part)
