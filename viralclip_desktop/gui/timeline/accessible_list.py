"""All items of the timeline as a list: for the keyboard and for screen readers, beside the painting.

A strip of one pixel until somebody tabs to it (or asks for it with its button); then it unfolds over the
left of the tracks. Rows are made when they are shown, so that ten thousand cost nothing.
"""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import Any

from PySide6.QtCore import QAbstractListModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QListView, QWidget

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.timeline.control import TimelineControl
from viralclip_desktop.gui.timeline.model import LAYERS, Item, Key, TimelineModel
from viralclip_desktop.gui.timeline.spoken import described
from viralclip_desktop.gui.widgets.own_keys import asks_for

Index = QModelIndex | QPersistentModelIndex
_UNFOLDED_PX = 340
_FOLDED_PX = 1
_OWN_KEYS = {
    Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete,
    Qt.Key.Key_PageUp, Qt.Key.Key_PageDown,
}  # fmt: skip


class ItemModel(QAbstractListModel):
    """One row an item, track by track."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._model: TimelineModel | None = None
        self._firsts: list[int] = [0]

    def show_model(self, model: TimelineModel) -> None:
        """Other items."""
        self.beginResetModel()
        self._model = model
        self._firsts = [0, *accumulate(len(lane) for lane in model.lanes)]
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many items there are."""
        return 0 if parent.isValid() else self._firsts[-1]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What an item is, in words."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return self.sentence(index.row()) if index.isValid() else None

    def item(self, row: int) -> Item | None:
        """The item of a row."""
        if self._model is None or not 0 <= row < self._firsts[-1]:
            return None
        lane = bisect_right(self._firsts, row) - 1
        return self._model.lanes[lane].item(row - self._firsts[lane])

    def sentence(self, row: int) -> str:
        """Such as ``Caption 3 of 12: Nobody tells you this, 0:04.2 to 0:06.0``."""
        item = self.item(row)
        if item is None or self._model is None:
            return ""
        lanes = self._model.lanes
        own = [n for n, lane in enumerate(lanes) if lane.kind is item.key.kind]
        number = row - self._firsts[own[0]] + 1  # lanes of one kind lie side by side
        return described(item, number, sum(len(lanes[n]) for n in own))

    def row_of(self, key: Key) -> int | None:
        """The row of an item."""
        for number, lane in enumerate(self._model.lanes if self._model else ()):
            place = lane.index_of(key)
            if place is not None:
                return self._firsts[number] + place
        return None


class ItemList(QListView):
    """Arrows move, Enter seeks (and opens a layer), Delete deletes, the menu key tells what else there is."""

    deleted = Signal(bool)
    """Whether the gap is to be closed as well."""
    menu_asked = Signal(object, object)
    opened = Signal(object)
    """Enter on a layer: its :class:`Key`."""
    folded = Signal(bool)

    def __init__(self, control: TimelineControl, parent: QWidget) -> None:
        super().__init__(parent)
        self._control, self._kept = control, False
        self.items = ItemModel(self)
        self.setObjectName("timelineItems")
        self.setModel(self.items)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setAccessibleName(tr("Items of the timeline"))
        self.setAccessibleDescription(tr("Enter goes there and opens a layer, Delete takes it away"))
        self.setStyleSheet(_LOOK)
        self._followed = False
        self.selectionModel().selectionChanged.connect(lambda *_: self._chosen())
        self.selectionModel().currentChanged.connect(lambda *_: self._stood())
        control.remodelled.connect(self._remodelled)
        control.selection_changed.connect(self._follow_selection)

    # --- folding -----------------------------------------------------------------------------------------

    @property
    def unfolded(self) -> bool:
        """Whether it can be read on the screen."""
        return self._kept or self.hasFocus()

    def keep_unfolded(self, on: bool) -> None:
        """Hold it open, or let it fold."""
        self._kept = on
        if on:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.clearFocus()
        self.place()
        self.folded.emit(not on)

    def place(self) -> None:
        """At the left of the painting."""
        host = self.parentWidget()
        if host is not None:
            width = min(_UNFOLDED_PX, host.width()) if self.unfolded else _FOLDED_PX
            self.setGeometry(QRect(0, 0, width, host.height()))
            self.raise_()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Unfold, and stand on something."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.items.rowCount():
            self.setCurrentIndex(self.items.index(0))
        self.place()
        self._stood()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Fold."""
        super().focusOutEvent(event)
        self.place()
        self._control.scene.current = None
        self._control.repaint.emit()

    # --- keys --------------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """These keys are the list's while it has the focus."""
        if asks_for(event, _OWN_KEYS):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter seeks, Delete deletes; the rest is the list's own."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._seek()
            self._open()
        elif key == Qt.Key.Key_Delete:
            self.deleted.emit(bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Escape:
            self.keep_unfolded(False)
        elif key == Qt.Key.Key_Menu:
            self._ask_for_menu()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, _event: object) -> None:
        """Go there, and open a layer."""
        self._seek()
        self._open()

    def _ask_for_menu(self) -> None:
        item = self.items.item(self.currentIndex().row())
        if item is not None:
            corner = self.visualRect(self.currentIndex()).bottomLeft()
            self.menu_asked.emit(item.key, self.viewport().mapToGlobal(corner))

    def _seek(self) -> None:
        item = self.items.item(self.currentIndex().row())
        if item is not None:
            self._control.seek(item.range.start)

    def _open(self) -> None:
        item = self.items.item(self.currentIndex().row())
        if item is not None and item.key.kind in LAYERS:
            self.opened.emit(item.key)

    # --- both ways -----------------------------------------------------------------------------------------

    def _stood(self) -> None:
        """The painting shows where the keyboard stands."""
        item = self.items.item(self.currentIndex().row())
        if item is not None and self.hasFocus():
            self._control.scene.current = item.key
            self._control.reveal(item.key)

    def _chosen(self) -> None:
        if not self._followed:
            found = [self.items.item(index.row()) for index in self.selectedIndexes()]
            self._followed = True
            self._control.selection.put(item.key for item in found if item is not None)
            self._followed = False

    def _follow_selection(self) -> None:
        if self._followed or not self.unfolded:
            return
        self._followed = True
        self.clearSelection()
        rows = [self.items.row_of(key) for key in self._control.selection.keys]
        for row in rows[:200]:
            if row is not None:
                flag = self.selectionModel().SelectionFlag.Select
                self.selectionModel().select(self.items.index(row), flag)
        self._followed = False

    def _remodelled(self) -> None:
        """The same row, or the one that took its place, stays the current one."""
        row = self.currentIndex().row()
        self._followed = True
        self.items.show_model(self._control.model)
        count = self.items.rowCount()
        if row >= 0 and count:
            self.selectionModel().setCurrentIndex(
                self.items.index(min(row, count - 1)), self.selectionModel().SelectionFlag.NoUpdate
            )
        self._followed = False
        self._follow_selection()


_LOOK = """
#timelineItems { background: palette(alternate-base); border: none; border-right: 1px solid palette(button); }
#timelineItems::item { height: 26px; padding: 0 8px; border: 2px solid transparent; border-radius: 4px; }
#timelineItems::item:selected { background: palette(highlight); color: palette(highlighted-text); }
#timelineItems::item:focus { border-color: palette(text); }
"""
