"""Where a logo sits: a small frame with five places in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from viralclip_desktop.domain.brand import Corner
from viralclip_desktop.domain.edits.placing import PLACES
from viralclip_desktop.domain.properties.brand import CORNER
from viralclip_desktop.gui.text import plain, tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.controls import keeps_key
from viralclip_desktop.gui.widgets.own_keys import asks_for

_NAMES = dict(CORNER.choices)
_WIDTH_PX, _HEIGHT_PX, _SPOT_PX, _INSET_PX = 96, 72, 16, 8


class CornerPicker(QWidget):
    """Emits ``chosen`` with a :class:`Corner`. Arrow keys walk between the places."""

    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self.value: Corner | None = Corner.TOP_RIGHT
        self.setFixedSize(_WIDTH_PX, _HEIGHT_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_value(self.value)

    def show_value(self, value: Corner | None) -> None:
        """Show a place without reporting it; None for one that somebody dragged it to."""
        self.value = value
        place = tr("Placed by hand") if value is None else tr(_NAMES[value])
        self.setAccessibleName(f"{self._name}: {place}")
        self.setToolTip(plain(place))
        self.update()

    def event(self, event: QEvent) -> bool:
        """Arrows choose, while it has the focus."""
        if keeps_key(event) or self._vertical(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows go to the next place on that side."""
        x, y = PLACES[self.value or Corner.CENTRE]
        steps = {
            Qt.Key.Key_Left: (0.0, y),
            Qt.Key.Key_Right: (1.0, y),
            Qt.Key.Key_Up: (x, 0.0),
            Qt.Key.Key_Down: (x, 1.0),
            Qt.Key.Key_Space: (0.5, 0.5),
        }
        to = steps.get(Qt.Key(event.key()))
        if to is None:
            super().keyPressEvent(event)
        else:
            self._choose(_nearest(*to))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The place nearest to the pointer."""
        at = event.position()
        self._choose(_nearest(at.x() / self.width(), at.y() / self.height()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A frame, its places, the chosen one filled."""
        painter, colours = QPainter(self), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        painter.setBrush(colours.colour("raised"))
        edge = "accent" if self.hasFocus() else "line"
        painter.setPen(QPen(colours.colour(edge), tokens.FOCUS_WIDTH if self.hasFocus() else 1))
        painter.drawRoundedRect(box, tokens.RADIUS_CONTROL, tokens.RADIUS_CONTROL)
        painter.setPen(Qt.PenStyle.NoPen)
        for corner, (x, y) in PLACES.items():
            painter.setBrush(colours.colour("accent_fill" if corner is self.value else "line"))
            painter.drawRoundedRect(_spot(box, x, y), 3, 3)

    def _choose(self, corner: Corner) -> None:
        if corner is not self.value:
            self.show_value(corner)
            self.chosen.emit(corner)

    @staticmethod
    def _vertical(event: QEvent) -> bool:
        return asks_for(event, (Qt.Key.Key_Up, Qt.Key.Key_Down))


def _spot(box: QRectF, x: float, y: float) -> QRectF:
    inside = box.adjusted(_INSET_PX, _INSET_PX, -_INSET_PX - _SPOT_PX, -_INSET_PX - _SPOT_PX)
    corner = QPointF(inside.left() + x * inside.width(), inside.top() + y * inside.height())
    return QRectF(corner.x(), corner.y(), _SPOT_PX, _SPOT_PX)


def _nearest(x: float, y: float) -> Corner:
    return min(PLACES, key=lambda corner: (PLACES[corner][0] - x) ** 2 + (PLACES[corner][1] - y) ** 2)
