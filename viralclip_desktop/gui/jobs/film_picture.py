"""A small picture of a finished film, made when it is first in sight."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.domain.exports import Export
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.workflows.posting import film_picture
from viralclip_desktop.gui.bridge.images import Pictures, read_image
from viralclip_desktop.gui.widgets.painting import paint_cover

_SIZE = QSize(40, 56)
_READ_SIZE = QSize(120, 168)


class FilmPicture(QWidget):
    """Shows an export's film; hidden until there is one."""

    def __init__(self, services: Services, pictures: Pictures) -> None:
        super().__init__()
        self._services, self._pictures = services, pictures
        self._export: Export | None = None
        self.setFixedSize(_SIZE)
        pictures.arrived.connect(self._arrived)

    @property
    def image(self) -> QImage | None:
        """The picture, or None while it is being made."""
        export = self._export
        return None if export is None else self._pictures.get(_key(export), lambda: self._read(export))

    def show_export(self, export: Export | None) -> None:
        """The film of an export; None shows nothing."""
        self._export = export
        self.setVisible(export is not None)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture, or an even ground."""
        painter = QPainter(self)
        paint_cover(painter, self.rect(), self.image, 4)
        painter.end()

    def _read(self, export: Export) -> QImage:
        try:
            path = film_picture(self._services, export)
        except BadInput:  # the file was taken away: the row stays without a picture
            return QImage()
        return QImage() if path is None else read_image(path, _READ_SIZE)

    def _arrived(self, key: object) -> None:
        if self._export is not None and key == _key(self._export):
            self.update()


def _key(export: Export) -> tuple[str, str, float]:
    return ("film", export.id, export.updated_at)
