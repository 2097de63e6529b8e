"""One caption style as a tile: a picture that moves while it is looked at, and the name below."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton

from viralclip_desktop.domain.captions import CaptionStyle
from viralclip_desktop.gui.common.tile_pictures import MOVING_FPS
from viralclip_desktop.gui.text import plain, tr_message
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.controls import keeps_key
from viralclip_desktop.gui.widgets.painting import paint_cover, paint_line

TILE_HEIGHT_PX = 92
_PICTURE_PX = 68


class StyleTile(QAbstractButton):
    """Emits ``looked_at`` when the pointer or the focus comes, and ``left`` when both are gone."""

    looked_at = Signal()
    left = Signal()

    def __init__(self, style: CaptionStyle) -> None:
        super().__init__()
        self.style_id = style.id
        self._image: QImage | None = None
        self._frames: Sequence[QImage] = ()
        self._frame = 0
        self._clock = QTimer(self)
        self._clock.setInterval(1000 // MOVING_FPS)
        self._clock.timeout.connect(self._next_frame)
        self.setText(tr_message(style.label))
        self.setAccessibleName(tr_message(style.label))
        self.setToolTip(plain(tr_message(style.label)))
        self.setCheckable(True)
        self.setFixedHeight(TILE_HEIGHT_PX)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def moving(self) -> bool:
        """Whether it moves."""
        return self._clock.isActive()

    @property
    def watched(self) -> bool:
        """Whether pointer or focus is on it."""
        return self.underMouse() or self.hasFocus()

    @property
    def picture(self) -> QImage | None:
        """What shows now."""
        return self._frames[self._frame] if self.moving else self._image

    def show_picture(self, image: QImage | None) -> None:
        """The style on the clip's own words; the old picture stays until the new one is there."""
        if image is not None:
            self._image = image
            self.update()

    def play(self, frames: Sequence[QImage]) -> None:
        """Show frames over and over."""
        if frames:
            self._frames, self._frame = frames, 0
            self._clock.start()
            self.update()

    def stop(self) -> None:
        """Stand still again."""
        self._clock.stop()
        self._frames = ()
        self.update()

    def event(self, event: QEvent) -> bool:
        """Arrows walk the gallery while it has the focus; the pointer's coming and going is reported."""
        if keeps_key(event):
            event.accept()
            return True
        handled = super().event(event)
        if event.type() == QEvent.Type.HoverEnter:
            self.looked_at.emit()
        elif event.type() == QEvent.Type.HoverLeave and not self.hasFocus():
            self.left.emit()
        return handled

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Walked to by keyboard."""
        super().focusInEvent(event)
        self.looked_at.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Walked away from."""
        super().focusOutEvent(event)
        if not self.underMouse():
            self.left.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Picture, name, ring."""
        colours, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRect(2, 2, self.width() - 4, _PICTURE_PX - 2)
        painter.setOpacity(1.0 if self.isEnabled() else 0.4)
        paint_cover(painter, box, self.picture, 6)
        if self.isChecked() or self.hasFocus() or self.underMouse():
            ring = "accent" if self.isChecked() else ("text" if self.hasFocus() else "faint")
            painter.setPen(QPen(colours.colour(ring), tokens.FOCUS_WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(box).adjusted(-1, -1, 1, 1), 7, 7)
        name = QRect(4, _PICTURE_PX + 2, self.width() - 8, TILE_HEIGHT_PX - _PICTURE_PX - 4)
        font = colours.sized(tokens.TYPE_NOTE, strong=self.isChecked())
        paint_line(painter, name, self.text(), font, "text" if self.isChecked() else "quiet")

    def _next_frame(self) -> None:
        self._frame = (self._frame + 1) % len(self._frames)
        self.update()
