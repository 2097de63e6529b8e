"""The search field of the start page, and the list below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from viralclip_desktop.gui.projects.search_results import Hit, HitModel, HitRole, find_hits, results_view
from viralclip_desktop.gui.text import plural, tr
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.messages import EmptyState
from viralclip_desktop.gui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket

_AFTER_TYPING_MS = 120  # a pause between two keys; a search itself takes a few


def _counted(hits: list[Hit]) -> str:
    """``One project  ·  Said 3 times``, as far as there are any."""
    named = sum(hit.clips is not None for hit in hits)
    said = len(hits) - named
    projects = plural(named, "One project", "{n} projects") if named else ""
    times = plural(said, "Said once", "Said {n} times") if said else ""
    return "  ·  ".join(part for part in (projects, times) if part)


class SearchPage(QWidget):
    """Results of what is typed in ``field``; ``chosen`` carries a :class:`Hit`."""

    chosen = Signal(object)
    searching = Signal(bool)
    """Whether anything is typed."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._asked: Ticket | None = None
        self.field = SearchField(tr("Search projects and every word said"))
        self.model = HitModel(self)
        self.view = results_view(self.model)
        self._count = label("", "section")
        self._empty = EmptyState("magnifying-glass", "")
        self._stack = QStackedWidget()
        for part in (self.view, self._empty):
            self._stack.addWidget(part)
        self.setLayout(column(self._count, self._stack, gap=8))
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_AFTER_TYPING_MS)
        self._timer.timeout.connect(self.search)
        self._connect()

    def search(self) -> None:
        """Look for what is typed now."""
        text, services = self.field.text().strip(), self._context.services
        if self._asked is not None:
            self._asked.forget()
        if text:
            self._asked = self._context.tasks.run(lambda: find_hits(services, text), self._show)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Up from the first result goes back to the field, Escape too; Enter opens a result."""
        if not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return False
        up_from_first = event.key() == Qt.Key.Key_Up and self.view.currentIndex().row() <= 0
        if up_from_first or event.key() == Qt.Key.Key_Escape:
            self.field.setFocus()
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.view.currentIndex())
            return True
        return False

    def _connect(self) -> None:
        self.field.textChanged.connect(self._typed)
        self.field.returnPressed.connect(lambda: self._choose(self.model.index(0)))
        self.field.entered_results.connect(self._enter)
        self.view.clicked.connect(self._choose)
        self.view.installEventFilter(self)

    def _typed(self, text: str) -> None:
        self.searching.emit(bool(text.strip()))
        self._timer.start()

    def _show(self, hits: list[Hit]) -> None:
        self.model.show_hits(hits)
        self._count.setText(_counted(hits))
        nobody = tr("Nobody said “{words}”.", words=self.field.text().strip())
        self._empty.show_sentence(f"{nobody} {tr('No project is called that either.')}")
        self._stack.setCurrentIndex(0 if hits else 1)

    def _enter(self) -> None:
        if self.model.hits:
            self.view.setFocus()
            self.view.setCurrentIndex(self.model.index(0))

    def _choose(self, index: QModelIndex) -> None:
        hit: Hit | None = index.data(HitRole) if index.isValid() else None
        if hit is not None:
            self.chosen.emit(hit)
