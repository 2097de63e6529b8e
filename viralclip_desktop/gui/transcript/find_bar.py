"""Find and replace over the words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from viralclip_desktop.gui.text import decimal, plural, tr
from viralclip_desktop.gui.transcript.keys import Command, shortcut_text
from viralclip_desktop.gui.transcript.search import Query
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row


class _Field(QLineEdit):
    """A line whose Enter, Shift+Enter and Escape are the bar's."""

    def __init__(self, bar: FindBar, name: str) -> None:
        super().__init__()
        self._bar = bar
        self.setPlaceholderText(name)
        self.setAccessibleName(name)

    def event(self, event: QEvent) -> bool:
        """Keep Enter and Escape from the window's shortcuts."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _own(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Shift+Enter back, Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self._bar.close_bar()
        elif _own(event):
            self._bar.enter(self, back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)


class FindBar(QWidget):
    """What to find, how often it is there, and what to write instead. Finds nothing by itself."""

    changed = Signal(object)
    """A :class:`Query`."""
    stepped = Signal(int)
    """To the next (1) or the previous (-1) match."""
    replaced = Signal(str)
    """Write this in the place of the current match."""
    replaced_all = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.wanted, self.by = _Field(self, tr("Find")), _Field(self, tr("Replace with"))
        self.case = self._toggle("text-aa", tr("Match case"))
        self.whole = self._toggle("brackets-square", tr("Whole words only"))
        self.count = label("", "note")
        self.previous = IconButton("caret-up", tr("Previous match"), "Shift+F3")
        self.next = IconButton("caret-down", tr("Next match"), "F3")
        self.swap = IconButton("swap", tr("Replace"), shortcut_text(Command.REPLACE))
        self.quit = IconButton("x", tr("Close"), "Esc")
        self.one, self.every = Button(tr("Replace")), Button(tr("Replace all"))
        self._replacing = QWidget()
        self._build()
        self._connect()
        self.hide()

    @property
    def query(self) -> Query:
        """What is looked for."""
        return Query(self.wanted.text(), self.case.isChecked(), self.whole.isChecked())

    @property
    def replacing(self) -> bool:
        """Whether the field for the replacement shows."""
        return not self._replacing.isHidden()

    def open_bar(self, replace: bool, text: str = "") -> None:
        """Show the bar; ``text`` is looked for when there is any."""
        self._replacing.setVisible(replace)
        self.show()
        if text:
            self.wanted.setText(text)
        self.wanted.selectAll()
        self.wanted.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.changed.emit(self.query)

    def close_bar(self) -> None:
        """Hide the bar; nothing is lit up any more."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def show_count(self, current: int, count: int) -> None:
        """How often it was found, and which match is the current one (-1 for none)."""
        if not self.query.text.strip():
            text = ""
        elif not count:
            text = tr("Nothing found")
        elif current >= 0:
            text = tr("{n} of {count}", n=decimal(current + 1, 0), count=decimal(count, 0))
        else:
            text = plural(count, "{n} match", "{n} matches")
        self.count.setText(text)
        self.wanted.setAccessibleDescription(text)
        for button in (self.previous, self.next, self.one, self.every):
            button.setEnabled(count > 0)

    def enter(self, field: QLineEdit, back: bool) -> None:
        """Enter in a field: on to the next match, or replace this one."""
        if field is self.by and self.one.isEnabled():
            self.replaced.emit(self.by.text())
        elif field is self.wanted:
            self.stepped.emit(-1 if back else 1)

    def _toggle(self, icon: str, name: str) -> IconButton:
        made = IconButton(icon, name)
        made.setCheckable(True)
        made.toggled.connect(lambda _on: self.changed.emit(self.query))
        return made

    def _build(self) -> None:
        replace = column(self.by, row(None, self.one, self.every), gap=8, margins=(0, 4, 0, 0))
        self._replacing.setLayout(replace)
        self._replacing.hide()
        where = row(self.wanted, self.case, self.whole, gap=4)
        steps = row(self.count, None, self.previous, self.next, self.swap, self.quit, gap=2)
        self.setLayout(column(where, steps, self._replacing, gap=2))

    def _connect(self) -> None:
        self.wanted.textChanged.connect(lambda _text: self.changed.emit(self.query))
        on_click(self.previous, lambda: self.stepped.emit(-1))
        on_click(self.next, lambda: self.stepped.emit(1))
        on_click(self.swap, lambda: self._replacing.setVisible(self._replacing.isHidden()))
        on_click(self.quit, self.close_bar)
        on_click(self.one, lambda: self.replaced.emit(self.by.text()))
        on_click(self.every, lambda: self.replaced_all.emit(self.by.text()))


def _own(event: QKeyEvent) -> bool:
    return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
