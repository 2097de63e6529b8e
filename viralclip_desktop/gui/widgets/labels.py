"""Text: headings, quiet notes, and one-line titles that shorten themselves."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from viralclip_desktop.core.marks import in_line
from viralclip_desktop.gui.text import plain
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme


def label(text: str = "", role: str = "", wrap: bool = False) -> QLabel:
    """A plain-text label; ``role`` names its look in the style sheet (page, section, quiet, note...)."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setProperty("role", role)
    made.setWordWrap(wrap)
    return made


def timecode_label(text: str = "", role: str = "quiet") -> QLabel:
    """A label whose digits all have one width, so that running times don't dance."""
    made = label(text, role)
    made.setFont(theme().sized(tokens.TYPE_BODY, tabular=True))
    return made


class ElidedLabel(QLabel):
    """One line with an ellipsis where it doesn't fit, at its end unless told otherwise; the whole text is in
    the tooltip."""

    def __init__(
        self,
        text: str = "",
        role: str = "",
        parent: QWidget | None = None,
        *,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__(in_line(text), parent)
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)

    def setText(self, text: str) -> None:
        """Show another text."""
        super().setText(in_line(text))
        self._update_tooltip()

    def minimumSizeHint(self) -> QSize:
        """May shrink to nothing."""
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The tooltip is only there when something is hidden."""
        super().resizeEvent(event)
        self._update_tooltip()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the shortened line."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        shown = self.fontMetrics().elidedText(self.text(), self._elide, self.width())
        painter.drawText(self.rect(), int(self.alignment()), shown)

    def _update_tooltip(self) -> None:
        hidden = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
        self.setToolTip(plain(self.text() if hidden else ""))
