"""The cuts of tightening, one a row: a tick says that it is cut, Enter or a double-click lets it be heard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.tightening import CutKind, TightCut
from viralclip_desktop.gui.text import clock_time, decimal, tr

_ROW_PX = 28
_EDGES_PX = 4
_LEAST_ROWS = 4


@dataclass(frozen=True, slots=True)
class CutRow:
    """A cut of the clip. ``at`` is where its join plays (clip time), ``made`` whether it is cut now."""

    cut: TightCut
    at: Time
    made: bool


class CutList(QListWidget):
    """Shows rows; ``switched`` tells of a tick that was set or taken away, ``asked`` what to play."""

    switched = Signal(str, bool)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName(tr("Cuts"))
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows: list[CutRow] = []
        self.itemChanged.connect(self._changed)
        self.itemActivated.connect(lambda item: self.asked.emit(item.data(Qt.ItemDataRole.UserRole)))

    def show_rows(self, rows: Sequence[CutRow]) -> None:
        """Other rows; the current one stays current where it is still there."""
        current = self.current_id
        self.blockSignals(True)
        if [row.cut.id for row in rows] != [row.cut.id for row in self.rows]:
            self.clear()
            for row in rows:
                self.addItem(_item(row))
        for place, row in enumerate(rows):
            item = self.item(place)
            item.setText(_words(row))
            item.setCheckState(Qt.CheckState.Checked if row.made else Qt.CheckState.Unchecked)
            if row.cut.id == current:
                self.setCurrentRow(place)
        self.rows = list(rows)
        self.blockSignals(False)
        self.setMaximumHeight(len(rows) * _ROW_PX + _EDGES_PX)
        self.setMinimumHeight(min(len(rows), _LEAST_ROWS) * _ROW_PX + _EDGES_PX)

    @property
    def current_id(self) -> str:
        """The cut the keyboard is on; empty for none."""
        item = self.currentItem()
        return "" if item is None else str(item.data(Qt.ItemDataRole.UserRole))

    def _changed(self, item: QListWidgetItem) -> None:
        made = item.checkState() is Qt.CheckState.Checked
        self.switched.emit(item.data(Qt.ItemDataRole.UserRole), made)


def _item(row: CutRow) -> QListWidgetItem:
    item = QListWidgetItem()
    item.setData(Qt.ItemDataRole.UserRole, row.cut.id)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setSizeHint(QSize(0, _ROW_PX))
    return item


def _words(row: CutRow) -> str:
    said = row.cut.text or _kind(row.cut.kind)
    return f"{clock_time(row.at)}   {said}   \u2212{decimal(row.cut.range.duration.seconds)} s"


def _kind(kind: CutKind) -> str:
    return {
        CutKind.SILENCE: tr("Silence"),
        CutKind.FILLER: tr("Filler"),
        CutKind.REPEAT: tr("Said twice"),
        CutKind.RETAKE: tr("Begun again"),
    }[kind]
