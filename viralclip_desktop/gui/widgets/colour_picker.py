"""The open colour picker: a square for saturation and brightness, bars for hue and opacity."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QLinearGradient, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QFrame, QWidget

from viralclip_desktop.gui.text import plain, tr
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.buttons import on_click
from viralclip_desktop.gui.widgets.layout import column, row

_WIDTH_PX = 232
_STEP = 0.02  # an arrow key
STAPLES = ("#FFFFFF", "#000000", "#FFD60A", "#FF3B30", "#3DFF74", "#5CE1FF", "#7C3AED", "#FF7A1A")


class _Plane(QWidget):
    """Something with a knob on it that mouse and arrow keys move; both places are 0..1."""

    moved = Signal(float, float)
    settled = Signal()

    def __init__(self, name: str, height: int, flat: bool) -> None:
        super().__init__()
        self.across, self.down, self._flat = 0.0, 0.5, flat
        self.setFixedHeight(height)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setCursor(Qt.CursorShape.CrossCursor)

    def place(self, x: float, y: float = 0.5) -> None:
        """Put the knob somewhere."""
        self.across, self.down = min(1.0, max(0.0, x)), min(1.0, max(0.0, y))
        self.setAccessibleDescription(f"{round(self.across * 100)} %")
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The knob jumps to the pointer."""
        self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """And follows it."""
        self._follow(event)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """The drag is over."""
        self.settled.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the knob."""
        steps = {
            Qt.Key.Key_Left: (-_STEP, 0.0),
            Qt.Key.Key_Right: (_STEP, 0.0),
            Qt.Key.Key_Up: (0.0, -_STEP),
            Qt.Key.Key_Down: (0.0, _STEP),
        }
        by = steps.get(Qt.Key(event.key()))
        if by is None or (self._flat and by[1]):
            super().keyPressEvent(event)
            return
        self._go(self.across + by[0], self.down + by[1])
        self.settled.emit()

    def _follow(self, event: QMouseEvent) -> None:
        at = event.position()
        self._go(at.x() / max(1, self.width()), at.y() / max(1, self.height()))

    def _go(self, x: float, y: float) -> None:
        self.place(x, 0.5 if self._flat else y)
        self.moved.emit(self.across, self.down)

    def _paint_knob(self, painter: QPainter, colour: QColor) -> None:
        at = QPointF(
            min(self.width() - 8.0, max(8.0, self.across * self.width())),
            min(self.height() - 8.0, max(8.0, self.down * self.height())),
        )
        painter.setBrush(colour)
        painter.setPen(QPen(QColor("#000000"), 1))
        painter.drawEllipse(at, 7.5, 7.5)
        painter.setPen(QPen(theme().colour("accent") if self.hasFocus() else QColor("#FFFFFF"), 2))
        painter.drawEllipse(at, 6, 6)


class _Square(_Plane):
    """Saturation to the right, darkness downwards."""

    def __init__(self) -> None:
        super().__init__(tr("Saturation and brightness"), 140, flat=False)
        self.hue = 0.0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """White to the hue, and down to black."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        tint = QLinearGradient(box.topLeft(), box.topRight())
        tint.setColorAt(0, QColor("#FFFFFF"))
        tint.setColorAt(1, QColor.fromHsvF(self.hue, 1, 1))
        shade = QLinearGradient(box.topLeft(), box.bottomLeft())
        shade.setColorAt(0, QColor(0, 0, 0, 0))
        shade.setColorAt(1, QColor(0, 0, 0, 255))
        painter.setPen(Qt.PenStyle.NoPen)
        for gradient in (tint, shade):
            painter.setBrush(gradient)
            painter.drawRoundedRect(box, 6, 6)
        self._paint_knob(painter, QColor.fromHsvF(self.hue, self.across, 1 - self.down))


class _Bar(_Plane):
    """A bar painted by a gradient."""

    def __init__(self, name: str) -> None:
        super().__init__(name, 16, flat=True)
        self.stops: list[QColor] = []

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The gradient and its knob."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(0, 2, 0, -2)
        gradient = QLinearGradient(box.topLeft(), box.topRight())
        for number, stop in enumerate(self.stops):
            gradient.setColorAt(number / max(1, len(self.stops) - 1), stop)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("line"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setBrush(gradient)
        painter.drawRoundedRect(box, 6, 6)
        self._paint_knob(painter, QColor(0, 0, 0, 0))


class _Dab(QAbstractButton):
    """A ready-made colour."""

    def __init__(self, value: str) -> None:
        super().__init__()
        self.colour = QColor(value)
        self.setAccessibleName(value)
        self.setToolTip(plain(value))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setFixedSize(QSize(22, 22))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A round spot."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(self.colour)
        ring = "accent" if self.hasFocus() else "faint"
        painter.setPen(QPen(theme().colour(ring), 2 if self.hasFocus() else 1))
        painter.drawEllipse(QRectF(self.rect()).adjusted(2, 2, -2, -2))


class ColourPicker(QFrame):
    """Emits ``picked`` while the colour moves and ``settled`` at the end of each drag."""

    picked = Signal(QColor)
    settled = Signal()

    def __init__(self, owner: QWidget, colour: QColor, alpha: bool, own: Sequence[str] = ()) -> None:
        super().__init__(owner, Qt.WindowType.Popup)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setProperty("role", "toast")
        self.square, self.hue, self.opacity = _Square(), _Bar(tr("Hue")), _Bar(tr("Opacity"))
        self.hue.stops = [QColor.fromHsvF(step / 6 % 1, 1, 1) for step in range(7)]
        self.dabs = [_Dab(value[:7]) for value in (*own, *STAPLES)][:8]
        dabs = row(*self.dabs, None, gap=4)
        self.setLayout(column(self.square, self.hue, self.opacity, dabs, gap=10, margins=(12, 12, 12, 10)))
        self.opacity.setVisible(alpha)
        self.setFixedWidth(_WIDTH_PX)
        self._show(colour)
        for part in (self.square, self.hue, self.opacity):
            part.moved.connect(self._moved)
            part.settled.connect(self.settled)
        for dab in self.dabs:
            on_click(dab, lambda dab=dab: self._take(dab.colour))  # type: ignore[misc]
        self.adjustSize()

    @property
    def colour(self) -> QColor:
        """The colour the knobs stand for."""
        colour = QColor.fromHsvF(self.square.hue, self.square.across, 1 - self.square.down)
        colour.setAlphaF(self.opacity.across)
        return colour

    def _show(self, colour: QColor) -> None:
        hue = max(0.0, colour.hsvHueF())
        self.square.hue = hue
        self.square.place(colour.hsvSaturationF(), 1 - colour.valueF())
        self.hue.place(hue)
        self.opacity.place(colour.alphaF())
        self._tint()

    def _moved(self) -> None:
        self.square.hue = min(0.999, self.hue.across)
        self._tint()
        self.picked.emit(self.colour)

    def _take(self, colour: QColor) -> None:
        self._show(colour)
        self.picked.emit(self.colour)
        self.settled.emit()

    def _tint(self) -> None:
        solid = QColor(self.colour)
        solid.setAlpha(255)
        clear = QColor(solid)
        clear.setAlpha(0)
        self.opacity.stops = [clear, solid]
        self.square.update()
        self.opacity.update()
