"""All work as rows, newest first: exports of all projects, and the other jobs of this run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.exports import Export, WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.workflows.batch import part_of_batch
from viralclip_desktop.features.workflows.exports import EXPORT, cancel_export, cancel_exports, retry_export
from viralclip_desktop.features.workflows.posting import post_text
from viralclip_desktop.gui.bridge.images import Pictures
from viralclip_desktop.gui.common.cancelling import cancel_work
from viralclip_desktop.gui.jobs.export_row import QueueRow
from viralclip_desktop.gui.jobs.film_picture import FilmPicture
from viralclip_desktop.gui.jobs.job_row import JobRow, ask_to_cancel
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.layout import column, scrolled
from viralclip_desktop.gui.widgets.messages import EmptyState
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.gui.bridge.context import Context

_MOST_EXPORTS = 60  # older ones are on the command line: viralclip exports list
_MOST_JOBS = 60


@dataclass(frozen=True)
class Listed:
    """An export with the title of its clip."""

    export: Export
    title: str
    in_batch: bool = False
    """Whether a batch made it, whose row tells of it."""


def list_exports(services: Services) -> list[Listed]:
    """The latest exports of all projects, newest first. Blocks: called off the GUI thread."""
    listed = []
    parts = {job.id for job in services.jobs.list() if EXPORT.is_of(job) and part_of_batch(job)}
    newest = sorted(services.store.exports(), key=lambda item: item.created_at, reverse=True)
    for export in newest[:_MOST_EXPORTS]:
        try:
            title = services.store.clip(export.clip_id).title
        except NotFound:
            title = tr("A clip that was deleted")
        listed.append(Listed(export, title, export.job_id in parts))
    return listed


class WorkList(QWidget):
    """Rows that follow the store and the jobs."""

    counted = Signal(int, int)
    """How many exports, and how many other jobs, are under way."""
    ended = Signal(object)
    """An export has ended while the window was open."""
    show_asked = Signal(object)
    """A job whose result, or progress, is to be shown."""
    review_asked = Signal(object)
    """A batch whose clips are to be reviewed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._in_batches: set[str] = set()
        """Exports that batches make."""
        self._parts: dict[str, Job] = {}
        self._rows: dict[str, QueueRow] = {}
        self._others: dict[str, JobRow] = {}
        self._jobs: dict[str, Job] = {}
        self._pictures = Pictures(context.pictures, self)
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        content = QWidget()
        content.setLayout(column(self._list, None, gap=0, margins=(16, 4, 16, 16)))
        self._area = scrolled(content)
        words = tr("Imports, downloads and exports show up here while they run.")
        self._empty = EmptyState("queue", words)
        self.setLayout(column(self._empty, self._area, gap=0))
        context.events.changed.connect(self._take_changes)
        context.events.job_moved.connect(self._take_job)
        services = context.services
        context.tasks.run(lambda: services.jobs.list(active_only=True), self._show_jobs)
        self.reload()

    @property
    def rows(self) -> list[QueueRow]:
        """The exports, newest first."""
        return sorted(self._rows.values(), key=lambda row: row.export.created_at, reverse=True)

    @property
    def others(self) -> list[JobRow]:
        """The other jobs, newest first."""
        return sorted(self._others.values(), key=lambda row: row.job.created_at, reverse=True)

    @property
    def under_way(self) -> list[Job]:
        """Every job that has not ended as far as is known here."""
        jobs = [*self._jobs.values(), *self._parts.values(), *(row.job for row in self._others.values())]
        return [job for job in jobs if not job.state.ended]

    def reload(self) -> None:
        """Read the exports anew."""
        services = self._context.services
        self._context.tasks.run(lambda: list_exports(services), self._show)

    def show_paused(self, paused: bool) -> None:
        """Whether exports that wait are kept waiting."""
        for shown in self._rows.values():
            if shown.paused != paused:
                shown.paused = paused
                shown.show_export(shown.export, self._jobs.get(shown.export.id))

    def scroll_to(self, export_id: str) -> None:
        """Bring the card of an export into view."""
        if export_id in self._rows:
            self._area.ensureWidgetVisible(self._rows[export_id])

    # --- exports -----------------------------------------------------------------------------------------

    def _show(self, listed: list[Listed]) -> None:
        self._in_batches |= {entry.export.id for entry in listed if entry.in_batch}
        for entry in (one for one in reversed(listed) if one.export.id not in self._in_batches):
            shown, export = self._rows.get(entry.export.id), entry.export
            if shown is not None and shown.export.updated_at > export.updated_at:
                export = shown.export  # told while this was being read
            self._put(export, entry.title)
        self._count()

    def _put(self, export: Export, title: str = "") -> None:
        shown = self._rows.get(export.id)
        if shown is None:
            shown = self._rows[export.id] = QueueRow(
                export, title, FilmPicture(self._context.services, self._pictures)
            )
            shown.copy_asked.connect(self._copy)
            shown.cancel_asked.connect(self._cancel_export)
            shown.retry_asked.connect(self._retry_export)
            shown.told.connect(self._context.tell)
            self._insert(shown, export.created_at)
        elif export.status.ended and not shown.export.status.ended:
            self.ended.emit(export)
        shown.show_export(export, self._jobs.get(export.id), title)

    def _take_changes(self, changes: Changes) -> None:
        ids = changes.ids("export")
        if not changes.items:  # another process wrote, or a backup was put in place
            self.reload()
        if not ids:
            return
        for item in changes.items:
            if item.kind == "export" and item.after is None and item.id in self._rows:
                self._rows.pop(item.id).deleteLater()
            elif item.after is not None and item.kind == "export" and item.id in self._rows:
                self._put(item.after)
        self._count()
        if any(export_id not in self._rows and export_id not in self._in_batches for export_id in ids):
            self.reload()

    def title_of(self, export: Export) -> str:
        """What the clip of an export is called; empty where that is not known here."""
        shown = self._rows.get(export.id)
        return shown.title if shown is not None else ""

    def cancel_all(self) -> None:
        """Stop every export that runs or waits."""
        services, title = self._context.services, tr("Cancel all exports?")
        running = [row.export.job_id for row in self.rows if not row.export.status.ended]
        cancel_work(self._context, self, running, lambda: cancel_exports(services), title=title)

    def _copy(self, clip_id: str) -> None:
        store = self._context.services.store

        def copied(text: str) -> None:
            QGuiApplication.clipboard().setText(text)
            self._context.tell(ToastText(tr("Title and hashtags are copied.")))

        self._context.tasks.run(lambda: post_text(store, clip_id), copied)

    def _cancel_export(self, export_id: str) -> None:
        services, shown = self._context.services, self._rows[export_id]
        title = tr("Cancel the export of “{title}”?", title=shown.title)
        cancel_work(
            self._context,
            self,
            [shown.export.job_id],
            lambda: cancel_export(services, export_id),
            title=title,
        )

    def _retry_export(self, export_id: str) -> None:
        services = self._context.services
        self._context.tasks.run(lambda: retry_export(services, export_id))

    # --- other jobs --------------------------------------------------------------------------------------

    def _show_jobs(self, jobs: Iterable[Job]) -> None:
        """What was under way at the start; of the others events came meanwhile."""
        known = self._others.keys() | {job.id for job in self._jobs.values()}
        for job in jobs:
            if job.id not in known:
                self._take_job(job)

    def _take_job(self, job: Job) -> None:
        if part_of_batch(job):
            self._parts[job.id] = job
            self._leave_to_batch(str(job.payload.get("export_id", "")))
            return
        if EXPORT.is_of(job):
            self._take_export_job(job)
            return
        shown = self._others.get(job.id)
        if shown is None:
            shown = self._others[job.id] = JobRow(job)
            shown.cancel_asked.connect(self._cancel_job)
            shown.retry_asked.connect(self._retry_job)
            shown.show_asked.connect(self.show_asked)
            shown.review_asked.connect(self.review_asked)
            self._insert(shown, job.created_at)
            self._drop_old()
        shown.show_job(job)
        self._count()

    def _leave_to_batch(self, export_id: str) -> None:
        """The exports may have been listed before it was known whose part this one is."""
        if export_id:
            self._in_batches.add(export_id)
        if (shown := self._rows.pop(export_id, None)) is not None:
            shown.deleteLater()
            self._count()

    def _take_export_job(self, job: Job) -> None:
        export_id = str(job.payload.get("export_id", ""))
        self._jobs[export_id] = job
        shown = self._rows.get(export_id)
        if shown is not None and not shown.export.status.ended:
            shown.show_export(_with_state(shown.export, job), job)

    def _cancel_job(self, job: Job) -> None:
        ask_to_cancel(self._context, self, job)

    def _retry_job(self, job: Job) -> None:
        jobs = self._context.services.jobs
        self._context.tasks.run(lambda: jobs.retry(job.id))

    def _drop_old(self) -> None:
        for row in self.others[_MOST_JOBS:]:
            if row.job.state.ended:
                self._others.pop(row.job.id).deleteLater()

    # --- both --------------------------------------------------------------------------------------------

    def _insert(self, shown: QueueRow | JobRow, created_at: float) -> None:
        begun = [row.export.created_at for row in self._rows.values() if row is not shown]
        begun += [row.job.created_at for row in self._others.values() if row is not shown]
        self._list.insertWidget(sum(at > created_at for at in begun), shown)

    def _count(self) -> None:
        exports = sum(not row.export.status.ended for row in self._rows.values())
        others = sum(not row.job.state.ended for row in self._others.values())
        anything = bool(self._rows or self._others)
        self._empty.setVisible(not anything)
        self._area.setVisible(anything)
        self.counted.emit(exports, others)


def _with_state(export: Export, job: Job) -> Export:
    """The job may have begun before the export's own row says so."""
    begun = job.state is WorkState.RUNNING and export.status is WorkState.QUEUED
    return replace(export, status=WorkState.RUNNING) if begun else export
