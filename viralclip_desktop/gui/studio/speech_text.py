"""The text that is to be spoken: typed or pasted, with marks of speed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, Signal
from PySide6.QtGui import QSyntaxHighlighter, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.time import Time
from viralclip_desktop.features.voices import Outlook, is_mark, speed_at, with_speed
from viralclip_desktop.gui.common.incoming import local_files
from viralclip_desktop.gui.text import decimal, duration, plural, tr
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row

_SPEEDS = (0.5, 0.6, 0.7, 0.8, 0.9, 1.0, 1.1, 1.2, 1.3, 1.5, 1.75, 2.0)
_AS_THE_REST = "rest"


class _Marks(QSyntaxHighlighter):
    """Lines that set a speed are quiet: they are not spoken."""

    def highlightBlock(self, text: str) -> None:
        if is_mark(text):
            looks = QTextCharFormat()
            looks.setForeground(theme().colour("accent"))
            self.setFormat(0, len(text), looks)


class TextField(QPlainTextEdit):
    """``brought`` carries the files that are dropped or pasted: their text is wanted, not their addresses."""

    brought = Signal(list)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text, and files."""
        return bool(local_files(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Text comes in as it is."""
        files = local_files(source)
        if files:
            self.brought.emit(files)
        else:
            super().insertFromMimeData(source)


class TextBox(QWidget):
    """``edited`` tells that the text is another one, ``brought`` which files are to give theirs."""

    edited = Signal()
    brought = Signal(list)

    def __init__(self) -> None:
        super().__init__()
        self.field = TextField()
        empty = tr("Type or paste what is to be spoken. An empty line ends a paragraph.")
        self.field.setPlaceholderText(empty)
        self.field.setAccessibleName(tr("Text to speak"))
        self.field.setTabChangesFocus(True)
        self.field.setStyleSheet("QPlainTextEdit { padding: 8px; }")
        self._marks = _Marks(self.field.document())
        self.speed = DropDown(tr("Speed of this paragraph"), _speeds())
        self.speed.setFixedWidth(max(140, self.speed.sizeHint().width()))
        self.field.setMinimumHeight(120)
        self.count = label("", "note")
        self.note = label(tr("Speed of this paragraph"), "quiet")
        head = row(label(tr("Text"), "section"), None, self.count)
        self.setLayout(column(head, self.field, row(self.note, self.speed, None), gap=8))
        self.speed.show_value(_AS_THE_REST)
        self.field.brought.connect(self.brought)
        self.field.textChanged.connect(self.edited)
        self.field.textChanged.connect(self._follow)
        self.field.cursorPositionChanged.connect(self._follow)
        self.speed.chosen.connect(self._set_speed)
        theme().changed.connect(self._marks.rehighlight)
        self.show_outlook(None)

    @property
    def text(self) -> str:
        """What is typed."""
        return self.field.toPlainText()

    def show_text(self, text: str) -> None:
        """Put a text in, as at the beginning."""
        if text != self.text:
            self.field.setPlainText(text)

    def insert(self, text: str) -> None:
        """Put a text in where the cursor stands; one step of undo."""
        self.field.insertPlainText(text)

    def show_outlook(self, outlook: Outlook | None) -> None:
        """How long it is; the characters alone where nothing else is known."""
        count = len(self.text)
        parts = [plural(count, "{n} character", "{n} characters", n=decimal(count, 0))]
        if outlook is not None and outlook.paragraphs:
            parts.append(plural(outlook.paragraphs, "{n} paragraph", "{n} paragraphs"))
            seconds = Time.from_seconds(max(1, round(outlook.length.seconds)))
            parts.append(tr("about {time}", time=duration(seconds)))
        self.count.setText("  ·  ".join(parts))

    def changeEvent(self, event: QEvent) -> None:
        """Nothing can be marked while it is locked."""
        super().changeEvent(event)
        self.speed.setEnabled(self.isEnabled() and bool(self.text.strip()))

    def _follow(self) -> None:
        """The speed that is marked where the cursor stands."""
        start, _end = self._stretch()
        marked = speed_at(self.text, start)
        self.speed.show_value(_AS_THE_REST if marked is None else marked)
        self.speed.setEnabled(bool(self.text.strip()))

    def _set_speed(self, value: object) -> None:
        """Mark the paragraph of the cursor, or all that the selection touches; one step of undo."""
        (start, end), text = self._stretch(), self.text
        try:
            marked = with_speed(text, start, end, value if isinstance(value, float) else None)
        except BadInput:  # a mark that was typed wrong: Generate tells it
            return
        cursor = self.field.textCursor()
        after = len(text) - end
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(marked)
        cursor.setPosition(_units(marked[: max(0, len(marked) - after)]))
        self.field.setTextCursor(cursor)
        self._follow()

    def _stretch(self) -> tuple[int, int]:
        """The selection in characters; Qt counts in units of UTF-16."""
        cursor = self.field.textCursor()
        units = self.text.encode("utf-16-le")
        places = (cursor.selectionStart(), cursor.selectionEnd())
        start, end = (len(units[: 2 * place].decode("utf-16-le", "ignore")) for place in places)
        return start, end


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _speeds() -> list[tuple[object, str]]:
    words = [(speed, f"{decimal(speed, 2 if speed == 1.75 else 1)}×") for speed in _SPEEDS]
    return [(_AS_THE_REST, tr("Like the rest")), *words]
