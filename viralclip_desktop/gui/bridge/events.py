"""What happens in the services, brought onto the GUI thread as Qt signals."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from viralclip_desktop.core.notices import Notice
from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.jobs import Job

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services

_JOB_REFRESH_MS = 80  # a job may report a thousand times a second; nobody sees more than a dozen


class ServiceEvents(QObject):
    """``changed(Changes)``, ``job_moved(Job)`` and ``noticed(Notice)``, all on the GUI thread."""

    changed = Signal(object)
    job_moved = Signal(object)
    noticed = Signal(object)
    _from_store = Signal(object)
    _from_board = Signal(object)
    _jobs_wait = Signal()

    def __init__(self, services: Services, parent: QObject) -> None:
        super().__init__(parent)
        self._lock, self._moved = threading.Lock(), dict[str, Job]()
        queued = Qt.ConnectionType.QueuedConnection
        self._from_store.connect(self._pass_changes, queued)
        self._from_board.connect(self._pass_notice, queued)
        self._jobs_wait.connect(self._schedule, queued)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_JOB_REFRESH_MS)
        self._timer.timeout.connect(self.flush)
        self._stops = [
            services.store.changes.subscribe(self._from_store.emit),
            services.notices.listen(self._from_board.emit),
            services.jobs.listen(self._take_job),
        ]

    def close(self) -> None:
        """Listen no more."""
        for stop in self._stops:
            stop()
        self._stops.clear()
        self._timer.stop()

    def flush(self) -> None:
        """Tell what waits about jobs now."""
        with self._lock:
            moved, self._moved = self._moved, {}
        for job in moved.values():
            self.job_moved.emit(job)

    def _take_job(self, job: Job) -> None:
        with self._lock:
            first = not self._moved
            self._moved[job.id] = job
        if first:
            self._jobs_wait.emit()

    def _schedule(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _pass_changes(self, changes: Changes) -> None:
        self.changed.emit(changes)

    def _pass_notice(self, notice: Notice) -> None:
        self.noticed.emit(notice)
