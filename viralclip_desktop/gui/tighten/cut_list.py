"""What was done to a clip, one thing a row: a tick says that it is done, Enter or a double-click lets it be
heard."""

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

    @property
    def id(self) -> str:
        """Its name among them."""
        return self.cut.id

    @property
    def text(self) -> str:
        """What is read of it."""
        said = self.cut.text or _kind(self.cut.kind)
        return f"{clock_time(self.at)}   {said}   \u2212{decimal(self.cut.range.duration.seconds)} s"


@dataclass(frozen=True, slots=True)
class PaceRow:
    """A part that auto speed made faster: its place, where it plays (clip time), its speed."""

    place: int
    at: Time
    speed: float
    saved_s: float
    made: bool

    @property
    def id(self) -> str:
        """Its name among them."""
        return str(self.place)

    @property
    def text(self) -> str:
        """What is read of it."""
        return f"{clock_time(self.at)}   {decimal(self.speed, 2)}\u00d7   \u2212{decimal(self.saved_s)} s"


Row = CutRow | PaceRow


class CutList(QListWidget):
    """Shows rows; ``switched`` tells of a tick that was set or taken away, ``asked`` what to play."""

    switched = Signal(str, bool)
    asked = Signal(str)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows: list[Row] = []
        self.itemChanged.connect(self._changed)
        self.itemActivated.connect(lambda item: self.asked.emit(item.data(Qt.ItemDataRole.UserRole)))

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Other rows; the current one stays current where it is still there."""
        current = self.current_id
        self.blockSignals(True)
        if [row.id for row in rows] != [row.id for row in self.rows]:
            self.clear()
            for row in rows:
                self.addItem(_item(row))
        for place, row in enumerate(rows):
            item = self.item(place)
            item.setText(row.text)
            item.setCheckState(Qt.CheckState.Checked if row.made else Qt.CheckState.Unchecked)
            if row.id == current:
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


def _item(row: Row) -> QListWidgetItem:
    item = QListWidgetItem()
    item.setData(Qt.ItemDataRole.UserRole, row.id)
    item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
    item.setSizeHint(QSize(0, _ROW_PX))
    return item


def _kind(kind: CutKind) -> str:
    return {
        CutKind.SILENCE: tr("Silence"),
        CutKind.FILLER: tr("Filler"),
        CutKind.REPEAT: tr("Said twice"),
        CutKind.RETAKE: tr("Begun again"),
    }[kind]
