"""How background jobs ended, reported once: projects that came or went, found recordings, models."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.models import INSTALL_MODEL
from viralclip_desktop.features.portable.job import EXPORT_PROJECT, IMPORT_PROJECT
from viralclip_desktop.features.relink.job import RELINK
from viralclip_desktop.features.workflows.sample import TRY_SAMPLE
from viralclip_desktop.gui.text import plural, tr, tr_message
from viralclip_desktop.gui.widgets.reveal import show_in_folder
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context


class JobNotifications(QObject):
    """Turns the end of a job into a toast; ``open_asked`` and ``watch_asked`` carry what to show."""

    open_asked = Signal(str)
    """A source."""
    watch_asked = Signal(object)
    """A job."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._reported: set[str] = set()
        self._tellers: dict[str, Callable[[Job], ToastText | None]] = {
            IMPORT_PROJECT.name: self._imported,
            EXPORT_PROJECT.name: self._exported,
            RELINK.name: self._relinked,
            INSTALL_MODEL.name: self._installed,
            TRY_SAMPLE.name: self._sample_made,
        }
        context.events.job_moved.connect(self._take_job)

    def _take_job(self, job: Job) -> None:
        teller = self._tellers.get(job.kind)
        if teller is None:
            return
        if not job.state.ended:
            self._reported.discard(job.id)
            return
        if job.id in self._reported:
            return
        self._reported.add(job.id)
        if job.state is WorkState.FAILED:
            self._context.tell(ToastText(tr_message(job.error), tr_message(job.hint), job.details, "bad"))
        elif job.state is WorkState.COMPLETED and (text := teller(job)) is not None:
            self._context.tell(text)

    def show_result(self, job: Job) -> None:
        """Go to what a completed job came to."""
        if IMPORT_PROJECT.is_of(job):
            self._open(IMPORT_PROJECT.result_of(job).project_id)
        elif EXPORT_PROJECT.is_of(job):
            show_in_folder(EXPORT_PROJECT.result_of(job).path, self._context.tell)

    def _imported(self, job: Job) -> ToastText:
        made = IMPORT_PROJECT.result_of(job)
        text = tr("“{name}” was imported.", name=made.name)
        return ToastText(text, action=tr("Open"), then=lambda: self._open(made.project_id))

    def _open(self, project_id: str) -> None:
        store = self._context.services.store
        self._context.tasks.run(
            lambda: store.sources(project_id),
            lambda sources: self.open_asked.emit(sources[0].id) if sources else None,
        )

    def _exported(self, job: Job) -> ToastText:
        path = EXPORT_PROJECT.result_of(job).path
        text = tr("The project is in “{name}”.", name=path.name)
        shown = partial(show_in_folder, path, self._context.tell)
        return ToastText(text, action=tr("Show in folder"), then=shown)

    @staticmethod
    def _relinked(job: Job) -> ToastText:
        result = RELINK.result_of(job)
        found, missing = result.found, result.missing
        if not found:
            return ToastText(tr("None of them is in that folder."), tr("Try another folder or disk."))
        text = plural(found, "One recording was found", "{n} recordings were found")
        hint = plural(missing, "One is still missing.", "{n} are still missing.") if missing else ""
        return ToastText(text, hint)

    @staticmethod
    def _installed(job: Job) -> ToastText:
        text = tr("The model “{name}” is installed.", name=INSTALL_MODEL.request_of(job).model)
        return ToastText(text, tr("The next recording is transcribed with the best model there is."))

    def _sample_made(self, job: Job) -> None:
        jobs = self._context.services.jobs

        def look_up() -> Job | None:
            try:
                return jobs.get(TRY_SAMPLE.result_of(job).job_id)
            except NotFound:
                return None

        self._context.tasks.run(look_up, lambda job: self.watch_asked.emit(job) if job else None)
