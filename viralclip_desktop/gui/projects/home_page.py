"""The start page: search, drop zone, lost recordings, recent projects."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QListView, QStackedWidget, QWidget

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.media import Source
from viralclip_desktop.features.common.orders import new_clip_look
from viralclip_desktop.features.editing import add_clip
from viralclip_desktop.features.relink.job import RELINK
from viralclip_desktop.features.relink.relinking import find_missing
from viralclip_desktop.features.workflows.link import FETCH_LINK
from viralclip_desktop.features.workflows.main_job import MAIN_JOB
from viralclip_desktop.gui.bridge.images import Pictures
from viralclip_desktop.gui.projects.drop_zone import DropZone
from viralclip_desktop.gui.projects.hands_off import HandsOff
from viralclip_desktop.gui.projects.job_notifications import JobNotifications
from viralclip_desktop.gui.projects.link_field import LinkField
from viralclip_desktop.gui.projects.missing_banner import MissingBanner
from viralclip_desktop.gui.projects.project_actions import ProjectActions
from viralclip_desktop.gui.projects.project_cards import (
    Entry,
    EntryRole,
    ProjectDelegate,
    ProjectModel,
    list_entries,
)
from viralclip_desktop.gui.projects.search_page import SearchPage
from viralclip_desktop.gui.projects.search_results import Hit
from viralclip_desktop.gui.projects.welcome_card import WelcomeCard
from viralclip_desktop.gui.projects.welcome_memory import WelcomeMemory
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.messages import EmptyState
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context

_REFRESH_MS = 150
_CONTENT = {"project", "source", "clip", "batch"}
_MARGINS = (32, 24, 32, 0)
_BEFORE, _LENGTH = Time.from_seconds(5), Time.from_seconds(30)  # of a clip cut around found words


class HomePage(QWidget):
    """Emits what the user chose: a project to open, a job to watch, a sentence to go to."""

    source_chosen = Signal(str)
    job_chosen = Signal(object)
    link_asked = Signal(str)
    """The address of a video on a site, as it was typed."""
    hit_chosen = Signal(str, str, object)
    """A source, a clip of it or "", and the source time of the word that was found."""

    def __init__(self, context: Context, pictures: Pictures, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self.setObjectName("page")
        self._context = context
        self.drop_zone = DropZone(actions["open"], actions["batch"])
        self.link = LinkField()
        self.model = ProjectModel(pictures, self)
        self.cards = QListView()
        self.search = SearchPage(context)
        self.missing = MissingBanner()
        self.welcome = WelcomeCard(context)
        self.project_actions = ProjectActions(context, self)
        self.notifications = JobNotifications(context, self)
        self._memory = WelcomeMemory(context.services.paths.home)
        self.hands_off = HandsOff(context, self._memory, self)
        self._heading = label(tr("Recent"), "section")
        self._recent, self._pages = QStackedWidget(), QStackedWidget()
        self._build()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self.reload)
        self._connect()

    def reload(self) -> None:
        """Read the projects anew."""
        services = self._context.services
        self._context.tasks.run(lambda: list_entries(services), self._show)
        self._context.tasks.run(partial(find_missing, services.store), self._show_missing)

    def delete(self, entry: Entry) -> None:
        """Delete a project; the toast brings it back."""
        self.project_actions.delete(entry)

    # --- building ----------------------------------------------------------------------------------------

    def _build(self) -> None:
        empty = tr("No projects yet. Drop a recording above to make the first one.")
        hello = QWidget()
        hello.setLayout(column(self.welcome, None))
        for part in (EmptyState("film-strip", empty), self._cards_view(), hello):
            self._recent.addWidget(part)
        projects = QWidget()
        inside = column(self.drop_zone, self.link, self.missing, self._heading, self._recent, gap=16)
        inside.setStretch(4, 1)
        projects.setLayout(inside)
        self._pages.addWidget(projects)
        self._pages.addWidget(self.search)
        outer = column(self.search.field, self._pages, gap=16, margins=_MARGINS)
        outer.setStretch(1, 1)
        self.setLayout(outer)

    def _cards_view(self) -> QListView:
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
        return view

    def _connect(self) -> None:
        self.cards.customContextMenuRequested.connect(self._show_menu)
        self.cards.clicked.connect(self._choose)
        self.cards.activated.connect(self._choose)
        self.search.searching.connect(lambda on: self._pages.setCurrentIndex(1 if on else 0))
        self.search.chosen.connect(self._choose_hit)
        self.link.asked.connect(self.link_asked)
        self.drop_zone.switched.connect(self.hands_off.choose)
        self.hands_off.changed.connect(self._show_hands_off)
        self._show_hands_off()
        self.missing.folder_asked.connect(self.project_actions.choose_relink_folder)
        self.missing.cancel_asked.connect(self.project_actions.cancel)
        self.notifications.open_asked.connect(self.source_chosen)
        self.notifications.watch_asked.connect(self.job_chosen)
        self._context.events.changed.connect(self._take_changes)
        self._context.events.job_moved.connect(self._take_job)

    def _show_hands_off(self) -> None:
        self.drop_zone.show_hands_off(self.hands_off.wanted)
        self.welcome.hands_off = self.hands_off.wanted

    # --- showing -----------------------------------------------------------------------------------------

    def _show(self, entries: list[Entry]) -> None:
        self.model.show_entries(entries)
        self._show_right_page()

    def _show_right_page(self) -> None:
        any_project = bool(self.model.entries)
        if any_project and not self._memory.done:
            self._memory.mark_done()
            self._show_hands_off()
        new_here = not any_project and not self._memory.done
        if new_here:
            self.welcome.reload()
        self._recent.setCurrentIndex(1 if any_project else 2 if new_here else 0)
        self._heading.setVisible(not new_here)
        self.drop_zone.grow(not any_project)

    def _show_missing(self, missing: list[Source | Asset]) -> None:
        self.missing.show_missing(missing)
        self.model.show_missing({one.project_id for one in missing if isinstance(one, Source)})

    def _take_changes(self, changes: Changes) -> None:
        anything = not changes.items  # another process wrote, or a backup was put in place
        if (anything or any(item.kind in _CONTENT for item in changes.items)) and not self._timer.isActive():
            self._timer.start()

    def _take_job(self, job: Job) -> None:
        if RELINK.is_of(job):
            self.missing.show_job(job)
            if job.state.ended:
                self.reload()
        if MAIN_JOB.is_of(job) or FETCH_LINK.is_of(job):
            self.model.show_job(job)
            self._show_right_page()
            if job.state.ended and not self._timer.isActive():
                self._timer.start()

    # --- choosing ----------------------------------------------------------------------------------------

    def _choose(self, index: QModelIndex) -> None:
        entry: Entry | None = index.data(EntryRole)
        if entry is None:
            return
        first_clips = entry.job is not None and entry.job.result.get("clip_ids")
        if entry.job is not None and not (entry.source_id and (entry.clips or first_clips)):
            self.job_chosen.emit(entry.job)
        elif entry.source_id:
            self.source_chosen.emit(entry.source_id)

    def _choose_hit(self, hit: Hit) -> None:
        if hit.clips is not None:
            self.source_chosen.emit(hit.source_id)
            return
        if hit.clip_id:
            self.hit_chosen.emit(hit.source_id, hit.clip_id, hit.at)
            return
        self.source_chosen.emit(hit.source_id)
        text = tr("No clip has “{words}” yet.", words=hit.snippet)
        self._context.tell(ToastText(text, action=tr("Cut a clip there"), then=lambda: self._cut(hit)))

    def _cut(self, hit: Hit) -> None:
        services = self._context.services

        def cut() -> Clip:
            end = services.store.source(hit.source_id).info.duration
            start = max(ZERO, hit.at - _BEFORE)
            within, look = (
                TimeRange(start, min(end, start + _LENGTH)),
                new_clip_look(services.settings.values),
            )
            return add_clip(services.store, hit.source_id, within, look=look)

        made = self._context.edits.submit(cut)
        made.then(lambda clip: self.hit_chosen.emit(hit.source_id, clip.id, hit.at))

    def _show_menu(self, where: QPoint) -> None:
        index = self.cards.indexAt(where)
        entry: Entry | None = index.data(EntryRole) if index.isValid() else None
        if entry is None or not entry.project_id:
            return
        menu = self.project_actions.menu(entry, lambda: self._choose(index))
        menu.exec(self.cards.viewport().mapToGlobal(where))
        menu.deleteLater()
