"""Says that work of a kind is under way for what is in sight, and how far it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QWidget

from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.progress import ProgressLine

if TYPE_CHECKING:
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.jobs.kinds import JobKind


class WorkLine(QWidget):
    """In sight while there is work for the subject that it is told of; ``subject`` reads its id off a job."""

    _jobs: dict[str, Job]

    def __init__(
        self, context: Context, kind: JobKind[Any, Any], words: str, subject: Callable[[Job], str]
    ) -> None:
        super().__init__()
        self._kind, self._subject = kind, subject
        self._followed, self._jobs = "", {}
        self.progress = ProgressLine(words, 4)
        self.setLayout(column(label(words, "note"), self.progress, gap=4))
        self._show()
        context.events.job_moved.connect(self._take)

    def follow(self, subject_id: str) -> None:
        """Tell of one subject; of none without an id."""
        self._followed = subject_id
        self._show()

    def _take(self, job: Job) -> None:
        if not self._kind.is_of(job):
            return
        if job.state.ended:
            self._jobs.pop(job.id, None)
        else:
            self._jobs[job.id] = job
        self._show()

    def _show(self) -> None:
        mine = [job for job in self._jobs.values() if self._subject(job) == self._followed]
        self.setVisible(bool(mine))
        self.progress.show_share(max((job.fraction for job in mine), default=0.0))
