"""The export queue: a drawer over the right side of the window, newest first."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.exports import Export, WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.desk import EXPORT_LANE
from viralclip_desktop.gui.exporting.end_notice import EndNotice
from viralclip_desktop.gui.exporting.queue_row import QueueRow
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row, scrolled
from viralclip_desktop.gui.widgets.messages import EmptyState

if TYPE_CHECKING:
    from viralclip_desktop.features.desk import Desk
    from viralclip_desktop.gui.bridge.context import Context

_WIDTH_PX = 400
_MOST_ROWS = 60  # older ones are on the command line: viralclip exports list


@dataclass(frozen=True)
class Listed:
    """An export with the title of its clip."""

    export: Export
    title: str


def list_exports(desk: Desk) -> list[Listed]:
    """The latest exports of all projects, newest first. Blocks: called off the GUI thread."""
    listed = []
    for export in sorted(desk.store.exports(), key=lambda item: item.created_at, reverse=True)[:_MOST_ROWS]:
        try:
            title = desk.store.clip(export.clip_id).title
        except NotFound:
            title = tr("A clip that was deleted")
        listed.append(Listed(export, title))
    return listed


class QueuePanel(QFrame):
    """Rows that follow the store and the jobs; ``counted`` tells how many exports are under way."""

    counted = Signal(int)
    finished = Signal(object)
    """An export has ended while the window was open."""

    def __init__(self, context: Context, host: QWidget) -> None:
        super().__init__(host)
        self._context, self._host = context, host
        self._rows: dict[str, QueueRow] = {}
        self._jobs: dict[str, Job] = {}
        self.setProperty("role", "drawer")
        self.setAccessibleName(tr("Exports"))
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        self.pause = IconButton("pause", "")
        self._empty = EmptyState("export", tr("Exports show up here. Choose a clip and press Export."))
        self.notice = EndNotice(self)
        self._build()
        host.installEventFilter(self)
        self.hide()
        context.events.changed.connect(self._take_changes)
        context.events.job_moved.connect(self._take_job)
        self.reload()

    @property
    def rows(self) -> list[QueueRow]:
        """The rows, newest first."""
        return sorted(self._rows.values(), key=lambda row: row.export.created_at, reverse=True)

    def reload(self) -> None:
        """Read the exports anew."""
        desk = self._context.desk
        self._context.tasks.run(lambda: list_exports(desk), self._show)

    def toggle(self) -> None:
        """Show or hide the drawer."""
        self.setVisible(not self.isVisible())
        if self.isVisible():
            self._place()
            self.raise_()
            self.setFocus()

    def toggle_pause(self) -> None:
        """Start no more exports, or go on with them. The one that is running is finished either way."""
        jobs = self._context.desk.jobs
        if jobs.paused(EXPORT_LANE):
            jobs.resume(EXPORT_LANE)
        else:
            jobs.pause(EXPORT_LANE)
        self._show_pause()

    def _show_pause(self) -> None:
        paused = self._context.desk.jobs.paused(EXPORT_LANE)
        self.pause.set_icon("play" if paused else "pause")
        self.pause.set_name(tr("Go on exporting") if paused else tr("Pause after the one that is running"))
        under_way = any(not shown.export.status.ended for shown in self._rows.values())
        self.pause.setVisible(under_way or paused)
        for shown in self._rows.values():
            if shown.paused != paused:
                shown.paused = paused
                shown.show_export(shown.export, self._jobs.get(shown.export.id))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Stay at the right edge."""
        if event.type() is QEvent.Type.Resize:
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the drawer away."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
        else:
            super().keyPressEvent(event)

    def _build(self) -> None:
        close = IconButton("x", tr("Hide the exports"))
        on_click(close, self.hide)
        content = QWidget()
        content.setLayout(column(self._list, None, gap=0, margins=(16, 0, 16, 16)))
        self._area = scrolled(content)
        on_click(self.pause, self.toggle_pause)
        head = row(label(tr("Exports"), "section"), None, self.pause, close, margins=(16, 12, 8, 8))
        self.setLayout(column(head, self._empty, self._area, gap=0))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def _place(self) -> None:
        width = min(_WIDTH_PX, self._host.width())
        self.setGeometry(self._host.width() - width, 0, width, self._host.height())

    def _show(self, listed: list[Listed]) -> None:
        for entry in reversed(listed):
            self._put(entry.export, entry.title)
        self._count()

    def _put(self, export: Export, title: str = "") -> None:
        shown = self._rows.get(export.id)
        if shown is None:
            shown = QueueRow(export, title)
            shown.cancel_asked.connect(self._cancel)
            shown.retry_asked.connect(self._retry)
            self._rows[export.id] = shown
            self._list.insertWidget(0, shown)
        elif export.status.ended and not shown.export.status.ended:
            self.notice.take(export)
            self.finished.emit(export)
        shown.show_export(export, self._jobs.get(export.id), title)

    def _count(self) -> None:
        under_way = [row for row in self._rows.values() if not row.export.status.ended]
        self._empty.setVisible(not self._rows)
        self._area.setVisible(bool(self._rows))
        self._show_pause()
        if not under_way:
            self.notice.all_ended()
        self.counted.emit(len(under_way))

    def _take_changes(self, changes: Changes) -> None:
        ids = changes.ids("export")
        if not ids:
            return
        for item in changes.items:
            if item.kind == "export" and item.after is None and item.id in self._rows:
                self._rows.pop(item.id).deleteLater()
            elif item.after is not None and item.kind == "export" and item.id in self._rows:
                self._put(item.after)
        self._count()
        if any(export_id not in self._rows for export_id in ids):
            self.reload()

    def _take_job(self, job: Job) -> None:
        export_id = str(job.payload.get("export_id", ""))
        if job.kind != "export" or not export_id:
            return
        self._jobs[export_id] = job
        shown = self._rows.get(export_id)
        if shown is not None and not shown.export.status.ended:
            shown.show_export(_with_state(shown.export, job), job)

    def _cancel(self, export_id: str) -> None:
        desk = self._context.desk
        self._context.tasks.run(lambda: desk.cancel_export(export_id))

    def _retry(self, export_id: str) -> None:
        desk = self._context.desk
        self._context.tasks.run(lambda: desk.retry_export(export_id))


def _with_state(export: Export, job: Job) -> Export:
    """The job may have begun before the export's own row says so."""
    begun = job.state is WorkState.RUNNING and export.status is WorkState.QUEUED
    return replace(export, status=WorkState.RUNNING) if begun else export
