"""What stands beside the picture: a title of a few lines, the big buttons with their keys, the summary."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from viralclip_desktop.gui.review.queue import Tally
from viralclip_desktop.gui.text import plain, plural, tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import IconLabel
from viralclip_desktop.gui.widgets.painting import paint_pill

_TITLE_LINES = 3
_KEY_PX = 24


class LongTitle(QWidget):
    """A heading of up to three lines, which ends in an ellipsis where it doesn't fit; the tooltip has all."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """The whole title."""
        return self._text

    def show_text(self, text: str) -> None:
        """Another title."""
        self._text = text
        self.setToolTip(plain(text))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(200, round(max(1, len(self._lines())) * self._line_px()) + 2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The lines, the last one shortened."""
        painter, font = QPainter(self), theme().sized(tokens.TYPE_PAGE, strong=True)
        painter.setFont(font)
        painter.setPen(theme().colour("text"))
        for number, line in enumerate(self._lines()):
            painter.drawText(
                QRectF(0, number * self._line_px(), self.width(), self._line_px()),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                line,
            )

    def _line_px(self) -> float:
        return QFontMetricsF(theme().sized(tokens.TYPE_PAGE, strong=True)).lineSpacing()

    def _lines(self) -> list[str]:
        font = theme().sized(tokens.TYPE_PAGE, strong=True)
        layout = QTextLayout(self._text, font)
        layout.setTextOption(_wrapping())
        starts: list[int] = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid() and len(starts) < _TITLE_LINES:
            line.setLineWidth(self.width())
            starts.append(line.textStart())
        layout.endLayout()
        ends = [*starts[1:], len(self._text)]
        lines = [self._text[start:end].strip() for start, end in zip(starts, ends, strict=True)]
        elided = QFontMetricsF(font).elidedText(lines[-1], Qt.TextElideMode.ElideRight, self.width())
        return [*lines[:-1], elided] if lines else []


def _wrapping() -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    return option


class DecisionButton(Button):
    """A big button that shows its key at its right end."""

    def __init__(self, text: str, key: str, role: str, icon: str) -> None:
        super().__init__(text, role, icon)
        self._key = key
        self.setProperty("big", True)
        self.setToolTip(plain(f"{text} ({key})"))
        self.setAccessibleDescription(tr("Key {key}", key=key))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, and the key in a frame of its own."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme().colour("on_accent" if self.property("role") == "primary" else "quiet")
        top = (self.height() - _KEY_PX) / 2
        cap = QRectF(self.width() - 16 - _KEY_PX, top, _KEY_PX, _KEY_PX)
        painter.setPen(colour)
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(theme().sized(tokens.TYPE_NOTE, strong=True))
        painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, self._key)


class Chip(QWidget):
    """A word in a rounded frame, at the right: how a clip was decided. Its room stays when there is none."""

    def __init__(self) -> None:
        super().__init__()
        self._text = ""
        self.setFixedSize(120, 24)

    @property
    def text(self) -> str:
        """The word; empty for none."""
        return self._text

    def show_text(self, text: str) -> None:
        """Another word."""
        self._text = text
        self.setAccessibleName(text)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The pill."""
        if self._text:
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            font = theme().sized(tokens.TYPE_NOTE, strong=True)
            corner = QPointF(self.width(), 2)
            paint_pill(painter, corner, self._text, font, ground="line", ink="text", right=True)


class Summary(QWidget):
    """How the review ended, and what comes next."""

    rest_asked = Signal()
    files_asked = Signal()
    again_asked = Signal()

    def __init__(self, export: Button, back: Button) -> None:
        """``export``: exports what was kept; ``back``: leads to the clips."""
        super().__init__()
        self._title, self._counts = label("", "page"), label("", "quiet", wrap=True)
        self.export, self.rest, self.back = export, Button(""), back
        self.files, self.again = Button(tr("Show the files"), "primary", "folder"), Button("", "", "export")
        centred = Qt.AlignmentFlag.AlignHCenter
        for words in (self._title, self._counts):
            words.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = column(None, gap=12, margins=(24, 24, 24, 24))
        layout.addWidget(IconLabel("check-circle", 40, "good"), 0, centred)
        layout.addWidget(self._title)
        layout.addWidget(self._counts)
        layout.addSpacing(tokens.SPACE_8)
        layout.addLayout(row(None, self.export, self.files, self.again, self.rest, self.back, None))
        layout.addStretch(1)
        self.setLayout(layout)
        on_click(self.rest, self.rest_asked.emit)
        on_click(self.files, self.files_asked.emit)
        on_click(self.again, self.again_asked.emit)

    @property
    def words(self) -> str:
        """What it says."""
        return f"{self._title.text()}. {self._counts.text()}"

    def show_tally(self, tally: Tally, reviewed: bool, *, exported: bool = False, fixed: int = 0) -> None:
        """``reviewed``: something was looked at just now; otherwise there was nothing to review.
        ``exported``: they are files already, ``fixed`` of those that were kept of an older state."""
        left = tally.to_fix + tally.left
        done = tr("All clips are reviewed") if reviewed else tr("There is nothing to review")
        self._title.setText(tr("That was the last one") if left else done)
        self._counts.setText(tally_words(tally))
        self.export.setVisible(tally.kept > 0 and not exported)
        self.files.setVisible(tally.kept > 0 and exported)
        self.back.setText(tr("Back to the start page") if exported else tr("Back to the clips"))
        self.again.setVisible(fixed > 0)
        self.again.setText(plural(fixed, "Export the one you fixed again", "Export the {n} you fixed again"))
        self.rest.setVisible(left > 0)
        self.rest.setText(plural(left, "Review {n} clip", "Review {n} clips"))


def tally_words(tally: Tally) -> str:
    """Such as “5 kept, 2 dropped, 1 to fix”."""
    parts = (
        (tally.kept, plural(tally.kept, "{n} kept", "{n} kept")),
        (tally.dropped, plural(tally.dropped, "{n} dropped", "{n} dropped")),
        (tally.to_fix, plural(tally.to_fix, "{n} to fix", "{n} to fix")),
        (tally.left, plural(tally.left, "{n} not reviewed", "{n} not reviewed")),
    )
    return ", ".join(words for count, words in parts if count)
