"""A logo or watermark of a kit: file, place, size, distance, opacity."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from viralclip_desktop.domain.brand import Corner, Logo
from viralclip_desktop.domain.properties.brand import LOGO
from viralclip_desktop.domain.properties.rows import Number
from viralclip_desktop.gui.bridge.images import Pictures, read_image
from viralclip_desktop.gui.common.corner_picker import CornerPicker
from viralclip_desktop.gui.common.property_controls import property_slider, show_stored, stored
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.file_field import PICTURES, FileField
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.scaled_slider import ScaledSlider
from viralclip_desktop.gui.widgets.setting_row import setting_row

if TYPE_CHECKING:
    from collections.abc import Callable

_THUMB_PX = QSize(240, 72)


class LogoEditor(QWidget):
    """Emits ``changed`` with a :class:`Logo` (or None) and the gesture. In here a logo names its file by the
    path."""

    changed = Signal(object, str)

    def __init__(self, name: str, start: Logo, pictures: Pictures) -> None:
        super().__init__()
        self._name, self._start = name, start
        self._shown: Logo | None = None
        self.file = FileField(name, tr("Pictures"), PICTURES)
        self.corner = CornerPicker(tr("Place of the {name}", name=name.lower()))
        self.thumb = PictureThumb(pictures)
        self.sliders = {item.field: self._slider(item) for item in LOGO}
        rows = [setting_row(tr(item.label), self.sliders[item.field]) for item in LOGO]
        self._rest = QWidget()
        place = setting_row(tr("Place"), self.corner, wide=False)
        self._rest.setLayout(column(self.thumb, place, *rows, gap=6))
        self.setLayout(column(self.file, self._rest, gap=8, margins=(8, 0, 0, 8)))
        self.file.chosen.connect(self._file_chosen)
        self.corner.chosen.connect(self._corner_chosen)
        self.show_logo(None)

    def show_logo(self, logo: Logo | None) -> None:
        """Show a logo without reporting it."""
        self._shown = logo
        self.file.show_path(logo.asset_id if logo else "")
        self.thumb.show_file(logo.asset_id if logo else "")
        self._rest.setVisible(logo is not None)
        for item in LOGO:
            show_stored(self.sliders[item.field], item, getattr(logo or self._start, item.field))
        by_hand = logo is not None and logo.x is not None
        self.corner.show_value(None if by_hand else (logo or self._start).corner)

    def _slider(self, item: Number) -> ScaledSlider:
        field = item.field
        made = property_slider(item, getattr(self._start, field), f"{self._name}: {tr(item.label)}")
        cornered = {"x": None, "y": None} if field == "margin" else {}  # a distance is one from a corner
        made.scaled.connect(
            lambda number, gesture: self._set(
                f"{field}-{gesture}", **{field: stored(item, number)}, **cornered
            )
        )
        return made

    def _file_chosen(self, path: str) -> None:
        logo = replace(self._shown or self._start, asset_id=path) if path else None
        self.show_logo(logo)
        self.changed.emit(logo, "")

    def _corner_chosen(self, corner: object) -> None:
        if isinstance(corner, Corner):
            self._set("", corner=corner, x=None, y=None)

    def _set(self, gesture: str, **values: object) -> None:
        if self._shown is not None:
            self._shown = replace(self._shown, **values)  # type: ignore[arg-type]
            self.changed.emit(self._shown, gesture)


class PictureThumb(QWidget):
    """A picture file, small, on a ground that shows its transparent parts."""

    def __init__(self, pictures: Pictures) -> None:
        super().__init__()
        self._pictures, self._path = pictures, ""
        self._image: QImage | None = None
        self.setFixedHeight(_THUMB_PX.height())
        pictures.arrived.connect(self._came)

    def show_file(self, path: str) -> None:
        """Show another file; nothing for an empty path."""
        self._path = path
        self._image = self._pictures.get(self._key(), _reader(path)) if path else None
        self.setVisible(bool(path))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The picture in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("raised"))
        painter.drawRoundedRect(self.rect(), 6, 6)
        if self._image is None or self._image.isNull():
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        room = self.rect().adjusted(8, 8, -8, -8).size()
        target = QRect(0, 0, 0, 0)
        target.setSize(self._image.size().scaled(room, Qt.AspectRatioMode.KeepAspectRatio))
        target.moveCenter(self.rect().center())
        painter.drawImage(target, self._image)

    def _key(self) -> tuple[str, str]:
        return ("thumb", self._path)

    def _came(self, key: object) -> None:
        if key == self._key():
            self._image = self._pictures.get(self._key(), QImage)
            self.update()


def _reader(path: str) -> Callable[[], QImage]:
    return lambda: read_image(Path(path), QSize(2 * _THUMB_PX.width(), 2 * _THUMB_PX.height()))
