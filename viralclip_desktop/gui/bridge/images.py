"""Pictures for cards, loaded or rendered off the GUI thread and kept by key."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QImageReader

from viralclip_desktop.gui.bridge.tasks import Tasks

_KEPT = 200  # pictures of about 200 kB: 40 MB, and far more than a page shows


def read_image(path: Path, fits: QSize) -> QImage:
    """A picture from a file, shrunk to cover ``fits``; a null image when it can't be read."""
    reader = QImageReader(str(path))
    reader.setAutoTransform(True)
    size = reader.size()
    if size.isValid() and size.width() > fits.width():
        reader.setScaledSize(size.scaled(fits, Qt.AspectRatioMode.KeepAspectRatioByExpanding))
    return reader.read()


def image_from_rgb(pixels: bytes, width: int, height: int) -> QImage:
    """An image of its own from RGB24 rows without padding."""
    return QImage(pixels, width, height, width * 3, QImage.Format.Format_RGB888).copy()


class Pictures(QObject):
    """``get`` answers at once with what is there and asks for what is not; ``arrived`` says repaint."""

    arrived = Signal(object)

    def __init__(self, tasks: Tasks, parent: QObject) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._kept: OrderedDict[Hashable, QImage] = OrderedDict()
        self._asked: set[Hashable] = set()

    def get(self, key: Hashable, make: Callable[[], QImage]) -> QImage | None:
        """The picture kept under ``key``, or None while ``make`` runs on a worker thread."""
        if key in self._kept:
            self._kept.move_to_end(key)
            return self._kept[key]
        if key not in self._asked:
            self._asked.add(key)
            self._tasks.run(
                make, lambda image: self._keep(key, image), lambda _error: self._keep(key, QImage())
            )
        return None

    def _keep(self, key: Hashable, image: QImage) -> None:
        self._asked.discard(key)
        self._kept[key] = image
        while len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        self.arrived.emit(key)
