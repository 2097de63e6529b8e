"""A list of what can be heard, voices or paragraphs: painted rows with a button to play each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from viralclip_desktop.gui.studio.wave_view import paint_bars
from viralclip_desktop.gui.text import plain
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.own_keys import asks_for
from viralclip_desktop.gui.widgets.painting import paint_card, paint_line

Index = QModelIndex | QPersistentModelIndex
RowRole = Qt.ItemDataRole.UserRole
_HEIGHT_PX, _GAP_PX, _ROUND_PX, _WAVE_PX = 54, 6, 30, 76
_KEYS = {
    *(Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down),
    *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
}


@dataclass(frozen=True, slots=True)
class SoundRow:
    """``icon`` is that of its button; ``outline`` draws a small waveform where it is known."""

    id: str
    title: str
    note: str
    icon: str = "play"
    outline: tuple[int, ...] = ()


class RowModel(QAbstractListModel):
    """The rows in order."""

    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self.rows: list[SoundRow] = []

    def show_rows(self, rows: Sequence[SoundRow]) -> None:
        """Other rows."""
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def change(self, row_id: str, **parts: Any) -> None:
        """Show other parts of a row, if it is there."""
        for number, row in enumerate(self.rows):
            if row.id == row_id and replace(row, **parts) != row:
                self.rows[number] = replace(row, **parts)
                self.dataChanged.emit(self.index(number), self.index(number))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A row, or its words."""
        if not index.isValid() or index.row() >= len(self.rows):
            return None
        row = self.rows[index.row()]
        if role == RowRole:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.title}, {row.note}"
        return plain(f"{row.title}\n{row.note}") if role == Qt.ItemDataRole.ToolTipRole else None


class RowDelegate(QStyledItemDelegate):
    """Paints a row; ``played`` carries the id of one whose button was clicked."""

    played = Signal(str)

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Rows of one height."""
        return QSize(160, _HEIGHT_PX + _GAP_PX)

    def paint(self, painter: QPainter, option: Any, index: Index) -> None:
        """Button, words, waveform."""
        row: SoundRow = index.data(RowRole)
        card, colours = _card(option), theme()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        focused = selected and option.widget is not None and option.widget.hasFocus()
        painter.save()
        paint_card(painter, card, selected=selected, hovered=hovered, focused=focused)
        self._paint_button(painter, _button(card), row.icon)
        right = card.right() - 12
        if row.outline:
            right -= _WAVE_PX
            box = QRectF(right + 4, card.top() + 15, _WAVE_PX, _HEIGHT_PX - 30)
            paint_bars(painter, box, row.outline, "track_voice")
        words = QRect(card.left() + _ROUND_PX + 20, card.top() + 8, 0, 19)
        words.setRight(right - 4)
        paint_line(painter, words, row.title, colours.sized(tokens.TYPE_BODY, strong=True), "text")
        paint_line(painter, words.translated(0, 19), row.note, colours.sized(tokens.TYPE_NOTE), "quiet")
        painter.restore()

    def editorEvent(
        self, event: QEvent, model: QAbstractItemModel, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """A click on the button of a row."""
        if (
            isinstance(event, QMouseEvent)
            and event.type() == QEvent.Type.MouseButtonRelease
            and event.button() is Qt.MouseButton.LeftButton
            and _button(_card(option)).contains(event.position().toPoint())
        ):
            self.played.emit(index.data(RowRole).id)
            return True
        return super().editorEvent(event, model, option, index)

    def _paint_button(self, painter: QPainter, box: QRect, icon: str) -> None:
        painter.setPen(QPen(theme().colour("line"), 1))
        painter.setBrush(theme().colour("raised"))
        painter.drawEllipse(QRectF(box))
        theme().icon(icon, "text").paint(painter, box.adjusted(8, 8, -8, -8))


class SoundRows(QListView):
    """The list. ``chosen`` and ``played`` carry the id of a row: the arrows choose, Space plays, Enter does
    what the list is for (``acted``)."""

    chosen = Signal(str)
    played = Signal(str)
    acted = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.rows, self._delegate = RowModel(self), RowDelegate(self)
        self.setModel(self.rows)
        self.setItemDelegate(self._delegate)
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delegate.played.connect(self.played)
        self.selectionModel().currentChanged.connect(self._current_changed)
        theme().changed.connect(self.viewport().update)

    @property
    def current(self) -> str:
        """The id of the chosen row; empty for none."""
        row = self.currentIndex().data(RowRole)
        return row.id if row is not None else ""

    def show_rows(self, rows: Sequence[SoundRow], chosen: str) -> None:
        """Other rows, with one of them chosen; nothing is reported."""
        if rows == self.rows.rows and chosen == self.current:
            return
        self._silently(lambda: self.rows.show_rows(rows))
        self.show_chosen(chosen)

    def show_chosen(self, row_id: str) -> None:
        """Mark a row without reporting it."""
        number = next((n for n, row in enumerate(self.rows.rows) if row.id == row_id), -1)
        index = self.rows.index(number) if number >= 0 else QModelIndex()
        self._silently(lambda: self.setCurrentIndex(index))
        if index.isValid():
            self.scrollTo(index)

    def event(self, event: QEvent) -> bool:
        """Arrows and Space are its own while it has the focus."""
        if asks_for(event, _KEYS):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space plays, Enter acts."""
        if event.key() == Qt.Key.Key_Space and self.current:
            self.played.emit(self.current)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current:
            self.acted.emit(self.current)
        else:
            super().keyPressEvent(event)

    def _silently(self, work: Callable[[], object]) -> None:
        self.selectionModel().blockSignals(True)
        work()
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def _current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(RowRole).id)


def _card(option: Any) -> QRect:
    """As wide with the scroll bar as without it."""
    card = QRect(option.rect).adjusted(0, 0, 0, -_GAP_PX)
    if option.widget is not None:
        card.setWidth(option.widget.width() - 11)
    return card


def _button(card: QRect) -> QRect:
    return QRect(card.left() + 10, card.top() + (card.height() - _ROUND_PX) // 2, _ROUND_PX, _ROUND_PX)
