"""The crop, moved by hand on the preview: drag moves it, the wheel zooms; guides on demand."""

from __future__ import annotations

import time
from dataclasses import replace

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from viralclip_desktop.domain.clip import FrameKey
from viralclip_desktop.gui.reframe.crop_editor import CropEditor
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.own_keys import asks_for
from viralclip_desktop.gui.widgets.painting import paint_cover

_DRAG_FROM_PX = 4  # less is a click
_WHEEL_GESTURE_S = 0.7  # turns of the wheel closer together are one edit
_ZOOM_PER_NOTCH = 1.08
_KEY_STEP, _KEY_ZOOM = 0.01, 1.05
_INSET_PX = 132
_LINE = QColor(255, 255, 255, 150)
_SHADE = QColor(0, 0, 0, 110)
_SAFE = QColor(240, 181, 69, 200)
TITLE_SAFE, ACTION_SAFE = 0.05, 0.035
"""Margins of the graphics-safe and the action-safe area (EBU R 95), each side."""
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_ZOOMS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}


class CropHandles(QWidget):
    """Lies over the picture (``PictureView.add_overlay``). A click that moves nothing is ``clicked``."""

    clicked = Signal()

    def __init__(self, editor: CropEditor) -> None:
        super().__init__()
        self._editor = editor
        self.active = self.thirds = self.title_safe = False
        self._pressed: QPointF | None = None
        self._start = editor.crop
        self._shown: FrameKey | None = None
        self._dragging = False
        self._gesture, self._wheel_at = 0, 0.0
        self._thumbnail = QImage()
        self.setAccessibleName(tr("Crop on the picture: arrows move it, plus and minus zoom"))
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        editor.changed.connect(self._follow)
        editor.clip_left.connect(self._let_go)
        self.set_active(False)

    def set_active(self, active: bool) -> None:
        """Whether the crop can be moved; guides show in any case."""
        self.active = active
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not active)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if active else Qt.FocusPolicy.NoFocus)
        self._follow()

    def show_guides(self, *, thirds: bool | None = None, title_safe: bool | None = None) -> None:
        """Guides that stay; None leaves one as it is."""
        self.thirds = self.thirds if thirds is None else thirds
        self.title_safe = self.title_safe if title_safe is None else title_safe
        self.update()

    def show_thumbnail(self, image: QImage) -> None:
        """The whole source picture, for the small map of the crop."""
        self._thumbnail = image
        self.update()

    # --- mouse -----------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A drag or a click begins."""
        if event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        self._pressed, self._start = event.position(), self._editor.crop
        self._gesture += 1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The picture follows the pointer."""
        if self._pressed is None or not self._editor.in_sight:
            return
        way = event.position() - self._pressed
        if not self._dragging and way.manhattanLength() < _DRAG_FROM_PX:
            return
        self._dragging = True
        self.setCursor(Qt.CursorShape.ClosedHandCursor)
        width, height = self._editor.shares(self._start.zoom)
        self._move(
            replace(
                self._start,
                centre_x=self._start.centre_x - way.x() / max(1, self.width()) * width,
                centre_y=self._start.centre_y - way.y() / max(1, self.height()) * height,
            )
        )

    def _let_go(self) -> None:
        """Another clip: the drag is over."""
        self._dragging, self._pressed = False, None

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """The end of a drag, or a click."""
        if event.button() is not Qt.MouseButton.LeftButton or self._pressed is None:
            return
        was_drag, self._dragging, self._pressed = self._dragging, False, None
        self._follow()
        if not was_drag:
            self.clicked.emit()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom about the middle."""
        notches = event.angleDelta().y() / 120
        if not self.active or not self._editor.in_sight or not notches:
            event.ignore()
            return
        now = time.monotonic()
        if now - self._wheel_at > _WHEEL_GESTURE_S:
            self._gesture += 1
            self._start = self._editor.crop
        self._wheel_at = now
        self._start = replace(self._start, zoom=max(1.0, self._start.zoom * _ZOOM_PER_NOTCH**notches))
        self._move(self._start)
        event.accept()

    def enterEvent(self, event: QEnterEvent) -> None:
        """The guides come with the pointer."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """And go with it."""
        super().leaveEvent(event)
        self.update()

    # --- keyboard --------------------------------------------------------------------------------------

    def event(self, event: QEvent) -> bool:
        """Arrows, plus and minus are the crop's while it has the focus."""
        if asks_for(event, (*_STEPS, *_ZOOMS)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move by a hundredth of the picture, with Shift by five."""
        key, crop = Qt.Key(event.key()), self._editor.crop
        far = 5 if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        if key in _STEPS:
            x, y = _STEPS[key]
            by = _KEY_STEP * far
            self._gesture += 1
            self._move(replace(crop, centre_x=crop.centre_x + x * by, centre_y=crop.centre_y + y * by))
        elif key in _ZOOMS:
            self._gesture += 1
            self._move(replace(crop, zoom=max(1.0, crop.zoom * _KEY_ZOOM ** _ZOOMS[key])))
        else:
            super().keyPressEvent(event)

    # --- inside ----------------------------------------------------------------------------------------

    def _move(self, crop: FrameKey) -> None:
        self._shown = crop
        self._editor.move(crop, f"crop-{self._gesture}")
        self.update()

    def _follow(self) -> None:
        if not self._dragging:
            self._shown = None
            hand = self.active and self._editor.in_sight
            self.setCursor(Qt.CursorShape.OpenHandCursor if hand else Qt.CursorShape.ArrowCursor)
        self.setAccessibleDescription(tr("Zoom {percent} %", percent=round(self._editor.crop.zoom * 100)))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Guides, corners, and while it moves the map."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        handling = self.active and self._editor.in_sight
        if self.thirds or self._dragging:
            _paint_thirds(painter, box)
        if self.title_safe:
            _paint_safe(painter, box)
        if handling and (self.underMouse() or self.hasFocus() or self._dragging):
            _paint_corners(painter, box, focused=self.hasFocus())
        if handling and (self._dragging or time.monotonic() - self._wheel_at < _WHEEL_GESTURE_S):
            self._paint_map(painter, box)

    def _paint_map(self, painter: QPainter, box: QRectF) -> None:
        """The whole source picture, small, and what of it is seen."""
        ratio = self._thumbnail.width() / self._thumbnail.height() if self._thumbnail.height() else 16 / 9
        width = min(_INSET_PX, box.width() / 2)
        place = QRectF(box.right() - width - 10, box.top() + 10, width, width / ratio)
        paint_cover(painter, place.toRect(), self._thumbnail, 4)
        crop = self._shown or self._editor.crop
        wide, high = self._editor.shares(max(1.0, crop.zoom))
        x = min(1 - wide / 2, max(wide / 2, crop.centre_x))
        y = min(1 - high / 2, max(high / 2, crop.centre_y))
        seen = QRectF(
            place.left() + (x - wide / 2) * place.width(),
            place.top() + (y - high / 2) * place.height(),
            wide * place.width(),
            high * place.height(),
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(_SHADE)
        painter.drawRect(place.adjusted(0, 0, seen.left() - place.right(), 0))
        painter.drawRect(place.adjusted(seen.right() - place.left(), 0, 0, 0))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme().colour("accent"), 2))
        painter.drawRect(seen)


def _paint_thirds(painter: QPainter, box: QRectF) -> None:
    for pen in (QPen(_SHADE, 3), QPen(_LINE, 1)):
        painter.setPen(pen)
        for share in (1 / 3, 2 / 3):
            x, y = box.left() + share * box.width(), box.top() + share * box.height()
            painter.drawLine(QPointF(x, box.top()), QPointF(x, box.bottom()))
            painter.drawLine(QPointF(box.left(), y), QPointF(box.right(), y))


def _paint_safe(painter: QPainter, box: QRectF) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for share, style in ((TITLE_SAFE, Qt.PenStyle.SolidLine), (ACTION_SAFE, Qt.PenStyle.DashLine)):
        painter.setPen(QPen(_SAFE, 1.2, style))
        x, y = share * box.width(), share * box.height()
        painter.drawRect(box.adjusted(x, y, -x, -y))


def _paint_corners(painter: QPainter, box: QRectF, *, focused: bool) -> None:
    """Four corner marks: the picture can be taken hold of."""
    long, inset = min(28.0, box.width() / 6), 5.0
    colour = theme().colour("accent") if focused else QColor(255, 255, 255, 220)
    for pen in (QPen(_SHADE, 5), QPen(colour, 3)):
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        for x, sx in ((box.left() + inset, 1), (box.right() - inset, -1)):
            for y, sy in ((box.top() + inset, 1), (box.bottom() - inset, -1)):
                painter.drawLine(QPointF(x, y), QPointF(x + sx * long, y))
                painter.drawLine(QPointF(x, y), QPointF(x, y + sy * long))
