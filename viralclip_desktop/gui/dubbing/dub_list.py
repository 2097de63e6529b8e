"""The dubs of a clip and of its recording: what is under way, and what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.workflows.dub import (
    EVERY_LANGUAGE,
    cancel_language,
    dubbed_as,
    dubs_of,
    is_part_of_dub,
)
from viralclip_desktop.features.workflows.dub_standing import retry_dub
from viralclip_desktop.gui.common.cancelling import cancel_work
from viralclip_desktop.gui.dubbing.dub_row import DubRow
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket


class DubList(QWidget):
    """Follows the jobs of one clip and its recording; they are found again in the store. ``read`` carries the
    jobs that were there, the latest first, ``moved`` tells that one came or went on."""

    read = Signal(object)
    moved = Signal()
    came = Signal(object)
    """A :class:`DubRow` that is new."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._clip_id = self._source_id = ""
        self._reading: Ticket | None = None
        self.rows: dict[tuple[str, str], DubRow] = {}
        """By what is dubbed and into which language."""
        self._list = column(gap=8)
        self.setLayout(column(label(tr("Dubs"), "section"), self._list, gap=8))
        self.hide()
        context.events.job_moved.connect(self.take)

    def follow(self, clip_id: str, source_id: str) -> None:
        """Tell of one clip and its recording."""
        self._clip_id, self._source_id = clip_id, source_id
        for key in [key for key in self.rows if key[0] not in (clip_id, source_id)]:
            self._drop(key)
        if self._reading is not None:
            self._reading.forget()
        services = self._context.services
        self._reading = self._context.tasks.run(lambda: dubs_of(services, (clip_id, source_id)), self._show)

    def under_way(self, subject: str, code: str) -> bool:
        """Whether a clip or recording is being dubbed into a language."""
        row = self.rows.get((subject, code))
        return row is not None and not row.job.state.ended

    def take(self, job: Job) -> None:
        """A job came, or stands otherwise."""
        if not is_part_of_dub(job):
            return
        key = dubbed_as(job)
        if key[0] not in (self._clip_id, self._source_id):
            return
        there = self.rows.get(key)
        if there is not None and there.job.id != job.id:
            if there.job.created_at > job.created_at:
                return
            self._drop(key)
        if key in self.rows:
            self.rows[key].show_job(job)
        else:
            self._add(key, job)
        self.moved.emit()

    def _show(self, jobs: Iterable[Job]) -> None:
        self._reading = None
        found = list(jobs)
        for job in reversed(found):
            there = self.rows.get(dubbed_as(job))
            if there is None or there.job.updated_at <= job.updated_at:  # else it was told meanwhile
                self.take(job)
        self.read.emit(found)

    def _add(self, key: tuple[str, str], job: Job) -> None:
        row = self.rows[key] = DubRow(job, self._source_id)
        row.cancel_asked.connect(self._cancel)
        row.retry_asked.connect(self._retry)
        row.told.connect(self._context.tell)
        self._list.insertWidget(0, row)
        self.show()
        self.came.emit(row)

    def _drop(self, key: tuple[str, str]) -> None:
        row = self.rows.pop(key)
        self._list.removeWidget(row)
        row.hide()
        row.deleteLater()
        self.setVisible(bool(self.rows))

    def _cancel(self, job_id: str) -> None:
        services, title = self._context.services, tr("Cancel this dub?")
        stays = tr("What was spoken so far stays: “Try again” goes on from there.")
        cancel_work(
            self._context, self, [job_id], lambda: cancel_language(services, job_id), title=title, stays=stays
        )

    def _retry(self, job_id: str) -> None:
        services = self._context.services

        def retry() -> Job:
            job = services.jobs.get(job_id)
            codes = [code for code in dubbed_as(job)[1:] if code != EVERY_LANGUAGE]
            return retry_dub(services, services.jobs.get(job.parent_id), codes)

        self._context.tasks.run(retry)
