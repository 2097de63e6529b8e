"""The seek bar under the picture: click, drag, or walk with the arrows."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.time import ZERO, Time, TimeRange, format_clock
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme

_SIDE_PX = 8


class SeekBar(QWidget):
    """Emits ``sought`` with a clip time while the user moves."""

    sought = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._position, self._duration = ZERO, ZERO
        self._loop: TimeRange | None = None
        self.setFixedHeight(20)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Position in the clip"))

    def show_duration(self, duration: Time) -> None:
        """How long the clip is."""
        self._duration = duration
        self.update()

    def show_loop(self, loop: TimeRange | None) -> None:
        """What plays over and over."""
        self._loop = loop
        self.update()

    def show_position(self, position: Time) -> None:
        """Where the playhead stands."""
        self._position = position
        self.setAccessibleDescription(format_clock(position))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down jump by a tenth of the clip; left and right step frames everywhere on the page."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() in steps:
            tenth = Time(self._duration.ticks // 10 * steps[Qt.Key(event.key())])
            self.sought.emit((self._position + tenth).clamped(ZERO, self._duration))
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to where the pointer is."""
        self._seek_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._seek_to(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A groove, what has played, and the playhead."""
        colours, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, left, x = self.height() / 2, self._x_of(ZERO), self._x_of(self._position)
        width = self.width() - 2 * _SIDE_PX
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("line"))
        painter.drawRoundedRect(QRectF(left, middle - 2, width, 4), 2, 2)
        painter.setBrush(colours.colour("accent"))
        painter.drawRoundedRect(QRectF(left, middle - 2, x - left, 4), 2, 2)
        self._paint_loop(painter, middle)
        painter.setBrush(colours.colour("text"))
        painter.drawEllipse(QRectF(x - 6, middle - 6, 12, 12))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("accent"), tokens.FOCUS_WIDTH))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)

    def _paint_loop(self, painter: QPainter, middle: float) -> None:
        if self._loop is None:
            return
        start, end = self._x_of(self._loop.start), self._x_of(self._loop.end)
        painter.setBrush(theme().colour("caution"))
        for x, inward in ((start, 4), (end, -4)):  # a bracket at each end
            painter.drawRect(QRectF(x - 1, middle - 8, 2, 16))
            for y in (middle - 8, middle + 6):
                painter.drawRect(QRectF(min(x, x + inward), y, 4, 2))

    def _x_of(self, time: Time) -> float:
        share = min(1.0, time.ticks / self._duration.ticks) if self._duration else 0.0
        return _SIDE_PX + (self.width() - 2 * _SIDE_PX) * share

    def _seek_to(self, event: QMouseEvent) -> None:
        share = (event.position().x() - _SIDE_PX) / max(1, self.width() - 2 * _SIDE_PX)
        share = min(1.0, max(0.0, share))
        self.sought.emit(Time(round(share * self._duration.ticks)))
