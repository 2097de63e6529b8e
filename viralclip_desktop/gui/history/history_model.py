"""The rows of the history: the points to go to, newest first, under the day they were made on."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QWidget

from viralclip_desktop.gui.dates import clock_words, day_words, moment_words
from viralclip_desktop.gui.session.trail import Trail
from viralclip_desktop.gui.text import plain, tr, tr_message

if TYPE_CHECKING:
    from viralclip_desktop.store.records import HistoryEntry

Index = QModelIndex | QPersistentModelIndex

DoneRole = Qt.ItemDataRole.UserRole
"""How many edits are in force at a row's point; None for a day."""
StateRole = Qt.ItemDataRole.UserRole + 1
"""``now``, ``done``, ``undone`` or ``day``."""
WhenRole = Qt.ItemDataRole.UserRole + 2


@dataclass(frozen=True)
class _Row:
    """A point (``done`` edits in force) or, without it, the name of a day."""

    name: str
    done: int | None = None
    entry: HistoryEntry | None = None


class HistoryModel(QAbstractListModel):
    """The points of a trail: after the newest edit, ..., after the first, before any. Days are named as soon
    as there is more than one."""

    def __init__(self, trail: Trail, parent: QWidget, clock: Callable[[], float] = time.time) -> None:
        super().__init__(parent)
        self._trail, self._clock = trail, clock
        self._query = ""
        self._entries: tuple[HistoryEntry, ...] = ()
        self._rows: list[_Row] = []
        trail.moved.connect(self._relist)
        self._relist()

    @property
    def now(self) -> QModelIndex:
        """The row that shows where the project stands; none while it is filtered out."""
        rows = (place for place, row in enumerate(self._rows) if row.done == self._trail.done)
        return self.index(next(rows, -1))

    @property
    def edits(self) -> int:
        """How many edits there are, shown or not."""
        return len(self._entries)

    def search(self, query: str) -> None:
        """Show only the edits whose name or time holds every word of ``query``."""
        if query != self._query:
            self._query = query
            self._rebuild()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """One more than there are edits, and the days; none while there are none."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Days can't be chosen."""
        if not index.isValid() or self._rows[index.row()].done is None:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A row's parts by role."""
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        when = clock_words(row.entry.at) if row.entry else ""
        parts = {
            Qt.ItemDataRole.DisplayRole: row.name,
            Qt.ItemDataRole.AccessibleTextRole: self._spoken(row, when),
            Qt.ItemDataRole.ToolTipRole: plain(_tooltip(row)),
            DoneRole: row.done,
            StateRole: self._state(row),
            WhenRole: when,
        }
        return parts.get(Qt.ItemDataRole(role) if role < DoneRole else role)

    def _state(self, row: _Row) -> str:
        if row.done is None:
            return "day"
        if row.done == self._trail.done:
            return "now"
        return "done" if row.done < self._trail.done else "undone"

    def _spoken(self, row: _Row, when: str) -> str:
        states = {"now": tr("here"), "undone": tr("undone")}
        return ", ".join(part for part in (row.name, when, states.get(self._state(row), "")) if part)

    def _relist(self) -> None:
        if self._trail.entries != self._entries:
            self._entries = self._trail.entries
            self._rebuild()

    def _rebuild(self) -> None:
        self.beginResetModel()
        self._rows = self._listed()
        self.endResetModel()

    def _listed(self) -> list[_Row]:
        today, words = date.fromtimestamp(self._clock()), self._query.casefold().split()
        days = len({date.fromtimestamp(entry.at) for entry in self._entries})
        rows: list[_Row] = []
        heading = ""
        for done in range(len(self._entries), 0, -1):
            entry = self._entries[done - 1]
            name, day = tr_message(entry.label), day_heading(date.fromtimestamp(entry.at), today, entry.at)
            words_of_entry = f"{name} {clock_words(entry.at)} {day}".casefold()
            if not all(word in words_of_entry for word in words):
                continue
            if days > 1 and day != heading:
                heading = day
                rows.append(_Row(day))
            rows.append(_Row(name, done, entry))
        if self._entries and not words:
            rows.append(_Row(tr("Before the first edit"), 0))
        return rows


def day_heading(day: date, today: date, at: float) -> str:
    """``Today``, ``Yesterday``, ``3 May``, ``3 May 2024`` of another year. ``at``: a moment of that day."""
    if day == today:
        return tr("Today")
    return tr("Yesterday") if day == today - timedelta(days=1) else day_words(at, year=day.year != today.year)


def _tooltip(row: _Row) -> str:
    if row.entry is not None:
        return moment_words(row.entry.at)
    return tr("Take back every edit") if row.done == 0 else ""
