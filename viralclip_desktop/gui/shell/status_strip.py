"""The quiet strip at the bottom: what is being worked on, and the way to the exports."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame

from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features import errands, main_job
from viralclip_desktop.gui.jobs.words import job_words
from viralclip_desktop.gui.text import plural, tr
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, follow, on_click
from viralclip_desktop.gui.widgets.labels import ElidedLabel
from viralclip_desktop.gui.widgets.layout import row
from viralclip_desktop.gui.widgets.progress import ProgressLine, time_left_words

HEIGHT_PX = 40
_WORK = {
    "export": "Exporting",
    main_job.KIND: "Finding clips in {name}",
    errands.INSTALL_MODEL: "Installing a speech model",
    errands.TRY_SAMPLE: "Making the sample talk",
    errands.RELINK: "Looking for recordings",
    errands.IMPORT_PROJECT: "Importing {name}",
    errands.EXPORT_PROJECT: "Packing {name}",
}


class StatusStrip(QFrame):
    """Shows the running job; ``cancel_asked`` carries its id."""

    cancel_asked = Signal(str)

    def __init__(self, queue: QAction) -> None:
        super().__init__()
        self.setProperty("role", "strip")
        self.setFixedHeight(HEIGHT_PX)
        self.setAccessibleName(tr("Work in progress"))
        self._jobs: dict[str, Job] = {}
        self._text = ElidedLabel("", "note")
        self._progress = ProgressLine(tr("Progress of the work"), 4)
        self._progress.setFixedWidth(160)
        self._cancel = IconButton("x", tr("Cancel this work"))
        self._queue = Button(tr("Exports"), "plain", "queue")
        follow(self._queue, queue)
        self._queue.setToolTip(tr("Show the exports ({key})", key=queue.shortcut().toString()))
        layout = row(self._progress, gap=12, margins=(16, 0, 8, 0))
        layout.addWidget(self._text, 1)
        layout.addWidget(self._cancel)
        layout.addWidget(self._queue)
        self.setLayout(layout)
        on_click(self._cancel, self._ask_cancel)
        self._refresh()

    @property
    def busy(self) -> bool:
        """Whether any job has not ended."""
        return bool(self._jobs)

    def show_job(self, job: Job) -> None:
        """A job moved."""
        if job.state.ended:
            self._jobs.pop(job.id, None)
        else:
            self._jobs[job.id] = job
        self._refresh()

    def show_exports(self, under_way: int) -> None:
        """How many exports are not finished."""
        self._queue.setText(tr("Exports ({n})", n=under_way) if under_way else tr("Exports"))

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
        self._text.setText(_words(job, len(self._jobs) - 1))

    def _ask_cancel(self) -> None:
        job = self._shown()
        if job is not None:
            self.cancel_asked.emit(job.id)


def _words(job: Job, waiting: int) -> str:
    parts = [job_words(job), f"{round(100 * job.fraction)} %", time_left_words(job.time_left_s)]
    if waiting:
        parts.append(plural(waiting, "{n} more waiting", "{n} more waiting"))
    return "  ·  ".join(part for part in parts if part)
