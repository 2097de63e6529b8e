"""A sound drawn as bars: in a row, or as a strip that is listened to from wherever it is clicked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.own_keys import asks_for

_BAR_PX, _STEP_PX = 2.0, 3.0
_UNHEARD = 110  # opacity 0..255 of what is still to be heard
_QUIET_POWER = 0.8  # so that quiet passages stay visible
_NAMES_PX = 18
_EDGE_PX = 4  # around the bars, for the frame of the focus
_STEP_S = 2.0
_KEYS = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home}


def paint_bars(
    painter: QPainter, box: QRectF, levels: Sequence[float], colour: str, heard: float = 0.0
) -> None:
    """Bars on the middle of a box, the loudest as high as that. ``levels``: of any unit, from 0; ``heard``:
    the share from the left after which they fade, 0 for none that do."""
    count = min(len(levels), int((box.width() + _STEP_PX - _BAR_PX) / _STEP_PX))
    if count < 1:
        return
    bars, loudest, step = [], max(levels) or 1, box.width() / count
    for number in range(count):
        first, last = number * len(levels) // count, (number + 1) * len(levels) // count
        level = max(levels[first : max(first + 1, last)]) / loudest
        half = max(1.0, level**_QUIET_POWER * box.height() / 2)
        bars.append(QRectF(box.left() + number * step, box.center().y() - half, _BAR_PX, 2 * half))
    full, faded = QColor(theme().colour(colour)), QColor(theme().colour(colour))
    faded.setAlpha(_UNHEARD)
    until = round(heard * count) if heard > 0 else count
    painter.setPen(Qt.PenStyle.NoPen)
    for some, ink in ((bars[:until], full), (bars[until:], faded)):
        painter.setBrush(ink)
        for bar in some:
            painter.drawRoundedRect(bar, 1, 1)


class WaveView(QWidget):
    """``sought`` carries the second that was clicked, or gone to with the arrows."""

    sought = Signal(float)

    def __init__(self, name: str, colour: str, height_px: int = 48) -> None:
        super().__init__()
        self._levels: Sequence[float] = ()
        self._sections: tuple[tuple[str, float], ...] = ()
        self._length_s, self._at_s = 0.0, 0.0
        self._colour, self._height_px = colour, height_px
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def levels(self) -> Sequence[float]:
        """What is drawn."""
        return self._levels

    def show_sound(
        self, levels: Sequence[float], length_s: float, sections: Sequence[tuple[str, float]] = ()
    ) -> None:
        """Draw a sound; ``sections``: name, and from when on in seconds."""
        self._levels, self._length_s, self._sections = levels, length_s, tuple(sections)
        self.updateGeometry()
        self.show_place(0.0)

    def show_place(self, at_s: float) -> None:
        """Where it is heard, in seconds."""
        self._at_s = at_s
        self.setAccessibleDescription(f"{at_s:.0f} / {self._length_s:.0f} s")
        self.update()

    def sizeHint(self) -> QSize:
        """As high as was asked, and the names below."""
        return QSize(240, self._height_px + (_NAMES_PX if self._sections else 0))

    def minimumSizeHint(self) -> QSize:
        """May be narrow."""
        return QSize(60, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Its own arrows, while it has the focus."""
        if asks_for(event, _KEYS):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and Right go two seconds, Home to the beginning."""
        steps = {Qt.Key.Key_Left: -_STEP_S, Qt.Key.Key_Right: _STEP_S, Qt.Key.Key_Home: -self._length_s}
        step = next((by for key, by in steps.items() if key == event.key()), None)
        if step is None:
            super().keyPressEvent(event)
        else:
            self.sought.emit(min(self._length_s, max(0.0, self._at_s + step)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Play from there."""
        if self._length_s > 0 and event.button() is Qt.MouseButton.LeftButton:
            share = (event.position().x() - _EDGE_PX) / max(1, self.width() - 2 * _EDGE_PX)
            self.sought.emit(min(1.0, max(0.0, share)) * self._length_s)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bars, then the sections."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        strip = QRectF(0, 0, self.width(), self._height_px)
        share = self._at_s / self._length_s if self._length_s else 0.0
        box = strip.adjusted(_EDGE_PX, _EDGE_PX, -_EDGE_PX, -_EDGE_PX)
        paint_bars(painter, box, self._levels, self._colour, share)
        if self.hasFocus():
            painter.setPen(QPen(theme().colour("accent"), tokens.FOCUS_WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(strip.adjusted(1, 1, -1, -1), 6, 6)
        self._paint_sections(painter)

    def _paint_sections(self, painter: QPainter) -> None:
        font = theme().sized(tokens.TYPE_NOTE)
        painter.setFont(font)
        ends = [*(at for _, at in self._sections[1:]), self._length_s][: len(self._sections)]
        for number, ((name, start_s), end_s) in enumerate(zip(self._sections, ends, strict=True)):
            left, right = self._x(start_s), self._x(end_s)
            if number:
                edge = QRectF(left - 1, 0, 1, self._height_px + _NAMES_PX)
                painter.fillRect(edge, QColor(theme().colour("faint")))
            words = QRectF(left + _EDGE_PX, self._height_px, right - left - 6, _NAMES_PX)
            shown = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, int(words.width()))
            painter.setPen(theme().colour("quiet"))
            if len(shown) > 1:
                painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _x(self, at_s: float) -> float:
        share = at_s / self._length_s if self._length_s else 0.0
        return _EDGE_PX + share * (self.width() - 2 * _EDGE_PX)
