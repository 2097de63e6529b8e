"""The history: every edit by name and time, the newest first; a click goes to that point."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from viralclip_desktop.gui.history.history_model import DoneRole, HistoryModel, Index, StateRole, WhenRole
from viralclip_desktop.gui.session.trail import Trail
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.buttons import action_button
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import EmptyState
from viralclip_desktop.gui.widgets.painting import paint_line
from viralclip_desktop.gui.widgets.search_field import SearchField

_ROW_PX = 34
_DAY_PX = 30
_LINE_X = 20  # the middle of the dots
_LONG = 20  # edits; fewer are seen at a glance


class HistoryDelegate(QStyledItemDelegate):
    """A dot on a line, the name, the time; or a day."""

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """Days are a little lower."""
        return QSize(160, _DAY_PX if index.data(StateRole) == "day" else _ROW_PX)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """One point, or one day."""
        box, state = QRect(option.rect), str(index.data(StateRole))
        if state == "day":
            font = theme().sized(tokens.TYPE_NOTE, strong=True)
            paint_line(painter, box.adjusted(12, 4, -12, 0), str(index.data()), font, "quiet")
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, box, option, state)
        self._paint_dot(painter, box, index, state)
        note = theme().sized(tokens.TYPE_NOTE, tabular=True)
        when = str(index.data(WhenRole))
        painter.setFont(note)
        wide = painter.fontMetrics().horizontalAdvance(when) + 4
        right = QRect(box.right() - 12 - wide, box.top(), wide, box.height())
        paint_line(painter, right, when, note, "quiet")
        words = QRect(_LINE_X + 16, box.top(), right.left() - _LINE_X - 28, box.height())
        font = theme().sized(tokens.TYPE_BODY, strong=state == "now")
        paint_line(painter, words, str(index.data()), font, "quiet" if state == "undone" else "text")
        painter.restore()

    def _paint_ground(self, painter: QPainter, box: QRect, option: Any, state: str) -> None:
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        inside = QRectF(box).adjusted(6, 1, -6, -1)
        if hovered or state == "now":
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme().colour("raised"))
            painter.drawRoundedRect(inside, tokens.RADIUS_CONTROL, tokens.RADIUS_CONTROL)
        if focused:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme().colour("accent"), tokens.FOCUS_WIDTH))
            painter.drawRoundedRect(inside.adjusted(1, 1, -1, -1), 5, 5)

    def _paint_dot(self, painter: QPainter, box: QRect, index: Index, state: str) -> None:
        colours, middle = theme(), box.top() + box.height() / 2
        top = box.top() if _is_point(index, -1) else middle
        bottom = box.bottom() + 1 if _is_point(index, 1) else middle
        painter.setPen(QPen(colours.colour("line"), 2))
        painter.drawLine(_LINE_X, round(top), _LINE_X, round(bottom))
        colour = {"now": "accent", "done": "quiet", "undone": "faint"}[state]
        radius = 5.0 if state == "now" else 3.5
        painter.setPen(QPen(colours.colour(colour), 1.5))
        painter.setBrush(colours.colour("surface" if state == "undone" else colour))
        painter.drawEllipse(QRectF(_LINE_X - radius, middle - radius, 2 * radius, 2 * radius))


def _is_point(index: Index, beside: int) -> bool:
    """Whether the row before or behind is one that the line goes on to."""
    return index.model().index(index.row() + beside, 0).data(DoneRole) is not None


class HistoryList(QListView):
    """The points; Enter goes to the one with the focus."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does what a click does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.clicked.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class HistoryPanel(QWidget):
    """The list, with undo and redo over it."""

    def __init__(
        self, trail: Trail, actions: Mapping[str, QAction], clock: Callable[[], float] = time.time
    ) -> None:
        """``clock``: the time now, in seconds since 1970; it tells which day is today."""
        super().__init__()
        self._trail = trail
        self.model = HistoryModel(trail, self, clock)
        self.list = HistoryList()
        self.list.setModel(self.model)
        self.list.setItemDelegate(HistoryDelegate(self.list))
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(tr("Edits, newest first"))
        self.setAccessibleName(tr("History"))
        empty = EmptyState("clock-counter-clockwise", tr("Every edit is listed here, and none is ever lost."))
        self._stack = QStackedWidget()
        self.filter = SearchField(tr("Find an edit"))
        self._none = EmptyState("magnifying-glass", tr("No edit is called that. Try another word."))
        self._stack.addWidget(empty)
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._none)
        head = row(
            label(tr("History"), "section"),
            None,
            action_button(actions["undo"], "arrow-u-up-left"),
            action_button(actions["redo"], "arrow-u-up-right"),
            gap=4,
            margins=(16, 8, 8, 4),
        )
        above = column(self.filter, margins=(12, 0, 12, 8))
        self.setLayout(column(head, above, self._stack, gap=0))
        self.filter.textChanged.connect(self._search)
        self.filter.entered_results.connect(self._enter_list)
        self.list.clicked.connect(self._go)
        trail.moved.connect(self._show)
        self._show()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The list takes it. (With the list as focus proxy, Tab would never lead out of the panel before.)"""
        self.list.setFocus(event.reason())

    def _go(self, index: QModelIndex) -> None:
        if (done := index.data(DoneRole)) is not None:
            self._trail.go_to(int(done))

    def _search(self, text: str) -> None:
        self.model.search(text)
        self._show()

    def _enter_list(self) -> None:
        """Down from the field: to the first edit found."""
        rows = (self.model.index(row) for row in range(self.model.rowCount()))
        first = next((index for index in rows if index.data(DoneRole) is not None), None)
        if first is not None:
            self.list.setCurrentIndex(first)
            self.list.setFocus()

    def _show(self) -> None:
        long = self.model.edits > _LONG
        self.filter.setVisible(long)
        if not long:
            self.filter.clear()  # else it would hide edits unseen
        nothing = 2 if self.model.edits else 0
        self._stack.setCurrentIndex(1 if self.model.rowCount() else nothing)
        self.list.viewport().update()
        if self.model.now.isValid():
            self.list.scrollTo(self.model.now)
