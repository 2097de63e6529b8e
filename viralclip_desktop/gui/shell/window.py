"""The main window: it builds the parts and wires them; the parts do the work."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.gui.bridge.context import make_context
from viralclip_desktop.gui.bridge.images import Pictures
from viralclip_desktop.gui.exporting.queue_panel import QueuePanel
from viralclip_desktop.gui.jobs.working_page import WorkingPage
from viralclip_desktop.gui.moments.clips_page import ClipsPage
from viralclip_desktop.gui.moments.session import Loaded
from viralclip_desktop.gui.projects.home_page import HomePage
from viralclip_desktop.gui.shell import files
from viralclip_desktop.gui.shell.actions import Page, WindowState, build_actions, enable_actions
from viralclip_desktop.gui.shell.commands import Commands
from viralclip_desktop.gui.shell.header import Header, icon_path
from viralclip_desktop.gui.shell.memory import WindowMemory
from viralclip_desktop.gui.shell.menu import build_menu
from viralclip_desktop.gui.shell.news import News
from viralclip_desktop.gui.shell.status_strip import HEIGHT_PX as STRIP_PX
from viralclip_desktop.gui.shell.status_strip import StatusStrip
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.dialogs import Question
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.toasts import ToastStack, ToastText

if TYPE_CHECKING:
    from viralclip_desktop.features.desk import Desk

_FIRST_SIZE = (1280, 760)
_FIRST_SAFE_MS = 5_000  # after the start is over
_KEEP_SAFE_MS = 15 * 60_000
_LEAST_SIZE = (1080, 640)  # a 1366x768 screen with a task bar and a title bar leaves 1366x690


class MainWindow(QMainWindow):
    """One window, three pages."""

    def __init__(self, desk: Desk, report_bug: Callable[[Exception], None]) -> None:
        super().__init__()
        self.setWindowTitle("ViralClip Desktop")
        self.setWindowIcon(QIcon(str(icon_path())))
        self.setAcceptDrops(True)
        self.setMinimumSize(*_LEAST_SIZE)
        self.desk = desk
        self.memory = WindowMemory(desk.paths.home)
        self.page = Page.HOME
        self.closing_dialog: Question | None = None
        self._sure = False
        centre = QWidget()
        self.setCentralWidget(centre)
        self.toasts = ToastStack(centre, STRIP_PX + 16)
        self.context = make_context(desk, self, self.toasts.show_toast, report_bug)
        self.pictures = Pictures(self.context.pictures, self)
        self.commands = Commands(self)
        self.actions_by_id = build_actions(self, self.commands.handlers())
        self._build_pages(centre)
        self.news = News(self)
        self._safety = QTimer(self)
        self._safety.timeout.connect(self.commands.keep_safe)
        self._connect()
        self.show_page(Page.HOME)
        if not self.memory.restore(self):
            self.resize(*_FIRST_SIZE)

    # --- pages -------------------------------------------------------------------------------------------

    def show_page(self, page: Page, title: str = "") -> None:
        """Show one of the pages."""
        if page is not Page.CLIPS:
            self.clips_page.leave()
        self.page = page
        widgets = {Page.HOME: self.home_page, Page.WORKING: self.working_page, Page.CLIPS: self.clips_page}
        self.pages.setCurrentWidget(widgets[page])
        self.header.show_page(page, title)
        below = self.clips_page.stage.below_picture_px if page is Page.CLIPS else 0
        self.toasts.place_above(STRIP_PX + below + 16)
        self.pages.setFocus()
        self.update_actions()

    def go_home(self) -> None:
        """The start page."""
        self.show_page(Page.HOME)
        self.home_page.reload()

    def open_source(self, source_id: str, clip_id: str = "") -> None:
        """The clips of a recording."""
        self.clips_page.open(source_id, clip_id)

    def watch_job(self, job: Job) -> None:
        """The progress of a recording's main job."""
        self.working_page.show_job(job)
        self.show_page(Page.WORKING, tr("Finding clips"))

    def update_actions(self) -> None:
        """Enable what makes sense now."""
        session = self.clips_page.session
        state = WindowState(page=self.page, clip=session.clip is not None, clips=bool(session.clips))
        enable_actions(self.actions_by_id, state)

    # --- start and end -----------------------------------------------------------------------------------

    def begin(self, open_path: Path | None) -> None:
        """After the first paint: what was interrupted goes on, and a given file is opened."""
        self.home_page.reload()
        self.commands.resume_work()
        self._safety.start(_KEEP_SAFE_MS)
        QTimer.singleShot(_FIRST_SAFE_MS, self, self.commands.keep_safe)
        if open_path is not None:
            self.commands.open_files([open_path])

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask while work is running; then end every thread of ours."""
        if self.status.busy and not self._sure:
            event.ignore()
            self.closing_question()
            return
        self.memory.keep(self)
        self.hide()
        self.end_work()
        event.accept()

    def end_work(self) -> None:
        """End every thread of ours; edits that wait are stored first. Safe to call twice."""
        self.clips_page.stage.close_player()
        self.context.close()

    def closing_question(self) -> None:
        """Ask whether to close while work is running."""
        if self.closing_dialog is None:
            self.closing_dialog = Question(
                self,
                tr("Work is still running"),
                tr("It will go on at the next start."),
                stay=tr("Keep working"),
                go=tr("Close"),
            )
            self.closing_dialog.finished.connect(self._answered)
            self.closing_dialog.open()

    def _answered(self, answer: int) -> None:
        if self.closing_dialog is not None:
            self.closing_dialog.deleteLater()
        self.closing_dialog = None
        if answer == Question.DialogCode.Accepted:
            QTimer.singleShot(0, self.close_without_asking)

    def close_without_asking(self) -> None:
        """Close now; running work goes on at the next start."""
        self._sure = True
        self.close()

    # --- files dropped anywhere ----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if files.local_files(event.mimeData()):
            event.acceptProposedAction()
            self.home_page.drop_zone.light(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """They went away again."""
        self.home_page.drop_zone.light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them."""
        self.home_page.drop_zone.light(False)
        event.acceptProposedAction()
        self.commands.open_files(files.local_files(event.mimeData()))

    # --- building ----------------------------------------------------------------------------------------

    def _build_pages(self, centre: QWidget) -> None:
        actions = self.actions_by_id
        menu = build_menu(self, actions, self.context, self.commands.about)
        self.header = Header(actions, menu)
        self.status = StatusStrip(actions["queue"])
        self.pages = QStackedWidget()
        self.home_page = HomePage(self.context, self.pictures, actions)
        self.working_page = WorkingPage(self.context)
        self.clips_page = ClipsPage(self.context, self.pictures, actions)
        for page in (self.home_page, self.working_page, self.clips_page):
            self.pages.addWidget(page)
        self.queue = QueuePanel(self.context, self.pages)
        layout = column(self.header, self.pages, self.status, gap=0)
        layout.setStretch(1, 1)
        centre.setLayout(layout)

    def _connect(self) -> None:
        self.home_page.source_chosen.connect(self.open_source)
        self.home_page.job_chosen.connect(self.watch_job)
        self.working_page.cancel_asked.connect(self.commands.cancel_job)
        self.working_page.retry_asked.connect(self.commands.retry_job)
        self.working_page.by_hand_asked.connect(self.commands.cut_by_hand)
        self.clips_page.empty.acted.connect(self.commands.add_clip)
        self.working_page.left.connect(self.go_home)
        self.working_page.arrived.connect(self._show_result)
        self.clips_page.session.opened.connect(self._show_clips)
        self.clips_page.state_changed.connect(self.update_actions)
        self.status.cancel_asked.connect(self.commands.cancel_job)
        self.queue.counted.connect(self.status.show_exports)
        self.context.events.job_moved.connect(self.status.show_job)

    def _show_clips(self, loaded: Loaded) -> None:
        self.show_page(Page.CLIPS, loaded.project.name)

    def _show_result(self, job: Job) -> None:
        if self.page is Page.WORKING and (source_id := str(job.result.get("source_id", ""))):
            self.open_source(source_id)

    def tell(self, text: ToastText) -> None:
        """Show a toast."""
        self.toasts.show_toast(text)
