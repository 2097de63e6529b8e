"""The seek bar under the picture: click, drag, or walk with the arrows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.gui.preview.position_words import position_words
from viralclip_desktop.gui.text import plain, tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme

_SIDE_PX = 8
_GROUND_ALPHA = 60  # seen in both themes, and quieter than the groove


class SeekBar(QWidget):
    """Emits ``sought`` with a clip time while the user moves. The intro and the outro lie on a darker ground
    before and behind the clip."""

    sought = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._position, self._clip, self._span = ZERO, ZERO, TimeRange(ZERO, ZERO)
        self._loop: TimeRange | None = None
        self.setFixedHeight(20)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(tr("Position in the clip"))

    def show_span(self, span: TimeRange, clip: Time) -> None:
        """All that plays, in clip time, and how long the clip itself is."""
        self._span, self._clip = span, clip
        self.update()

    def show_loop(self, loop: TimeRange | None) -> None:
        """What plays over and over."""
        self._loop = loop
        self.update()

    def show_position(self, position: Time) -> None:
        """Where the playhead stands."""
        self._position = position
        self.setAccessibleDescription(position_words(position, self._span, self._clip))
        self.update()

    def event(self, event: QEvent) -> bool:
        """The tooltip tells the moment under the pointer."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            at = self._time_at(event.pos().x())
            QToolTip.showText(event.globalPos(), plain(position_words(at, self._span, self._clip)), self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down jump by a tenth of the clip; left and right step frames everywhere on the page."""
        steps = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}
        if event.key() in steps:
            tenth = Time(self._span.duration.ticks // 10 * steps[Qt.Key(event.key())])
            self.sought.emit((self._position + tenth).clamped(self._span.start, self._span.end))
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
        middle, left, x = self.height() / 2, self._x_of(self._span.start), self._x_of(self._position)
        width = self.width() - 2 * _SIDE_PX
        painter.setPen(Qt.PenStyle.NoPen)
        self._paint_ends(painter)
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

    def _paint_ends(self, painter: QPainter) -> None:
        """The ground of the intro and the outro, each with an edge towards the clip."""
        for start, end, edge in ((self._span.start, ZERO, ZERO), (self._clip, self._span.end, self._clip)):
            if start >= end:
                continue
            x, to = self._x_of(start), self._x_of(end)
            ground = QColor(theme().colour("faint"))
            ground.setAlpha(_GROUND_ALPHA)
            painter.setBrush(ground)
            painter.drawRoundedRect(QRectF(x, 2, to - x, self.height() - 4), 3, 3)
            painter.setBrush(theme().colour("faint"))
            painter.drawRect(QRectF(self._x_of(edge) - 0.5, 2, 1, self.height() - 4))

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
        length = self._span.duration.ticks
        share = min(1.0, max(0.0, (time - self._span.start).ticks / length)) if length else 0.0
        return _SIDE_PX + (self.width() - 2 * _SIDE_PX) * share

    def _time_at(self, x: float) -> Time:
        share = (x - _SIDE_PX) / max(1, self.width() - 2 * _SIDE_PX)
        return self._span.start + Time(round(min(1.0, max(0.0, share)) * self._span.duration.ticks))

    def _seek_to(self, event: QMouseEvent) -> None:
        self.sought.emit(self._time_at(event.position().x()))
