"""Says that it is being looked for who speaks in a clip, and how far that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from viralclip_desktop.features.reframe.job import WATCH
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.progress import ProgressLine

if TYPE_CHECKING:
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.gui.bridge.context import Context


class WatchingLine(QWidget):
    """In sight while the recording that it is told of is being watched."""

    _jobs: dict[str, Job]

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._source_id, self._jobs = "", {}
        self.progress = ProgressLine(tr("Looking at who speaks…"), 4)
        self.setLayout(column(label(tr("Looking at who speaks…"), "note"), self.progress, gap=4))
        self._show()
        context.events.job_moved.connect(self._take)

    def follow(self, source_id: str) -> None:
        """Tell of one recording; of none without an id."""
        self._source_id = source_id
        self._show()

    def _take(self, job: Job) -> None:
        if not WATCH.is_of(job):
            return
        if job.state.ended:
            self._jobs.pop(job.id, None)
        else:
            self._jobs[job.id] = job
        self._show()

    def _show(self) -> None:
        mine = [job for job in self._jobs.values() if WATCH.request_of(job).source_id == self._source_id]
        self.setVisible(bool(mine))
        self.progress.show_share(max((job.fraction for job in mine), default=0.0))
