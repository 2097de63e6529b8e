"""Having a clip translated before it is dubbed: asked, followed, cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.features.translation import any_engine
from viralclip_desktop.features.workflows.translate import TRANSLATE, TranslateOrder, submit_translation
from viralclip_desktop.gui.text import tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.progress import ProgressLine

if TYPE_CHECKING:
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.gui.bridge.context import Context


class TranslationRun(QWidget):
    """In sight while the clip is being translated. ``moved`` tells that this began or ended, or whether it is
    possible."""

    moved = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._clip_id = context, ""
        self._jobs: dict[str, Job] = {}
        self._asked: set[str] = set()
        self._failed: dict[str, Job] = {}
        self.possible = False
        """Whether an engine is set up, as far as is known."""
        self._what = label("", "note", wrap=True)
        self.progress = ProgressLine(tr("Progress of the translation"), 4)
        self.cancel = Button(tr("Cancel"), "link")
        self.setLayout(column(self._what, self.progress, row(None, self.cancel), gap=4))
        self.hide()
        on_click(self.cancel, self._cancel)
        context.events.job_moved.connect(self._take)

    @property
    def language(self) -> str:
        """The code of the language the clip is being translated into; empty for none."""
        job = self._mine()
        return TRANSLATE.request_of(job).language if job is not None else ""

    def follow(self, clip_id: str) -> None:
        """Tell of one clip."""
        if clip_id != self._clip_id:
            self._clip_id = clip_id
            jobs = self._context.services.jobs
            self._context.tasks.run(lambda: jobs.list(active_only=True), self._take_all)
            self._show()

    def begin(self, code: str) -> None:
        """Have the lines translated that have no translation yet."""
        services, order = self._context.services, TranslateOrder(self._clip_id, code)
        self._context.tasks.run(lambda: submit_translation(services, order), self._begun)

    def look_for_an_engine(self) -> None:
        """One may have been set up since."""
        self._context.tasks.run(lambda: any_engine(self._context.services), self._know)

    def _know(self, possible: bool) -> None:
        if possible != self.possible:
            self.possible = possible
            self.moved.emit()

    def _begun(self, job: Job) -> None:
        """It may have failed by now."""
        self._asked.add(job.id)
        self._tell_failure(job.id)

    def _tell_failure(self, job_id: str) -> None:
        """Once, to who asked for it."""
        if job_id in self._asked and job_id in self._failed:
            self._asked.discard(job_id)
            job = self._failed[job_id]
            self._context.trouble(Fault(job.error, job.hint, job.details))

    def _take_all(self, jobs: Sequence[Job]) -> None:
        for job in jobs:
            self._take(job)

    def _take(self, job: Job) -> None:
        if not TRANSLATE.is_of(job):
            return
        known = self._jobs.pop(job.id, None)
        if not job.state.ended:
            self._jobs[job.id] = job
        elif job.state is WorkState.FAILED:
            self._failed[job.id] = job
            self._tell_failure(job.id)
        self._show()
        if (known is None) is not job.state.ended:
            self.moved.emit()

    def _mine(self) -> Job | None:
        mine = (job for job in self._jobs.values() if TRANSLATE.request_of(job).subject == self._clip_id)
        return next(mine, None)

    def _show(self) -> None:
        job = self._mine()
        self.setVisible(job is not None)
        if job is not None:
            language = tr_message(language_name(TRANSLATE.request_of(job).language))
            self._what.setText(tr("Translating into {language}…", language=language))
            self.progress.show_share(job.fraction)

    def _cancel(self) -> None:
        job, jobs = self._mine(), self._context.services.jobs
        if job is not None:
            self._context.tasks.run(lambda: jobs.cancel(job.id))
