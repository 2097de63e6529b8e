"""The history: every edit by name and time, the newest first; a click goes to that point."""

from __future__ import annotations

import time
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QListView,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from viralclip_desktop.gui.history.trail import Trail
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.buttons import action_button
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import EmptyState
from viralclip_desktop.gui.widgets.painting import paint_line

if TYPE_CHECKING:
    from viralclip_desktop.store.records import HistoryEntry

Index = QModelIndex | QPersistentModelIndex

DoneRole = Qt.ItemDataRole.UserRole
"""How many edits are in force at a row's point."""
StateRole = Qt.ItemDataRole.UserRole + 1
"""``now``, ``done`` or ``undone``."""
WhenRole = Qt.ItemDataRole.UserRole + 2
_ROW_PX = 34
_LINE_X = 20  # the middle of the dots


class HistoryModel(QAbstractListModel):
    """The points of a trail: after the newest edit, ..., after the first, before any."""

    def __init__(self, trail: Trail, parent: QWidget) -> None:
        super().__init__(parent)
        self._trail = trail
        self._entries: tuple[HistoryEntry, ...] = ()
        trail.moved.connect(self._relist)
        self._relist()

    @property
    def now(self) -> QModelIndex:
        """The row that shows where the project stands."""
        return self.index(len(self._entries) - self._trail.done)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """One more than there are edits; none while there are none."""
        return 0 if parent.isValid() or not self._entries else len(self._entries) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A point's parts by role."""
        if not index.isValid():
            return None
        done = len(self._entries) - index.row()
        entry = self._entries[done - 1] if done else None
        name = tr(entry.label) if entry else tr("Before the first edit")
        when = when_words(entry.at, time.time()) if entry else ""
        parts = {
            Qt.ItemDataRole.DisplayRole: name,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken(name, when, done),
            Qt.ItemDataRole.ToolTipRole: self._tooltip(entry),
            DoneRole: done,
            StateRole: self._state(done),
            WhenRole: when,
        }
        return parts.get(Qt.ItemDataRole(role) if role < DoneRole else role)

    def _state(self, done: int) -> str:
        if done == self._trail.done:
            return "now"
        return "done" if done < self._trail.done else "undone"

    def _spoken(self, name: str, when: str, done: int) -> str:
        states = {"now": tr("here"), "done": "", "undone": tr("undone")}
        return ", ".join(part for part in (name, when, states[self._state(done)]) if part)

    def _tooltip(self, entry: HistoryEntry | None) -> str:
        if entry is None:
            return tr("Take back every edit")
        return datetime.fromtimestamp(entry.at).strftime("%c")

    def _relist(self) -> None:
        if self._trail.entries != self._entries:
            self.beginResetModel()
            self._entries = self._trail.entries
            self.endResetModel()


class HistoryDelegate(QStyledItemDelegate):
    """A dot on a line, the name, the time."""

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Rows of one height."""
        return QSize(160, _ROW_PX)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """One point."""
        box, state = QRect(option.rect), str(index.data(StateRole))
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
        rows = index.model().rowCount()
        top = middle if index.row() == 0 else box.top()
        bottom = middle if index.row() == rows - 1 else box.bottom() + 1
        painter.setPen(QPen(colours.colour("line"), 2))
        painter.drawLine(_LINE_X, round(top), _LINE_X, round(bottom))
        colour = {"now": "accent", "done": "quiet", "undone": "faint"}[state]
        radius = 5.0 if state == "now" else 3.5
        painter.setPen(QPen(colours.colour(colour), 1.5))
        painter.setBrush(colours.colour("surface" if state == "undone" else colour))
        painter.drawEllipse(QRectF(_LINE_X - radius, middle - radius, 2 * radius, 2 * radius))


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

    def __init__(self, trail: Trail, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._trail = trail
        self.model = HistoryModel(trail, self)
        self.list = HistoryList()
        self.list.setModel(self.model)
        self.list.setItemDelegate(HistoryDelegate(self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.list.setAccessibleName(tr("Edits, newest first"))
        self.setFocusProxy(self.list)
        empty = EmptyState("clock-counter-clockwise", tr("Every edit is listed here, and none is ever lost."))
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(self.list)
        head = row(
            label(tr("History"), "section"),
            None,
            action_button(actions["undo"], "arrow-u-up-left"),
            action_button(actions["redo"], "arrow-u-up-right"),
            gap=4,
            margins=(16, 8, 8, 4),
        )
        self.setLayout(column(head, self._stack, gap=0))
        self.list.clicked.connect(self._go)
        trail.moved.connect(self._show)
        self._show()

    def _go(self, index: QModelIndex) -> None:
        self._trail.go_to(int(index.data(DoneRole)))

    def _show(self) -> None:
        self._stack.setCurrentIndex(1 if self.model.rowCount() else 0)
        self.list.viewport().update()
        if self.model.rowCount():
            self.list.scrollTo(self.model.now)


def when_words(at: float, now: float) -> str:
    """``14:32``, ``Mon 14:32`` or ``3 May``, by how long ago it was; local time."""
    then = datetime.fromtimestamp(at)
    if datetime.fromtimestamp(now).date() == then.date():
        return then.strftime("%H:%M")
    if now - at < 6 * 86_400:
        return then.strftime("%a %H:%M")
    return f"{then.day} {then.strftime('%b')}"
