"""The picture of the player on its black surround."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.gui.text import tr

_ROUNDED_PX = 4  # pictures have even sizes
_SURROUND = QColor("#000000")  # black in both themes: the picture is the brightest thing on the screen


class PictureView(QWidget):
    """Shows images letterboxed; tells how many device pixels there are for them."""

    room_changed = Signal(QSize)
    clicked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._image = QImage()
        self._aspect = Aspect.VERTICAL
        self._message = ""
        self._scaled = QImage()
        self._overlays: list[QWidget] = []
        self._topmost: list[QWidget] = []
        self.setMinimumSize(160, 120)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(tr("Preview"))

    @property
    def image(self) -> QImage:
        """What is shown."""
        return self._image

    @property
    def aspect(self) -> Aspect:
        """The shape of the picture."""
        return self._aspect

    def show_image(self, image: QImage) -> None:
        """Show a picture."""
        self._image, self._message = image, ""
        self._scaled = QImage()
        self.update()

    def add_overlay(self, overlay: QWidget, *, on_top: bool = False) -> None:
        """Lay a widget exactly over the picture (guides, handles); it follows the picture's place.
        One that is ``on_top`` stays above those that come later."""
        overlay.setParent(self)
        self._overlays.append(overlay)
        overlay.setGeometry(self.picture_rect())
        overlay.show()
        if on_top:
            self._topmost.append(overlay)
        for above in self._topmost:
            above.raise_()

    def show_aspect(self, aspect: Aspect) -> None:
        """The shape the next pictures have; a picture of another shape is not left standing."""
        if aspect is not self._aspect:
            self._aspect = aspect
            self._image = QImage()
            self._place_overlays()
            self.update()

    def show_message(self, message: str) -> None:
        """Say why there is no picture."""
        self._image, self._message = QImage(), message
        self.update()

    def room(self) -> QSize:
        """Device pixels there are for the picture."""
        ratio = self.devicePixelRatioF()
        return QSize(round(self.width() * ratio), round(self.height() * ratio))

    def picture_rect(self) -> QRect:
        """Where the picture lies, in widget pixels."""
        ratio = float(self._aspect.ratio)
        height = min(self.height(), round(self.width() / ratio))
        width = min(self.width(), round(height * ratio))
        return QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The surround and the picture."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), _SURROUND)
        if not self._image.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self._image_rect(), self._fitting())
        elif self._message:
            painter.setPen(QColor("#A3ACBA"))
            inside = self.rect().adjusted(24, 24, -24, -24)
            painter.drawText(inside, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._message)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the player how much room there is now."""
        super().resizeEvent(event)
        self._place_overlays()
        if self.isVisible():  # one player serves several views: only the one in sight sets its size
            self.room_changed.emit(self.room())

    def showEvent(self, event: QShowEvent) -> None:
        """This view is the one in sight now."""
        super().showEvent(event)
        self.room_changed.emit(self.room())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click plays or pauses."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.clicked.emit()

    def _place_overlays(self) -> None:
        for overlay in self._overlays:
            overlay.setGeometry(self.picture_rect())

    def _image_rect(self) -> QRect:
        """Where the image goes: one of another shape than the picture's is never stretched to it."""
        place, image = self.picture_rect(), self._image.size()
        if abs(image.width() - image.height() * float(self._aspect.ratio)) <= _ROUNDED_PX:
            return place
        inside = QRect(QPoint(0, 0), image.scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio))
        inside.moveCenter(place.center())
        return inside

    def _fitting(self) -> QImage:
        """The picture; one much larger than its place is shrunk with care, once (painting would alias)."""
        wide = self._image_rect().width() * self.devicePixelRatioF()
        if self._image.width() < 1.2 * wide:
            return self._image
        if self._scaled.isNull() or abs(self._scaled.width() - wide) > 1:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._scaled = self._image.scaledToWidth(round(wide), smooth)
        return self._scaled
