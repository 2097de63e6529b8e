"""The start page: drop zone, then recent projects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QListView, QMenu, QStackedWidget, QWidget

from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.gui.bridge.images import Pictures
from viralclip_desktop.gui.projects.drop_zone import DropZone
from viralclip_desktop.gui.projects.project_cards import (
    Entry,
    EntryRole,
    ProjectDelegate,
    ProjectModel,
    list_entries,
)
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.messages import EmptyState
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context

_REFRESH_MS = 150
_CONTENT = {"project", "source", "clip", "batch"}


class HomePage(QWidget):
    """Emits what the user chose: a project to open, or a job to watch."""

    source_chosen = Signal(str)
    job_chosen = Signal(object)

    def __init__(self, context: Context, pictures: Pictures, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("page")
        self._context = context
        self.drop_zone = DropZone(actions["open"])
        self.model = ProjectModel(pictures, self)
        self.cards = QListView()
        self._recent = QStackedWidget()
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self.reload)
        context.events.changed.connect(self._take_changes)
        context.events.job_moved.connect(self._take_job)

    def reload(self) -> None:
        """Read the projects anew."""
        desk = self._context.desk
        self._context.tasks.run(lambda: list_entries(desk), self._show)

    def _build(self) -> None:
        view = self.cards
        view.setModel(self.model)
        view.setItemDelegate(ProjectDelegate(view))
        view.setViewMode(QListView.ViewMode.IconMode)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setMovement(QListView.Movement.Static)
        view.setUniformItemSizes(True)
        view.setMouseTracking(True)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setAccessibleName(tr("Recent projects"))
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._show_menu)
        view.clicked.connect(self._choose)
        view.activated.connect(self._choose)
        empty = tr("No projects yet. Drop a recording above to make the first one.")
        self._recent.addWidget(EmptyState("film-strip", empty))
        self._recent.addWidget(view)
        inside = column(
            self.drop_zone, 16, label(tr("Recent"), "section"), self._recent,
            gap=8, margins=(32, 24, 32, 0),
        )  # fmt: skip
        inside.setStretch(3, 1)
        self.setLayout(inside)

    def _show(self, entries: list[Entry]) -> None:
        self.model.show_entries(entries)
        self._recent.setCurrentIndex(1 if self.model.entries else 0)

    def _take_changes(self, changes: Changes) -> None:
        if any(item.kind in _CONTENT for item in changes.items) and not self._timer.isActive():
            self._timer.start()

    def _take_job(self, job: Job) -> None:
        if job.kind == "find_clips":
            self.model.show_job(job)
            self._recent.setCurrentIndex(1 if self.model.entries else 0)
            if job.state.ended and not self._timer.isActive():
                self._timer.start()

    def _choose(self, index: QModelIndex) -> None:
        entry: Entry | None = index.data(EntryRole)
        if entry is None:
            return
        if entry.job is not None:
            self.job_chosen.emit(entry.job)
        elif entry.source_id:
            self.source_chosen.emit(entry.source_id)

    def _show_menu(self, where: QPoint) -> None:
        index = self.cards.indexAt(where)
        entry: Entry | None = index.data(EntryRole) if index.isValid() else None
        if entry is None or not entry.project_id:
            return
        menu = QMenu(self)
        menu.addAction(tr("Open"), lambda: self._choose(index))
        delete = menu.addAction(tr("Delete project"), lambda: self.delete(entry))
        delete.setEnabled(entry.job is None)
        menu.exec(self.cards.viewport().mapToGlobal(where))
        menu.deleteLater()

    def delete(self, entry: Entry) -> None:
        """Delete a project; the toast brings it back. The recording itself is never touched."""
        desk, context = self._context.desk, self._context

        def deleted(_result: object) -> None:
            back = ToastText(
                tr("“{name}” was deleted", name=entry.name),
                action=tr("Undo"),
                then=lambda: context.edits.submit(lambda: desk.undo(entry.project_id)),
            )
            context.tell(back)

        context.edits.submit(lambda: desk.delete_project(entry.project_id), done=deleted)
