"""One trim handle: drag it, or focus it and use the arrows."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.time import Time
from viralclip_desktop.gui.text import clock_time, plain, tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.own_keys import asks_for

HANDLE_PX = 16
_KEYS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}


class TrimHandle(QWidget):
    """The in or the out point. The bar it lies on turns pixels into time."""

    pressed = Signal()
    dragged = Signal(float, bool)
    """Pointer x in the bar, and whether it moves freely (Alt held)."""
    released = Signal()
    nudged = Signal(int, bool)
    """One word back (-1) or on (+1), or one frame with Alt."""

    def __init__(self, edge: str, bar: QWidget) -> None:
        super().__init__(bar)
        self.edge = edge
        self._held = False
        self.setFixedWidth(HANDLE_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.SizeHorCursor)
        where = tr("Start of the clip") if edge == "in" else tr("End of the clip")
        self.setAccessibleName(where)
        self.setToolTip(plain(tr("{where}. Drag to a word; hold Alt to move freely", where=where)))

    def show_time(self, time: Time) -> None:
        """Tell screen readers where the handle is."""
        self.setAccessibleDescription(clock_time(time))

    def event(self, event: QEvent) -> bool:
        """The arrows move the handle while it has the focus."""
        if asks_for(event, _KEYS):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """One word at a time, one frame with Alt."""
        direction = _KEYS.get(Qt.Key(event.key()))
        if direction is None:
            super().keyPressEvent(event)
        else:
            self.nudged.emit(direction, bool(event.modifiers() & Qt.KeyboardModifier.AltModifier))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._held = True
            self.pressed.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag."""
        if self._held:
            x = self.mapToParent(event.position().toPoint()).x()
            free = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
            self.dragged.emit(float(x), free)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        if self._held:
            self._held = False
            self.released.emit()

    def let_go(self) -> None:
        """What the bar shows is another thing now: the drag is over."""
        self._held = False

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A grip with a notch, rounded on the outside."""
        colours, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("accent"))
        painter.drawRoundedRect(QRectF(self.rect()), 4, 4)
        painter.setPen(QPen(colours.colour("on_accent"), 2, c=Qt.PenCapStyle.RoundCap))
        middle, x = self.height() / 2, self.width() / 2
        painter.drawLine(int(x), int(middle - 8), int(x), int(middle + 8))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("text"), tokens.FOCUS_WIDTH))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 4, 4)
