"""The activity panel: a drawer over the right side of the window with all work, and all messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from viralclip_desktop.domain.exports import Export
from viralclip_desktop.features.workflows.exports import LANE
from viralclip_desktop.gui.jobs.end_notice import EndNotice
from viralclip_desktop.gui.jobs.export_row import QueueRow
from viralclip_desktop.gui.jobs.message_list import MessageList
from viralclip_desktop.gui.jobs.message_log import MessageLog
from viralclip_desktop.gui.jobs.work_list import WorkList
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.controls import SegmentedControl
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context

_WIDTH_PX = 400
WORK, MESSAGES = 0, 1


class QueuePanel(QFrame):
    """``counted`` tells how many exports and other jobs are under way."""

    counted = Signal(int, int)
    finished = Signal(object)
    """An export has ended while the window was open."""
    show_asked = Signal(object)
    """A job whose result, or progress, is to be shown."""
    review_asked = Signal(object)
    """A batch whose clips are to be reviewed."""
    paused_changed = Signal(bool)
    """Whether exports that wait are kept waiting."""

    def __init__(self, context: Context, host: QWidget, log: MessageLog) -> None:
        super().__init__(host)
        self._context, self._host = context, host
        self.setProperty("role", "drawer")
        self.setAccessibleName(tr("Activity"))
        self.work, self.messages = WorkList(context), MessageList(log)
        self.tabs = SegmentedControl(tr("Show"), [(WORK, tr("Work")), (MESSAGES, tr("Messages"))])
        self._stack = QStackedWidget()
        self.pause = IconButton("pause", "")
        self.cancel_all = IconButton("x-circle", tr("Cancel all exports"))
        self.notice = EndNotice(self)
        self._build()
        host.installEventFilter(self)
        self.hide()
        self.work.counted.connect(self._count)
        self.work.ended.connect(self._export_ended)
        self.work.show_asked.connect(self.show_asked)
        self.work.review_asked.connect(self.review_asked)
        self.tabs.chosen.connect(self.show_tab)
        self.show_tab(WORK)
        self._show_pause()

    @property
    def rows(self) -> list[QueueRow]:
        """The exports, newest first."""
        return self.work.rows

    def toggle(self) -> None:
        """Show or hide the work."""
        self._toggle(WORK)

    def toggle_messages(self) -> None:
        """Show or hide the messages."""
        self._toggle(MESSAGES)

    def show_export(self, export_id: str) -> None:
        """Show the work, with the card of an export."""
        self._bring_forward(WORK)
        self.work.scroll_to(export_id)

    def show_tab(self, tab: object) -> None:
        """The work, or the messages."""
        self.tabs.show_value(tab)
        self._stack.setCurrentIndex(MESSAGES if tab == MESSAGES else WORK)

    def toggle_pause(self) -> None:
        """Start no more exports, or go on with them. The one that is running is finished either way."""
        self.set_paused(not self._context.services.jobs.paused(LANE))

    def set_paused(self, paused: bool) -> None:
        """Keep exports that wait waiting, or let them go on."""
        jobs = self._context.services.jobs
        (jobs.pause if paused else jobs.resume)(LANE)
        self._show_pause()
        self.paused_changed.emit(paused)

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

    def _toggle(self, tab: int) -> None:
        if self.isVisible() and self._stack.currentIndex() == tab:
            self.hide()
            return
        self._bring_forward(tab)

    def _bring_forward(self, tab: int) -> None:
        self.show_tab(tab)
        self._place()
        self.show()
        self.raise_()
        self.setFocus()

    def _build(self) -> None:
        close = IconButton("x", tr("Hide the activity"))
        on_click(close, self.hide)
        on_click(self.pause, self.toggle_pause)
        on_click(self.cancel_all, self.work.cancel_all)
        head = row(
            label(tr("Activity"), "section"), None, self.cancel_all, self.pause, close, margins=(16, 12, 8, 0)
        )
        for page in (self.work, self.messages):
            self._stack.addWidget(page)
        choice = row(self.tabs, margins=(16, 0, 16, 4))
        layout = column(head, choice, self._stack, gap=8)
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def _place(self) -> None:
        width = min(_WIDTH_PX, self._host.width())
        self.setGeometry(self._host.width() - width, 0, width, self._host.height())

    def _export_ended(self, export: Export) -> None:
        self.notice.take(export, self.work.title_of(export))
        self.finished.emit(export)

    def _count(self, exports: int, others: int) -> None:
        self._show_pause()
        if not exports:
            self.notice.all_ended()
        self.counted.emit(exports, others)

    def _show_pause(self) -> None:
        paused = self._context.services.jobs.paused(LANE)
        self.pause.set_icon("play" if paused else "pause")
        self.pause.set_name(tr("Go on exporting") if paused else tr("Pause after the one that is running"))
        under_way = sum(not shown.export.status.ended for shown in self.work.rows)
        self.pause.setVisible(under_way > 0 or paused)
        self.cancel_all.setVisible(under_way > 1)
        self.work.show_paused(paused)
