"""A choice among very many: the list opens with a search field above it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLineEdit, QListWidget, QListWidgetItem, QWidget

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.layout import column

Choice = tuple[object, str]
_ROW_PX, _MOST_ROWS = 30, 10


class SearchDropDown(DropDown):
    """A :class:`DropDown` whose list can be searched."""

    def open_list(self) -> ChoiceList:
        """Open the list below the field, or above where there is no room."""
        popup = ChoiceList(self, self.choices, self.value, max(self.width(), 220))
        popup.picked.connect(self._choose)
        place = self.mapToGlobal(QPoint(0, self.height() + 2))
        screen = self.screen().availableGeometry()
        if place.y() + popup.height() > screen.bottom():
            place = self.mapToGlobal(QPoint(0, -popup.height() - 2))
        place.setX(max(screen.left(), min(place.x(), screen.right() - popup.width())))
        popup.move(place)
        popup.show()
        return popup

    def _open(self) -> None:
        self.open_list()


class ChoiceList(QFrame):
    """The open list; ``picked`` carries the value."""

    picked = Signal(object)

    def __init__(self, owner: QWidget, choices: Sequence[Choice], value: object, width: int) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "toast")
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Search"))
        self.search.setAccessibleName(tr("Search"))
        self.items = QListWidget()
        self.items.setAccessibleName(tr("Choices"))
        self.items.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._fill(choices, value)
        self.setLayout(column(self.search, self.items, gap=4, margins=(6, 6, 6, 6)))
        rows = min(_MOST_ROWS, len(choices))
        self.setFixedSize(width, rows * _ROW_PX + tokens.CONTROL_HEIGHT + 26)
        self.search.textChanged.connect(self._filter)
        self.search.installEventFilter(self)
        self.items.itemClicked.connect(self._take)
        self.items.itemActivated.connect(self._take)
        self.search.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down and Enter in the search field go to the list."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                self._step(1 if event.key() == Qt.Key.Key_Down else -1)
                return True
            current = self.items.currentItem()
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and current is not None:
                self._take(current)
                return True
        return super().eventFilter(watched, event)

    def _fill(self, choices: Sequence[Choice], value: object) -> None:
        for choice, words in choices:
            item = QListWidgetItem(words)
            item.setData(Qt.ItemDataRole.UserRole, choice)
            item.setSizeHint(QSize(0, _ROW_PX))
            self.items.addItem(item)
            if choice == value:
                self.items.setCurrentItem(item)

    def _step(self, by: int) -> None:
        shown = [n for n in range(self.items.count()) if not self.items.item(n).isHidden()]
        if shown:
            here = shown.index(self.items.currentRow()) if self.items.currentRow() in shown else -by
            self.items.setCurrentRow(shown[max(0, min(len(shown) - 1, here + by))])

    def _filter(self, text: str) -> None:
        for number in range(self.items.count()):
            item = self.items.item(number)
            item.setHidden(text.casefold() not in item.text().casefold())
        current = self.items.currentItem()
        if current is None or current.isHidden():
            self._step(1)

    def _take(self, item: QListWidgetItem) -> None:
        self.picked.emit(item.data(Qt.ItemDataRole.UserRole))
        self.close()
