"""The clip's title: one to four lines, edited where it stands."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent, QTextOption
from PySide6.QtWidgets import QPlainTextEdit

from viralclip_desktop.gui.common.title_typing import LONGEST_TITLE, TitleTyping
from viralclip_desktop.gui.session.clip_session import ClipSession
from viralclip_desktop.gui.text import plain, tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme

_MOST_LINES = 4
_BORDER_PX = 10  # above and below the lines


class TitleField(QPlainTextEdit):
    """Each key is stored; one visit to the field is one entry in the history. Enter and Escape leave it."""

    def __init__(self, session: ClipSession) -> None:
        super().__init__()
        self._session, self._showing = session, False
        self._typing = TitleTyping(session, "title")
        self.setProperty("role", "title")
        self.setFont(theme().sized(tokens.TYPE_SECTION, strong=True))
        self.setAccessibleName(tr("Title of the clip"))
        self.setPlaceholderText(tr("Title of the clip"))
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)  # a file dropped here belongs to the window
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self._typed)
        self._fit()

    def text(self) -> str:
        """What stands in the field."""
        return self.toPlainText()

    def show_title(self, title: str, force: bool = False) -> None:
        """The stored title; typing in progress is left alone."""
        overtaken = self._typing.is_overtaken(self.text(), title)
        if overtaken and self.hasFocus():
            self._typing.begin()
        if (force or overtaken or not self.hasFocus()) and title != self.text():
            self._put(title)
            self.setToolTip(plain(title))
            self._fit()

    def event(self, event: QEvent) -> bool:
        """Keys that type are not shortcuts here; undo and redo are the project's, not the field's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _travels(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A title has no line breaks."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A new visit begins."""
        self._typing.begin()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The title is shown as it is stored; a long one from its beginning."""
        super().focusOutEvent(event)
        self.verticalScrollBar().setValue(0)
        self._typing.when_stored(self._show_stored)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other line breaks."""
        super().resizeEvent(event)
        self._fit()

    def _typed(self) -> None:
        if self._showing:
            return
        title = " ".join(self.text().splitlines())[:LONGEST_TITLE]
        if len(title) < len(self.text()) or "\n" in self.text():  # pasted: no more than a title can hold
            cursor = self.textCursor()
            at = cursor.position()
            self._put(title)
            cursor.setPosition(min(at, self.document().characterCount() - 1))
            self.setTextCursor(cursor)
        self._typing.store(title)
        self._fit()

    def _put(self, title: str) -> None:
        self._showing = True
        self.setPlainText(title)
        self._showing = False

    def _show_stored(self) -> None:
        if self._session.clip is not None and not self.hasFocus():
            self.show_title(self._session.clip.title)

    def _fit(self) -> None:
        lines = max(1, round(self.document().size().height()))
        words = self.blockBoundingRect(self.document().firstBlock()).height()
        line = max(self.fontMetrics().lineSpacing(), ceil(words / lines))  # higher in some scripts
        height = min(_MOST_LINES, lines) * line + 2 * _BORDER_PX
        if height != self.height():
            self.setFixedHeight(height)
        if not self.hasFocus():
            self.verticalScrollBar().setValue(0)


def _travels(event: QKeyEvent) -> bool:
    control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    return control and event.key() in (Qt.Key.Key_Z, Qt.Key.Key_Y)
