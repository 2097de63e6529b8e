"""Titles and bars, taken hold of on the picture and dragged to another place."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from viralclip_desktop.compose.captions.layout import CANVAS_SHORT_SIDE, Box, canvas_size
from viralclip_desktop.compose.title_setting import title_box
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.domain.layers import DrawnLayer, ProgressLayer
from viralclip_desktop.features.editing import put_layer
from viralclip_desktop.gui.theme.theme import theme

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.session.player import Player

_AROUND_PX = 6  # a bar is too thin to be hit as it is
_SNAP = 0.012  # of the frame's width: nearer to the middle is meant as the middle


class LayerHandles(QWidget):
    """Lies over the picture (``PictureView.add_overlay``); clicks beside a layer go through to it."""

    def __init__(self, session: ClipSession, player: Player) -> None:
        super().__init__()
        self._session, self._player = session, player
        self._held: DrawnLayer | None = None
        self._over: DrawnLayer | None = None
        self._pressed, self._gesture = QPointF(), ""
        self.setMouseTracking(True)
        self.set_active(False)

    def set_active(self, active: bool) -> None:
        """Whether layers can be taken hold of."""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, not active)
        self._over = None
        self.update()

    def layer_at(self, point: QPointF) -> DrawnLayer | None:
        """The topmost title or bar that shows at a point of the widget now."""
        plan = self._player.plan
        if plan is None:
            return None
        at = self._player.position
        drawn: list[DrawnLayer] = [*plan.progress, *plan.titles]
        shown = [one for one in drawn if one.range.start <= at < one.range.end]
        under = (one for one in reversed(shown) if self._place(one, plan).contains(point))
        return next(under, None)

    def _place(self, layer: DrawnLayer, plan: RenderPlan) -> QRectF:
        size, box = canvas_size(plan.aspect), _box(layer, plan)
        across, down = self.width() / size.width, self.height() / size.height
        place = QRectF(
            box.left * across,
            box.top * down,
            (box.right - box.left) * across,
            (box.bottom - box.top) * down,
        )
        return place.adjusted(-_AROUND_PX, -_AROUND_PX, _AROUND_PX, _AROUND_PX)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of what is there."""
        held = self.layer_at(event.position())
        if held is None or event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        self._held, self._pressed, self._gesture = held, event.position(), new_id("drag")

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held; else show what could be."""
        if self._held is not None:
            self._drag(event.position() - self._pressed)
            return
        over = self.layer_at(event.position())
        if over != self._over:
            self._over = over
            self.setCursor(Qt.CursorShape.SizeAllCursor if over else Qt.CursorShape.ArrowCursor)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        if self._held is None:
            event.ignore()
        self._held = self._over = None
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        super().leaveEvent(event)
        self._over = None
        self.update()

    def _drag(self, by: QPointF) -> None:
        layer = self._held
        assert layer is not None
        x, y = layer.x + by.x() / max(1, self.width()), layer.y + by.y() / max(1, self.height())
        middle = 0.5 - (layer.width / 2 if isinstance(layer, ProgressLayer) else 0)
        x = middle if abs(x - middle) < _SNAP else x
        moved = replace(layer, x=round(min(1.0, max(-0.5, x)), 4), y=round(min(1.0, max(0.0, y)), 4))
        self._over = moved
        self._session.edit(put_layer, moved, gesture=f"{layer.id}-{self._gesture}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A frame around what is under the pointer."""
        plan = self._player.plan
        if self._over is None or plan is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((QColor(0, 0, 0, 120), 3.0), (theme().colour("accent"), 1.5)):
            painter.setPen(QPen(colour, width))
            painter.drawRoundedRect(self._place(self._over, plan), 4, 4)


def _box(layer: DrawnLayer, plan: RenderPlan) -> Box:
    """Where a layer lies on the canvas."""
    if not isinstance(layer, ProgressLayer):
        return title_box(layer, plan) or Box(0, 0, 0, 0)
    size = canvas_size(plan.aspect)
    left, top = layer.x * size.width, layer.y * size.height
    return Box(left, top, left + layer.width * size.width, top + layer.height * CANVAS_SHORT_SIDE)
