"""A sound drawn as bars, with the place that is heard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.own_keys import asks_for

_BAR_PX, _GAP_PX = 2.0, 1.0
_STEP_S = 2.0
_KEYS = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home}


def paint_bars(
    painter: QPainter, box: QRectF, levels: Sequence[float], colour: str, heard: float = 1.0
) -> None:
    """Bars on the middle of a box, as many as have room. ``levels``: 0..1; ``heard``: the share from the left
    that has the ``colour``, the rest is faint."""
    count = min(len(levels), int(box.width() / (_BAR_PX + _GAP_PX)))
    if count < 1:
        return
    painter.setPen(Qt.PenStyle.NoPen)
    step, middle = box.width() / count, box.center().y()
    for number in range(count):
        first, last = number * len(levels) // count, (number + 1) * len(levels) // count
        half = max(1.0, max(levels[first : max(last, first + 1)]) * box.height() / 2)
        painter.setBrush(theme().colour(colour if (number + 0.5) / count <= heard else "faint"))
        left = box.left() + number * step
        painter.drawRoundedRect(QRectF(left, middle - half, step - _GAP_PX, 2 * half), 1, 1)


class SoundWave(QWidget):
    """``sought`` carries the second that was clicked, or gone to with the arrows."""

    sought = Signal(float)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._levels: Sequence[float] = ()
        self._length_s, self._at_s = 0.0, 0.0
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(56)

    @property
    def levels(self) -> Sequence[float]:
        """What is drawn."""
        return self._levels

    def sizeHint(self) -> QSize:
        """A strip."""
        return QSize(240, 56)

    def show_sound(self, levels: Sequence[float], length_s: float) -> None:
        """Draw a sound (0..1) of so many seconds."""
        self._levels, self._length_s = levels, length_s
        self.show_place(0.0)

    def show_place(self, at_s: float) -> None:
        """Where it is heard, in seconds."""
        self._at_s = at_s
        self.setAccessibleDescription(f"{at_s:.0f} / {self._length_s:.0f} s")
        self.update()

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
        if self._length_s > 0:
            share = min(1.0, max(0.0, event.position().x() / max(1, self.width())))
            self.sought.emit(share * self._length_s)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bars, those that were heard in the colour of voices."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(4, 6, -4, -6)
        share = self._at_s / self._length_s if self._length_s else 0.0
        paint_bars(painter, box, self._levels, "track_voice", share or 1.0)
        if self.hasFocus():
            painter.setPen(QPen(theme().colour("accent"), tokens.FOCUS_WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
