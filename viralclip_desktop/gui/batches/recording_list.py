"""The recordings of a batch: added by dialog or drop, taken out again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from viralclip_desktop.gui.common.incoming import dialog_filter, sort_incoming
from viralclip_desktop.gui.text import plain, plural, tr
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, frame, row
from viralclip_desktop.gui.widgets.messages import EmptyState

if TYPE_CHECKING:
    from viralclip_desktop.gui.common.incoming import Incoming
    from viralclip_desktop.gui.session.workspace import Workspace

_HEIGHT_PX, _ROW_PX = 112, 28


class RecordingList(QWidget):
    """``changed`` after recordings came or went."""

    changed = Signal()

    def __init__(self, work: Workspace) -> None:
        super().__init__()
        self._work = work
        self.list = _List()
        self.list.setAccessibleName(tr("Recordings"))
        self.remove = Button(tr("Remove"), "plain", "x")
        self.files = Button(tr("Add recordings"), "", "folder-plus")
        self.folder = Button(tr("Add a folder"), "", "folder-open")
        self._count = label("", "section")
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState("film-strip", tr("Drop recordings or a folder here.")))
        self._stack.addWidget(self.list)
        box = frame("card", column(self._stack, margins=(8, 8, 8, 8)))
        box.setFixedHeight(_HEIGHT_PX)
        head = row(self._count, None, self.remove, self.folder, self.files)
        self.setLayout(column(head, box, gap=8))
        on_click(self.files, self._choose_files)
        on_click(self.folder, self._choose_folder)
        on_click(self.remove, self.remove_chosen)
        self.list.itemSelectionChanged.connect(self._show)
        self.list.remove_asked.connect(self.remove_chosen)
        self._show()

    @property
    def paths(self) -> list[Path]:
        """The recordings, in the order in which they came."""
        items = (self.list.item(number) for number in range(self.list.count()))
        return [item.data(Qt.ItemDataRole.UserRole) for item in items]

    def look_at(self, paths: Iterable[Path]) -> None:
        """Add recordings, and those in folders. What can't be one is told, and nothing else happens."""
        found = list(paths)
        self._work.context.tasks.run(lambda: sort_incoming(found), self._take)

    def add(self, paths: Iterable[Path]) -> None:
        """Add recordings that are not there yet."""
        known = set(self.paths)
        for path in dict.fromkeys(paths):
            if path not in known:
                item = QListWidgetItem(path.name)
                item.setData(Qt.ItemDataRole.UserRole, path)
                item.setToolTip(plain(str(path)))
                item.setSizeHint(QSize(0, _ROW_PX))
                self.list.addItem(item)
        self._show()
        self.changed.emit()

    def remove_chosen(self) -> None:
        """Take the marked ones out of the batch; the files stay where they are."""
        for item in self.list.selectedItems():
            self.list.takeItem(self.list.row(item))
        self._show()
        self.changed.emit()

    def _take(self, incoming: Incoming) -> None:
        self.add(incoming.recordings)

    def _choose_files(self) -> None:
        start = self._work.memory.last_folder
        chosen, _filter = QFileDialog.getOpenFileNames(self, tr("Add recordings"), start, dialog_filter())
        if chosen:
            self._work.memory.last_folder = str(Path(chosen[0]).parent)
            self.look_at(map(Path, chosen))

    def _choose_folder(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, tr("Add a folder"), self._work.memory.last_folder)
        if chosen:
            self._work.memory.last_folder = chosen
            self.look_at([Path(chosen)])

    def _show(self) -> None:
        count = self.list.count()
        self._stack.setCurrentIndex(1 if count else 0)
        self._count.setText(plural(count, "{n} recording", "{n} recordings") if count else tr("Recordings"))
        self.remove.setVisible(count > 0)
        self.remove.setEnabled(bool(self.list.selectedItems()))


class _List(QListWidget):
    remove_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSelectionMode(QListWidget.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes the marked ones out."""
        if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.remove_asked.emit()
        else:
            super().keyPressEvent(event)
