"""The clip's title in one line, edited where it stands."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.gui.common.title_typing import LONGEST_TITLE, TitleTyping
from viralclip_desktop.gui.session.clip_session import ClipSession
from viralclip_desktop.gui.text import plain, tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme

_TEXT_MARGIN_PX = 2  # what QLineEdit keeps free on either side of its text


class TitleLine(QLineEdit):
    """Each key is stored; one visit to the field is one entry in the history."""

    def __init__(self, session: ClipSession) -> None:
        super().__init__()
        self._session, self._shown_id = session, ""
        self._typing = TitleTyping(session, "line")
        self.setProperty("role", "title")
        self.setFont(theme().sized(tokens.TYPE_SECTION, strong=True))
        self.setMaxLength(LONGEST_TITLE)
        self.setAccessibleName(tr("Title of the clip"))
        self.setPlaceholderText(tr("Title of the clip"))
        self.setAcceptDrops(False)  # a file dropped here belongs to the window
        self.textEdited.connect(self._typed)
        session.selected.connect(self._show)
        session.clip_changed.connect(self._refresh)
        self._show(session.clip)

    def event(self, event: QEvent) -> bool:
        """Keys that type are not shortcuts here; undo and redo are the project's, not the field's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            travels = (
                event.matches(QKeySequence.StandardKey.Undo),
                event.matches(QKeySequence.StandardKey.Redo),
            )
            if any(travels) or event.key() == Qt.Key.Key_Escape:
                event.ignore()
                return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leaves the field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Unless it is being edited, a title that is longer than the field ends in an ellipsis."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        inside.adjust(_TEXT_MARGIN_PX, 0, -_TEXT_MARGIN_PX, 0)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, inside.width())
        if self.hasFocus() or shown == self.text():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelLineEdit, option, painter, self)
        painter.setPen(theme().colour("text"))
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """A new visit begins."""
        self._typing.begin()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The title is shown as it is stored; a long one from its beginning."""
        super().focusOutEvent(event)
        self.setCursorPosition(0)
        self._typing.when_stored(lambda: self._show(self._session.clip))

    def _show(self, clip: Clip | None) -> None:
        self.setEnabled(clip is not None)
        title = clip.title if clip else ""
        other = clip is None or clip.id != self._shown_id
        self._shown_id = clip.id if clip else ""
        overtaken = self.hasFocus() and self._typing.is_overtaken(self.text(), title)
        if overtaken:
            self._typing.begin()
        if (other or overtaken or not self.hasFocus()) and (title != self.text() or self.cursorPosition()):
            self.setText(title)
            self.setToolTip(plain(title))
            self.setCursorPosition(0)

    def _refresh(self, clip: Clip) -> None:
        if clip.id == self._shown_id:
            self._show(clip)

    def _typed(self, title: str) -> None:
        self._typing.store(title)
