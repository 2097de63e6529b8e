"""The messages of this run: what happened, when, what to do about it, and the details to copy."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QShowEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from viralclip_desktop.gui.dates import clock_words
from viralclip_desktop.gui.jobs.message_log import Message, MessageLog
from viralclip_desktop.gui.text import plural, tr
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row, scrolled
from viralclip_desktop.gui.widgets.messages import Details, EmptyState, IconLabel
from viralclip_desktop.gui.widgets.toasts import Toast

_SEVERITIES = {"info": "Message", "caution": "Caution", "bad": "Error"}


class MessageRow(QFrame):
    """One message."""

    def __init__(self, message: Message) -> None:
        super().__init__()
        self.message = message
        text = message.text
        self.setProperty("role", "card")
        when = clock_words(message.at)
        if message.times > 1:
            when = "  ·  ".join((when, plural(message.times, "once", "{n} times")))
        words = column(label(text.message, "strong", wrap=True), gap=2)
        if text.hint:
            words.addWidget(label(text.hint, "quiet", wrap=True))
        words.addWidget(label(when, "note"))
        if text.details:
            words.addWidget(Details(text.details))
        icon = IconLabel(Toast.ICONS[text.kind][0], 20, Toast.ICONS[text.kind][1])
        self.copy = IconButton("copy", tr("Copy this message"))
        on_click(self.copy, lambda: QGuiApplication.clipboard().setText(message.plain))
        layout = row(icon, gap=12, margins=(12, 10, 8, 10))
        layout.addLayout(words, 1)
        layout.addWidget(self.copy)
        for part in (icon, self.copy):
            layout.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        said = ", ".join(part for part in (tr(_SEVERITIES[text.kind]), text.message, text.hint, when) if part)
        self.setAccessibleName(said)


class MessageList(QWidget):
    """Follows a log; looking at it makes its errors read."""

    opened = Signal()

    def __init__(self, log: MessageLog) -> None:
        super().__init__()
        self._log = log
        self._rows: list[MessageRow] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(8)
        content = QWidget()
        content.setLayout(column(self._list, None, gap=0, margins=(16, 4, 16, 16)))
        self._area = scrolled(content)
        words = tr("What the program tells you is kept here until you close it.")
        self._empty = EmptyState("chat-circle", words)
        self.setLayout(column(self._empty, self._area, gap=0))
        log.changed.connect(self._show)
        self._show()

    @property
    def rows(self) -> list[MessageRow]:
        """Newest first."""
        return list(self._rows)

    def showEvent(self, event: QShowEvent) -> None:
        """Whoever looks at the list has read it."""
        super().showEvent(event)
        self._log.mark_read()
        self.opened.emit()

    def _show(self) -> None:
        """Rows of messages that are still there stay as they are, details unfolded or not."""
        kept = {(row.message.text, row.message.at): row for row in self._rows}
        self._rows = []
        for place, message in enumerate(self._log.messages):
            shown = kept.pop((message.text, message.at), None) or MessageRow(message)
            self._list.insertWidget(place, shown)
            self._rows.append(shown)
        for old in kept.values():
            old.deleteLater()
        self._empty.setVisible(not self._rows)
        self._area.setVisible(bool(self._rows))
        if self.isVisible():
            self._log.mark_read()
