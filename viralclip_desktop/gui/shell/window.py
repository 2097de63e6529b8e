"""The main window: it builds the parts and wires them; the parts do the work."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, QTimer
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDragLeaveEvent, QDropEvent, QIcon
from PySide6.QtWidgets import QMainWindow, QStackedWidget, QWidget

from viralclip_desktop.domain.clip import Review
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.workflows.batch import BATCH
from viralclip_desktop.features.workflows.main_job import MAIN_JOB
from viralclip_desktop.gui.batches.feature import open_batch_dialog
from viralclip_desktop.gui.batches.watcher import FolderWatcher
from viralclip_desktop.gui.bridge.collector import Collector
from viralclip_desktop.gui.bridge.context import make_context
from viralclip_desktop.gui.bridge.images import Pictures
from viralclip_desktop.gui.bridge.later import later
from viralclip_desktop.gui.common.incoming import local_files
from viralclip_desktop.gui.common.section import SettingsSections
from viralclip_desktop.gui.exporting.export_panel import ExportPanel
from viralclip_desktop.gui.exporting.feature import export_panel
from viralclip_desktop.gui.jobs.job_row import WATCHED
from viralclip_desktop.gui.jobs.message_log import MessageLog
from viralclip_desktop.gui.jobs.queue_panel import QueuePanel
from viralclip_desktop.gui.jobs.working_page import WorkingPage
from viralclip_desktop.gui.moments.clips_page import ClipsPage
from viralclip_desktop.gui.moments.new_clips import search_anew
from viralclip_desktop.gui.projects.home_page import HomePage
from viralclip_desktop.gui.projects.opening import (
    cut_by_hand,
    find_in,
    open_address,
    open_files,
    use_subtitles,
)
from viralclip_desktop.gui.review.feature import review_batch
from viralclip_desktop.gui.session.actions import ActionTable, WindowState
from viralclip_desktop.gui.session.clip_session import ClipSession
from viralclip_desktop.gui.session.guides import Platform, SafeArea
from viralclip_desktop.gui.session.memory import WindowMemory
from viralclip_desktop.gui.session.navigation import Navigation, Page
from viralclip_desktop.gui.session.player import Player
from viralclip_desktop.gui.session.trail import Trail
from viralclip_desktop.gui.session.workspace import Workspace
from viralclip_desktop.gui.shell.actions import build_actions, enable_actions, shortcut_book
from viralclip_desktop.gui.shell.elsewhere import Elsewhere
from viralclip_desktop.gui.shell.features import ACTIONS, FEATURES, PANELS
from viralclip_desktop.gui.shell.focus import KeyboardRest
from viralclip_desktop.gui.shell.header import Header, icon_path
from viralclip_desktop.gui.shell.menu import build_menu
from viralclip_desktop.gui.shell.notifications import Notifications
from viralclip_desktop.gui.shell.on_screen import ScreenWatch, fitting
from viralclip_desktop.gui.shell.status_strip import HEIGHT_PX as STRIP_PX
from viralclip_desktop.gui.shell.status_strip import StatusStrip
from viralclip_desktop.gui.shell.upkeep import cancel_job, keep_safe, resume_work, retry_job
from viralclip_desktop.gui.shell.warm_up import warm_up
from viralclip_desktop.gui.text import tr, tr_message
from viralclip_desktop.gui.widgets.dialogs import Question
from viralclip_desktop.gui.widgets.focus_order import walk_in_order
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.toasts import ToastStack, ToastText
from viralclip_desktop.gui.widgets.typed import TakesTyped

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.gui.editor.editor_page import EditorPage
    from viralclip_desktop.gui.review.review_page import ReviewPage
    from viralclip_desktop.gui.studio.studio_page import StudioPage

_FIRST_SIZE = (1280, 760)
_FIRST_SAFE_MS = 5_000  # after the start is over
_KEEP_SAFE_MS = 15 * 60_000
_LEAST_SIZE = (960, 540)  # a 1920x1080 screen at 200 %


class MainWindow(QMainWindow):
    """One window, six pages, one session and one player."""

    def __init__(
        self, services: Services, report_bug: Callable[[Exception], None], messages: MessageLog | None = None
    ) -> None:
        """``messages``: what was said in this run so far, by a window before this one."""
        super().__init__()
        self.messages = messages or MessageLog()
        self._report_bug = report_bug
        self.setWindowTitle("ViralClip Desktop")
        self.setWindowIcon(QIcon(str(icon_path())))
        self.setAcceptDrops(True)
        self.setMinimumSize(fitting(QSize(*_LEAST_SIZE), self.screen().availableGeometry()))
        self.services = services
        self.memory = WindowMemory(services.paths.home)
        self.closing_dialog: Question | None = None
        self._sure = False
        centre = QWidget()
        self.setCentralWidget(centre)
        self.toasts = ToastStack(centre, STRIP_PX + 16)
        self.context = make_context(services, self, self.tell, self._tell_bug)
        self.pictures = Pictures(self.context.pictures, self)
        self.session = ClipSession(self.context, self)
        self.collector = Collector(self, lambda: not self.context.idle)
        self.player = Player(self.context, self)
        self.player.set_volume(self.memory.volume)
        self.player.mute(self.memory.muted)
        self.player.follow(self.session)
        self.trail = Trail(self.session, self.context)
        self.navigation = Navigation(self.session)
        self.work = Workspace(
            window=self,
            context=self.context,
            session=self.session,
            player=self.player,
            trail=self.trail,
            pictures=self.pictures,
            memory=self.memory,
            navigation=self.navigation,
            safe_area=SafeArea(self.memory, self),
        )
        self.work.keep(ActionTable(ACTIONS))
        self.work.keep(SettingsSections(FEATURES.sections))
        self.shortcuts = self.work.keep(shortcut_book(services.paths.home))
        self.actions_by_id = self.work.actions = build_actions(self.work, self.shortcuts)
        self._editor: EditorPage | None = None
        self._rest = KeyboardRest(self, lambda: self._focus_of(self.page))
        self._build_pages(centre)
        self.notifications = Notifications(self.work, self.messages, self.queue, self.working_page)
        self.elsewhere = Elsewhere(self.session, self.queue.work, self.context, self)
        self.watcher = FolderWatcher(self.work, self)
        self._safety = QTimer(self)
        self._safety.timeout.connect(partial(keep_safe, self.context))
        self._connect()
        self.navigation.show_page(Page.HOME)
        if not self.memory.restore(self):
            self.resize(fitting(QSize(*_FIRST_SIZE), self.screen().availableGeometry()))
        ScreenWatch(self).hold()
        TakesTyped(self)

    # --- pages -------------------------------------------------------------------------------------------

    @property
    def page(self) -> Page:
        """The page in view."""
        return self.navigation.page

    def _enter(self, page: Page, title: str) -> None:
        if page is not Page.EDITOR:
            self.clips_page.hold_export_panel()
        self.pages.setCurrentWidget(self._widget_of(page))
        self.header.setVisible(page is not Page.EDITOR)
        self.header.show_page(page, title)
        self._place_toasts()
        self._focus_of(page).setFocus()
        if page is Page.REVIEW:
            self.review_page.enter()
        self._hold_clip()
        self.update_actions()

    def _hold_clip(self) -> None:
        """The clip in the editor, or under review, stays while its recording is still being listened to."""
        editing = self.page in (Page.EDITOR, Page.REVIEW)
        self.clips_page.model.provisional.hold(self.session.clip if editing else None)

    @property
    def editor(self) -> EditorPage:
        """The whole editor, made now if it was not there yet."""
        return self._editor_page().whole()

    @property
    def review_page(self) -> ReviewPage:
        """The clips one after the other, made now if it was not there yet."""
        from viralclip_desktop.gui.review.review_page import ReviewPage

        return self.work.part(ReviewPage, self._build_review)

    @property
    def studio_page(self) -> StudioPage:
        """The audio studio, made now if it was not there yet."""
        from viralclip_desktop.gui.studio.studio_page import StudioPage

        return self.work.part(StudioPage, self._build_studio)

    @property
    def export_panel(self) -> ExportPanel:
        """The export choices; one panel, on whichever page is in view."""
        return export_panel(self.work)

    def update_actions(self) -> None:
        """Enable what makes sense now."""
        session, trail = self.session, self.trail
        state = WindowState(
            page=self.page,
            opened=session.loaded is not None,
            clip=session.clip is not None,
            clips=bool(session.clips),
            kept=any(clip.review is Review.KEPT for clip in session.clips),
            dropped=session.clip is not None and session.clip.review is Review.DROPPED,
            can_undo=self._can_undo(),
            can_redo=trail.can_redo,
        )
        enable_actions(self.actions_by_id, state)
        clip = session.clip
        self.actions_by_id["captions"].setChecked(clip is not None and clip.captions_on)
        for name, text, label in (
            ("undo", tr("Undo"), trail.undo_label if state.on_clips else ""),
            ("redo", tr("Redo"), trail.redo_label),
        ):
            self.actions_by_id[name].setText(f"{text}: {tr_message(label)}" if label else text)

    def _can_undo(self) -> bool:
        if self.page is Page.HOME:
            return self.home_page.project_actions.can_undo
        return self.trail.can_undo or (self.page is Page.REVIEW and self.review_page.can_undo)

    # --- start and end -----------------------------------------------------------------------------------

    def begin(self, paths: Sequence[Path] | None = None) -> None:
        """After the first paint: what was interrupted goes on, and given files are opened."""
        self.home_page.reload()
        resume_work(self.context)
        self._keep_safe()
        if paths:
            open_files(self.work, paths)

    def go_on(self, where: Callable[[], None]) -> None:
        """The same for a window that takes the place of another; ``where`` brings it to its page."""
        self._keep_safe()
        where()

    def remember(self) -> None:
        """Keep how the window is, for the next one."""
        self.memory.keep(self)
        self.memory.volume, self.memory.muted = self.player.volume, self.player.muted
        if self._editor is not None:
            self._editor.leave()

    def _keep_safe(self) -> None:
        warm_up(self)
        self._safety.start(_KEEP_SAFE_MS)
        self.elsewhere.start()
        self.watcher.start()
        later(self, _FIRST_SAFE_MS, partial(keep_safe, self.context))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask while work is running; then end every thread of ours."""
        if self.status.busy and not self._sure:
            event.ignore()
            self.closing_question()
            return
        self.remember()
        self.hide()
        self.end_work()
        event.accept()

    def end_work(self) -> None:
        """End every thread of ours; edits that wait are stored first. Safe to call twice."""
        self.elsewhere.close()
        self.watcher.close()
        self.player.close()
        self.context.close()
        self.collector.close()

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

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks through the window as one reads it. Qt asks too when what had the focus goes away."""
        if self._rest.has_gone():
            return self._rest.move_on(lambda: QMainWindow.focusNextPrevChild(self, forward))
        page = self._widget_of(self.page)
        parts = self._editor_page().reading_order() if self.page is Page.EDITOR else [page]
        walk_in_order([self.header, *parts, self.queue, self.status])
        return super().focusNextPrevChild(forward)

    def changeEvent(self, event: QEvent) -> None:
        """Whether it fills the screen is seen in the menu; in front again, its page has the keys."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange:
            self._rest.wake()
        if event.type() is QEvent.Type.WindowStateChange:
            self.actions_by_id["full_screen"].setChecked(self.isFullScreen())

    # --- files dropped anywhere ----------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome; not our own, on their way to another program."""
        if event.source() is None and local_files(event.mimeData()):
            event.acceptProposedAction()
            self.home_page.drop_zone.light(True)

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """They went away again."""
        self.home_page.drop_zone.light(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them."""
        self.home_page.drop_zone.light(False)
        event.acceptProposedAction()
        open_files(self.work, local_files(event.mimeData()))

    # --- building ----------------------------------------------------------------------------------------

    def _build_pages(self, centre: QWidget) -> None:
        actions = self.actions_by_id
        self.menu = build_menu(self, actions, self.context)
        self.header = Header(actions, self.menu)
        self.status = StatusStrip(actions["queue"], actions["messages"], self.context.services.jobs.time_left)
        self.toasts.lie_in(self.status.free_room)
        self.pages = QStackedWidget()
        self.home_page = self.work.keep(HomePage(self.context, self.pictures, actions))
        self.home_page.project_actions.moved.connect(self.update_actions)
        self.working_page = WorkingPage(self.context)
        self.clips_page = ClipsPage(
            self.session,
            self.context,
            self.player,
            self.pictures,
            actions,
            export_panel=export_panel(self.work),
        )
        self.work.keep(self.clips_page.model)
        for page in (self.home_page, self.working_page, self.clips_page):
            self.pages.addWidget(page)
        self.queue = self.work.keep(QueuePanel(self.context, self.pages, self.messages))
        self.navigation.activity = self.queue
        self.pages.currentChanged.connect(self.queue.raise_)  # a page that comes in sight lies over all
        layout = column(self.header, self.pages, self.status, gap=0)
        layout.setStretch(1, 1)
        centre.setLayout(layout)

    def _connect(self) -> None:
        navigation, context = self.navigation, self.context
        navigation.leaving.connect(self._leave_page)
        navigation.entered.connect(self._enter)
        navigation.went_home.connect(self.home_page.reload)
        navigation.job_watched.connect(self.working_page.show_job)
        navigation.title_asked.connect(self._focus_title)
        navigation.batch_asked.connect(partial(open_batch_dialog, self.work))
        navigation.find_asked.connect(partial(find_in, self.work))
        navigation.export_asked.connect(self.queue.show_export)
        navigation.tab_asked.connect(self._show_tab)
        navigation.point_asked.connect(self.clips_page.stage.set_point)
        self.home_page.source_chosen.connect(navigation.open_source)
        self.home_page.job_chosen.connect(navigation.watch_job)
        self.home_page.link_asked.connect(partial(open_address, self.work))
        self.home_page.hit_chosen.connect(navigation.open_source)
        self.working_page.cancel_asked.connect(partial(cancel_job, self.work))
        self.working_page.retry_asked.connect(partial(retry_job, context))
        self.working_page.by_hand_asked.connect(partial(cut_by_hand, self.work))
        self.working_page.subtitles_asked.connect(partial(use_subtitles, self.work))
        self.working_page.again_asked.connect(partial(search_anew, self.work))
        self.clips_page.empty.acted.connect(self.actions_by_id["new_clips"].trigger)
        self.working_page.help_asked.connect(lambda name: self.actions_by_id[name].trigger())
        self.working_page.left.connect(navigation.go_home)
        self.working_page.arrived.connect(self._show_result)
        self.working_page.clips_asked.connect(self._show_result)
        self.work.safe_area.changed.connect(self._check_safe_area)
        self._check_safe_area(self.work.safe_area.platform)
        navigation.follow()
        self.session.opened.connect(lambda _loaded: self.update_actions())
        self.session.opened.connect(self.collector.set_aside)
        self.session.reread.connect(self.collector.set_aside)
        self.session.listed.connect(self.update_actions)
        self.session.selected.connect(lambda _clip: self.update_actions())
        self.session.selected.connect(lambda _clip: self._hold_clip())
        self.session.clip_changed.connect(lambda _clip: self.update_actions())
        self.trail.moved.connect(self.update_actions)
        self.clips_page.cards.edit_asked.connect(navigation.open_editor)
        self.status.cancel_asked.connect(partial(cancel_job, self.work))
        self.context.events.job_moved.connect(self.status.show_job)
        self._connect_activity()

    def _connect_activity(self) -> None:
        queue, status, messages = self.queue, self.status, self.messages
        queue.counted.connect(status.show_counts)
        queue.paused_changed.connect(status.show_paused)
        queue.paused_changed.connect(self._keep_pause)
        queue.show_asked.connect(self._show_work)
        queue.review_asked.connect(partial(review_batch, self.work))
        queue.messages.opened.connect(self.toasts.clear)
        status.resume_asked.connect(lambda: queue.set_paused(False))
        messages.changed.connect(self._show_unread)
        self._show_unread()
        if self.memory.exports_paused:
            queue.set_paused(True)

    def _keep_pause(self, paused: bool) -> None:
        self.memory.exports_paused = paused

    def _show_unread(self) -> None:
        self.status.show_unread(self.messages.unread)

    def _show_work(self, job: Job) -> None:
        """What a job in the activity panel leads to."""
        if job.kind in WATCHED and not job.state.ended:
            self.navigation.watch_job(job)
        elif MAIN_JOB.is_of(job):
            self.navigation.open_source(str(job.result.get("source_id", "")))
        else:
            self.home_page.notifications.show_result(job)

    def _editor_page(self) -> EditorPage:
        """The editor, perhaps still in the making: what the user waits for must not hold up the window."""
        if self._editor is None:
            self._editor = self._build_editor()
        return self._editor

    def _build_editor(self) -> EditorPage:
        from viralclip_desktop.gui.editor.editor_page import EditorPage

        editor = self.work.keep(EditorPage(self.work, PANELS, self.menu))
        editor.room_changed.connect(self._place_toasts)
        self.pages.addWidget(editor)
        return editor

    def _build_review(self) -> ReviewPage:
        from viralclip_desktop.gui.review.review_page import ReviewPage

        page = ReviewPage(self.work)
        self.pages.addWidget(page)
        return page

    def _build_studio(self) -> StudioPage:
        from viralclip_desktop.gui.studio.feature import TABS
        from viralclip_desktop.gui.studio.studio_page import StudioPage

        page = StudioPage(self.work, TABS)
        self.pages.addWidget(page)
        return page

    def _widget_of(self, page: Page) -> QWidget:
        if page is Page.EDITOR:
            return self._editor_page()
        if page is Page.REVIEW:
            return self.review_page
        if page is Page.STUDIO:
            return self.studio_page
        return {Page.HOME: self.home_page, Page.WORKING: self.working_page, Page.CLIPS: self.clips_page}[page]

    def _focus_of(self, page: Page) -> QWidget:
        """Where keys go at first: nowhere that would take them."""
        if page is Page.REVIEW:
            return self.review_page
        if page is Page.STUDIO:
            return self.studio_page.in_front
        return self.clips_page.cards if page is Page.CLIPS else self.pages

    def _place_toasts(self) -> None:
        """Messages that are more than a line lie over the lower part of the picture, never over what is
        clicked."""
        below, across = 0, None
        if self.page is Page.EDITOR:
            below, across = self._editor_page().below_picture_px, self._editor_page().across_picture_px
        elif self.page is Page.CLIPS:
            below = self.clips_page.stage.below_picture_px
        elif self.page is Page.REVIEW:
            below = self.review_page.below_picture_px
        self.toasts.place_above(STRIP_PX + below + 16, across)

    def _leave_page(self, before: Page, to: Page) -> None:
        if before is Page.EDITOR and to is not Page.EDITOR:
            self._editor_page().leave()
        elif before is Page.CLIPS and to is not Page.CLIPS:
            self.clips_page.leave()
        elif before is Page.REVIEW and to is not Page.REVIEW:
            self.review_page.leave()

    def _focus_title(self) -> None:
        """The title on the page in view takes the keyboard."""
        editing = self.page is Page.EDITOR
        title = self.editor.header.title if editing else self.clips_page.inspector.title
        title.setFocus()
        title.selectAll()

    def _show_tab(self, tab_id: str) -> None:
        self.studio_page.show_tab(tab_id)

    def _check_safe_area(self, platform: Platform | None) -> None:
        self.actions_by_id["safe_area"].setChecked(platform is not None)

    def _show_result(self, job: Job) -> None:
        source_id = str(job.result.get("source_id") or job.payload.get("source_id") or "")
        if self.page is Page.WORKING and BATCH.is_of(job):
            review_batch(self.work, job)
        elif self.page is Page.WORKING and source_id:
            self.navigation.open_source(source_id)

    def _tell_bug(self, error: Exception) -> None:
        """A bug of ours: the reporter shows it, the list of messages keeps it."""
        details = "".join(traceback.format_exception(error))
        text = tr_message("Something went wrong inside ViralClip.")
        self.messages.take(ToastText(text, details=details, kind="bad"))
        self._report_bug(error)

    def tell(self, text: ToastText) -> None:
        """Show a toast, and keep what it says; only the list shows it where that is in sight already."""
        self.messages.take(text)
        if text.action or not self.queue.messages.isVisible():
            self.toasts.show_toast(text)
