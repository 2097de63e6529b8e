"""A choice among many: a field that opens a menu. Arrows change it without opening."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy

from viralclip_desktop.gui.text import plain
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.own_keys import asks_for

_OWN_KEYS = {Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Up, Qt.Key.Key_Down}
_PAD_PX, _CARET_PX = 10, 14


class DropDown(QPushButton):
    """``chosen`` carries the value the user picked."""

    chosen = Signal(object)

    def __init__(self, name: str, choices: Sequence[tuple[object, str]] = ()) -> None:
        super().__init__()
        self._name = name
        self._choices: list[tuple[object, str]] = []
        self._value: object = None
        self.setAutoDefault(False)  # Enter in another control of a dialog is not meant for this one
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: self._open())
        self.show_choices(choices)

    @property
    def value(self) -> object:
        """The chosen value."""
        return self._value

    @property
    def choices(self) -> list[tuple[object, str]]:
        """Values with their words, as they are shown."""
        return list(self._choices)

    def words(self) -> str:
        """What is shown: the words of the value."""
        return next((text for value, text in self._choices if value == self._value), str(self._value or ""))

    def show_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        """Offer other choices; the value stays if it is among them."""
        self._choices = list(choices)
        self.show_value(self._value)

    def show_value(self, value: object) -> None:
        """Show a choice without reporting it."""
        self._value = value
        words = self.words()
        self.setAccessibleName(f"{self._name}: {words}" if words else self._name)
        self.setToolTip(plain(words if self._hides(words) else ""))
        self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for the longest choice, within reason."""
        widest = max(
            (self.fontMetrics().horizontalAdvance(text) for _value, text in self._choices), default=0
        )
        return QSize(min(360, widest + 2 * _PAD_PX + _CARET_PX + 12), tokens.CONTROL_HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """May be narrower than its words."""
        return QSize(80, tokens.CONTROL_HEIGHT)

    def event(self, event: QEvent) -> bool:
        """Keep Space, Enter and the vertical arrows while focused."""
        if asks_for(event, _OWN_KEYS):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the neighbour, Space and Enter open the menu."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self._go(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in _OWN_KEYS:
            self._open()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, its words from the left, a caret at the right."""
        super().paintEvent(event)
        painter, box = QPainter(self), self.rect().adjusted(_PAD_PX, 0, -_PAD_PX, 0)
        caret = QRect(box.right() - _CARET_PX, box.center().y() - _CARET_PX // 2 + 1, _CARET_PX, _CARET_PX)
        theme().icon("caret-down", "quiet" if self.isEnabled() else "faint").paint(painter, caret)
        words = box.adjusted(0, 0, -_CARET_PX - 4, 0)
        painter.setFont(theme().sized(tokens.TYPE_BODY))
        painter.setPen(theme().colour("text" if self.isEnabled() else "faint"))
        shown = self.fontMetrics().elidedText(self.words(), Qt.TextElideMode.ElideRight, words.width())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def menu_now(self) -> QMenu:
        """The menu with the present choice marked."""
        menu = QMenu(self)
        for value, text in self._choices:
            action = menu.addAction(text)
            action.setCheckable(True)
            action.setChecked(value == self._value)
            action.triggered.connect(lambda _checked=False, value=value: self._choose(value))
        return menu

    def _open(self) -> None:
        menu = self.menu_now()
        menu.setMinimumWidth(self.width())
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height() + 2)))

    def _go(self, step: int) -> None:
        values = [value for value, _text in self._choices]
        here = values.index(self._value) if self._value in values else -step
        if 0 <= here + step < len(values):
            self._choose(values[here + step])

    def _choose(self, value: object) -> None:
        if value != self._value:
            self.show_value(value)
            self.chosen.emit(value)

    def _hides(self, words: str) -> bool:
        return self.fontMetrics().horizontalAdvance(words) > self.width() - 2 * _PAD_PX - _CARET_PX
