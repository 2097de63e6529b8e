"""The lines of a translation: one field for each, written where it stands, Enter goes to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAbstractItemDelegate, QApplication, QListView, QScrollArea

from viralclip_desktop.features.captions import LineField
from viralclip_desktop.gui.common.line_painter import BADGE, NOTE, Badge, LineDelegate, LineEditor
from viralclip_desktop.gui.text import clock_time, tr
from viralclip_desktop.gui.widgets.layout import area_around, reveal_part
from viralclip_desktop.gui.widgets.own_keys import asks_for

Index = QModelIndex | QPersistentModelIndex
_OWN_KEYS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Up, Qt.Key.Key_Down}
_MOST_PX, _LEAST_PX = 440, 80
_AT_ONCE = 200  # more lines are laid out in batches, so that the window never waits for them


class LineModel(QAbstractListModel):
    """The fields of a clip, in its order. A text that was written shows at once, and ``written`` tells."""

    written = Signal(object, str)

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self.fields: list[LineField] = []
        self.notes: list[str] = []
        """What is to be said of each line's translation; empty where it is as it should be."""
        self.badges: list[Badge | None] = []
        """How each line stands; None where that is not told."""

    def show_fields(
        self, fields: Sequence[LineField], notes: Sequence[str], badges: Sequence[Badge | None] = ()
    ) -> None:
        """Other lines. Where only texts differ, nothing is rebuilt, so that typing goes on undisturbed."""
        told = list(badges) or [None] * len(fields)
        if [field.range for field in fields] != [field.range for field in self.fields]:
            self.beginResetModel()
            self.fields, self.notes, self.badges = list(fields), list(notes), told
            self.endResetModel()
            return
        for row, (field, note, badge) in enumerate(zip(fields, notes, told, strict=True)):
            if (field, note, badge) != (self.fields[row], self.notes[row], self.badges[row]):
                self.fields[row], self.notes[row], self.badges[row] = field, note, badge
                self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many there are."""
        return 0 if parent.isValid() else len(self.fields)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Every line can be written."""
        return super().flags(index) | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A line's parts by role."""
        if not index.isValid() or index.row() >= len(self.fields):
            return None
        field = self.fields[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return field.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row())
        if role == NOTE:
            return self.notes[index.row()]
        if role == BADGE:
            return self.badges[index.row()]
        return field if role == Qt.ItemDataRole.UserRole else None

    def _spoken(self, row: int) -> str:
        """A line for who hears the window."""
        field, badge = self.fields[row], self.badges[row]
        told = f"{clock_time(field.at)}, {field.said}: {field.text or tr('Not written yet')}"
        return ". ".join(part for part in (told, badge.text if badge else "", self.notes[row]) if part)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Keep what was written."""
        field, text = self.fields[index.row()], " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or text == field.text:
            return False
        self.fields[index.row()] = replace(field, text=text)
        self.dataChanged.emit(index, index)
        self.written.emit(field, text)
        return True


class LineList(QListView):
    """``reached`` tells which line the user went to."""

    reached = Signal(object)

    def __init__(self, name: str, beside_from_px: int | None = None) -> None:
        """``beside_from_px``: so wide a list shows the two languages side by side; None never does."""
        super().__init__()
        self.lines = LineModel(self)
        self._delegate = LineDelegate(self, beside_from_px)
        self._area: QScrollArea | None = None
        self.setModel(self.lines)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setEditTriggers(QListView.EditTrigger.DoubleClicked | QListView.EditTrigger.EditKeyPressed)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.clicked.connect(self.edit)
        self._delegate.finished.connect(self._go_on)
        self.lines.dataChanged.connect(self._check_height)

    def show_fields(
        self, fields: Sequence[LineField], notes: Sequence[str], badges: Sequence[Badge | None] = ()
    ) -> None:
        """Show the lines of a clip, with what is to be said of each."""
        many = len(fields) > _AT_ONCE
        self.setLayoutMode(QListView.LayoutMode.Batched if many else QListView.LayoutMode.SinglePass)
        self.lines.show_fields(fields, notes, badges)
        self._fit()

    def field_at(self, index: Index) -> LineField | None:
        """The line of a row; None outside."""
        found = index.data(Qt.ItemDataRole.UserRole) if index.isValid() else None
        return found if isinstance(found, LineField) else None

    def write(self, row: int) -> None:
        """Begin to write a line."""
        index = self.lines.index(row)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        if not self.visualRect(index).isValid():  # not its turn yet in a very long list
            self.setLayoutMode(QListView.LayoutMode.SinglePass)
            self.doItemsLayout()
        self.setCurrentIndex(index)
        self.scrollTo(index)
        self.edit(index)

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The preview goes along."""
        super().currentChanged(current, previous)
        field = self.field_at(current)
        focused = QApplication.focusWidget()
        if field is not None and focused is not None and (focused is self or self.isAncestorOf(focused)):
            self.reached.emit(field)
            self._reveal()

    def showEvent(self, event: QShowEvent) -> None:
        """While a line is written it stays in sight, also as the panel around is laid out."""
        super().showEvent(event)
        area = area_around(self)
        if area is not None and area is not self._area:
            self._area = area
            area.verticalScrollBar().rangeChanged.connect(self._keep_in_sight)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Who comes by Tab stands on a line."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.lines.fields:
            self.setCurrentIndex(self.lines.index(0))

    def event(self, event: QEvent) -> bool:
        """Keep Enter, Delete and the vertical arrows while focused."""
        if asks_for(event, _OWN_KEYS):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter writes the line, Delete empties it."""
        current = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current.isValid():
            self.edit(current)
        elif event.key() == Qt.Key.Key_Delete and current.isValid():
            self.lines.setData(current, "")
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other line breaks."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()
        if event.oldSize().width() != event.size().width():
            self._fit()

    def _keep_in_sight(self, _low: int, _high: int) -> None:
        if self.state() is QListView.State.EditingState:
            self._reveal()

    def _reveal(self) -> None:
        """The list is often higher than what shows of the panel, which scrolls along."""
        line = self.visualRect(self.currentIndex())
        if line.isValid():
            reveal_part(self, line.translated(self.viewport().pos()))

    def _go_on(self, editor: LineEditor, step: int) -> None:
        """Keep what was written, and go to the next line (or the one before)."""
        row = self.currentIndex().row() + step
        self.commitData(editor)
        self.closeEditor(editor, QAbstractItemDelegate.EndEditHint.NoHint)
        if step and 0 <= row < len(self.lines.fields):
            self.write(row)
        else:
            self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _check_height(self, index: Index) -> None:
        """Lay the rows out anew where a text takes more lines now, or fewer."""
        if self.visualRect(index).height() != self.sizeHintForIndex(index).height():
            self.scheduleDelayedItemsLayout()
            self._fit()

    def _fit(self) -> None:
        """As high as the lines, up to about a screenful."""
        height = 0
        for row in range(len(self.lines.fields)):
            height += self.sizeHintForRow(row)
            if height >= _MOST_PX:
                break
        self.setFixedHeight(max(_LEAST_PX, min(_MOST_PX, height + 4)))

    def sizeHint(self) -> QSize:
        """Its own height at any width."""
        return QSize(200, self.height())
