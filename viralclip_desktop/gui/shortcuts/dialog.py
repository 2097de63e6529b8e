"""The shortcut editor: every action with its keys; a conflict is reported before it is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.gui.bridge.slices import Slices
from viralclip_desktop.gui.common.fuzzy import match
from viralclip_desktop.gui.session.actions import Group
from viralclip_desktop.gui.shortcuts.book import ShortcutBook
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, open_at, row, scrolled
from viralclip_desktop.gui.widgets.messages import Banner
from viralclip_desktop.gui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.actions import ActionRow

_SIZE = (620, 620)
_ALONE = {
    Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr,
    Qt.Key.Key_unknown,
}  # fmt: skip


class KeyField(QPushButton):
    """Shows keys; after a click (or Enter) the next keys pressed are ``recorded`` instead of obeyed.

    Escape gives up, Backspace takes the keys away.
    """

    recorded = Signal(str)
    """A portable key name, or "" for none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name, self._keys, self.recording = name, "", False
        self.setProperty("role", "keys")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(False)
        self.setFixedWidth(168)
        self.clicked.connect(self.record)
        self.show_keys(())

    def show_keys(self, keys: Sequence[str]) -> None:
        """The keys as they are."""
        native = [QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText) for key in keys]
        self._keys = "   ".join(native)
        self._stop()

    def record(self) -> None:
        """Wait for keys."""
        self.recording = True
        self.setText(tr("Press the keys"))
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses, as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """While recording, every key is ours, Tab and shortcuts too."""
        if self.recording and isinstance(event, QKeyEvent):
            if event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                self._take(event)
                return True
        if event.type() == QEvent.Type.FocusOut and self.recording:
            self._stop()
        return super().event(event)

    def _take(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ALONE:
            return
        if key == Qt.Key.Key_Escape:
            self._stop()
            return
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        removes = plain and key == Qt.Key.Key_Backspace
        name = "" if removes else QKeySequence(event.keyCombination()).toString()
        self._stop()
        self.recorded.emit(name)

    def _stop(self) -> None:
        self.recording = False
        self.setText(self._keys or tr("None"))
        self.setAccessibleName(f"{self._name}: {self.text()}")


class ShortcutRow(QFrame):
    """One action: title, keys, back to the table's."""

    def __init__(self, action: str, title: str) -> None:
        super().__init__()
        self.action, self.title = action, title
        self.field = KeyField(title)
        self.reset = IconButton("arrow-counter-clockwise", tr("The default keys of “{title}”", title=title))
        self.reset.setIconSize(QSize(16, 16))
        keep = self.reset.sizePolicy()
        keep.setRetainSizeWhenHidden(True)
        self.reset.setSizePolicy(keep)
        layout = row(label(title), None, self.field, self.reset, gap=8, margins=(0, 2, 0, 2))
        self.setLayout(layout)

    def show_book(self, book: ShortcutBook) -> None:
        """The keys as they are."""
        self.field.show_keys(book.keys(self.action))
        self.reset.setVisible(book.changed(self.action))


class ShortcutDialog(QDialog):
    """Changes the book; ``changed`` after each change, ``trouble`` when it can't be stored."""

    changed = Signal()
    trouble = Signal(object)

    def __init__(self, parent: QWidget, specs: Sequence[ActionRow], book: ShortcutBook) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Keyboard shortcuts"))
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._book, self._waiting = book, ("", "")
        self._titles = {spec.id: tr(spec.title) for spec in specs}
        self._rows: dict[str, ShortcutRow] = {}
        self._slices = Slices(self)
        self.search = SearchField(tr("Find an action"))
        self.warning = Banner("caution")
        self.take = Button(tr("Use it here"))
        self._groups = [(label(tr(name), "section"), members) for name, members in _grouped(specs)]
        self._build()
        self.search.textChanged.connect(self._filter)
        on_click(self.take, self._take_over)
        self._refresh()

    @property
    def rows(self) -> dict[str, ShortcutRow]:
        """The actions' rows, all of them made."""
        self._slices.finish()
        return self._rows

    def _wire(self, line_: ShortcutRow) -> None:
        line_.field.recorded.connect(lambda key: self._recorded(line_.action, key))
        on_click(line_.reset, lambda: self._change(lambda: self._book.reset(line_.action)))

    def _build(self) -> None:
        content = QWidget()
        inside = column(None, gap=0, margins=(0, 0, 16, 0))
        content.setLayout(inside)
        for heading, members in self._groups:
            self._slices.add(partial(self._fill, inside, heading, members))
        self.reset_all, close = Button(tr("Reset all")), Button(tr("Close"), "primary")
        on_click(self.reset_all, lambda: self._change(self._book.reset_all))
        on_click(close, self.accept)
        note = label(tr("Click the keys of an action and press new ones. Backspace takes them away."), "note")
        conflict = row(self.warning, self.take, gap=12)
        conflict.setStretch(0, 1)
        buttons = row(self.reset_all, None, close)
        head = column(label(tr("Keyboard shortcuts"), "section"), note, gap=4)
        layout = column(
            head, self.search, scrolled(content), conflict, buttons, gap=12, margins=(24, 20, 24, 20)
        )
        layout.setStretch(2, 1)
        self.setLayout(layout)
        open_at(self, *_SIZE)

    def _fill(self, inside: QVBoxLayout, heading: QLabel, members: Sequence[str]) -> None:
        """One group: sixty rows at once would hold up the window."""
        heading.setContentsMargins(0, 16, 0, 4)
        inside.insertWidget(inside.count() - 1, heading)
        for name in members:
            line_ = self._rows[name] = ShortcutRow(name, self._titles[name])
            self._wire(line_)
            inside.insertWidget(inside.count() - 1, line_)
            line_.show_book(self._book)
            line_.show()

    # --- changing ----------------------------------------------------------------------------------------

    def _recorded(self, action: str, key: str) -> None:
        others = self._book.owners(key, but=action) if key else []
        if not others:
            self._change(lambda: self._book.assign(action, [key]))
            return
        self._waiting = (action, key)
        native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
        title = self.rows[others[0]].title
        self.warning.show_message(
            "caution",
            tr("{keys} already belongs to “{title}”.", keys=native, title=title),
            tr("Use it here, and that action loses it; or press other keys."),
        )
        self.take.show()

    def _take_over(self) -> None:
        action, key = self._waiting
        self._change(lambda: self._book.assign(action, [key]))

    def _change(self, work: Callable[[], object]) -> None:
        try:
            work()
        except OSError as error:
            self.trouble.emit(
                EnvironmentLacks(tr("The shortcuts could not be stored."), error.strerror or str(error))
            )
        self._refresh()
        self.changed.emit()

    def _refresh(self) -> None:
        self._waiting = ("", "")
        self.warning.show_message("caution", "")
        self.take.hide()
        self.reset_all.setEnabled(self._book.any_changed)
        for line_ in self._rows.values():
            line_.show_book(self._book)

    def _filter(self, text: str) -> None:
        for heading, members in self._groups:
            shown = [name for name in members if self._matches(text, name)]
            heading.setVisible(bool(shown))
            for name in members:
                self.rows[name].setVisible(name in shown)

    def _matches(self, text: str, action: str) -> bool:
        line_ = self.rows[action]
        keys = " ".join(self._book.keys(action)).lower()
        wanted = text.strip().lower()
        words = wanted in line_.title.lower() or (len(wanted) > 2 and match(wanted, line_.title) is not None)
        return words or (bool(wanted) and wanted in keys)


def _grouped(specs: Sequence[ActionRow]) -> list[tuple[str, list[str]]]:
    return [(group, [spec.id for spec in specs if spec.group == group]) for group in Group]
