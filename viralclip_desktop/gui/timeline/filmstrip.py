"""Small pictures of the recording along the video track: read off the GUI thread, kept on disk and here."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Signal
from PySide6.QtGui import QImage

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.time import TICKS_PER_SECOND, Time
from viralclip_desktop.gui.bridge.images import read_image

if TYPE_CHECKING:
    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.gui.bridge.context import Context

_HEIGHT_PX = 120  # of the stored pictures: sharp at a track of 60 px on a display of 200 %
_GRID = TICKS_PER_SECOND // 4  # pictures are taken at whole steps of this, so that every zoom shares them
_MOST_KEPT = 600  # about 60 MB

Fetch = Callable[["Source", Time, Path], QImage]


def fetch(source: Source, at: Time, out: Path) -> QImage:
    """Read one picture, from the disk if it was taken before. Blocks."""
    from viralclip_desktop.media.thumbnails import thumbnail

    if not out.exists():
        thumbnail(Path(source.path), source.info, at, out, _HEIGHT_PX)
    return read_image(out, QSize(4 * _HEIGHT_PX, _HEIGHT_PX))


class Filmstrip(QObject):
    """``want`` names the pictures on screen, ``nearest`` gives the best there is; ``arrived`` says repaint.

    One picture is read at a time, and what scrolled away meanwhile is not read at all.
    """

    arrived = Signal()

    def __init__(self, context: Context, parent: QObject, fetch: Fetch = fetch) -> None:
        super().__init__(parent)
        self._context, self._fetch = context, fetch
        self._source: Source | None = None
        self._images: dict[int, QImage] = {}
        self._times: list[int] = []
        self._wanted: list[int] = []
        self._failed: set[int] = set()
        self._reading = False

    @property
    def aspect(self) -> float:
        """Width over height of a picture; 0 without any."""
        video = self._source.info.video if self._source else None
        return video.size.width / video.size.height if video else 0.0

    def show_source(self, source: Source | None) -> None:
        """Another recording."""
        if source != self._source:
            self._source = source
            self._images, self._times, self._wanted = {}, [], []
            self._failed = set()

    def nearest(self, at: Time) -> tuple[int, QImage] | None:
        """The picture nearest to a source time among those read, with its own time in ticks."""
        index = bisect_left(self._times, at.ticks)
        near = self._times[max(0, index - 1) : index + 1]
        if not near:
            return None
        best = min(near, key=lambda ticks: abs(ticks - at.ticks))
        return best, self._images[best]

    def want(self, times: Iterable[Time], step: Time) -> None:
        """The source times on screen, most wanted first; ``step`` is how far apart they are."""
        grid = _GRID
        while grid * 2 <= step.ticks:
            grid *= 2
        asked = (time.ticks // grid * grid for time in times)
        missing = dict.fromkeys(t for t in asked if t not in self._images and t not in self._failed)
        self._wanted = list(missing)
        self._next()

    def _next(self) -> None:
        source = self._source
        if self._reading or not self._wanted or source is None or source.info.video is None:
            return
        at = Time(self._wanted.pop(0))
        folder = self._context.services.paths.source_cache(source.id) / "filmstrip"
        out = folder / f"{at.ticks * 100 // TICKS_PER_SECOND:08d}.jpg"
        self._reading = True
        self._context.pictures.run(
            lambda: self._fetch(source, at, out),
            lambda image: self._keep(source, at, image),
            lambda error: self._give_up(source, at, error),
        )

    def _keep(self, source: Source, at: Time, image: QImage) -> None:
        self._reading = False
        if source == self._source and at.ticks not in self._images:
            if image.isNull():
                self._failed.add(at.ticks)
            else:
                self._images[at.ticks] = image
                insort(self._times, at.ticks)
                self._forget_oldest()
                self.arrived.emit()
        self._next()

    def _give_up(self, source: Source, at: Time, error: Exception) -> None:
        self._reading = False
        if source == self._source:
            self._failed.add(at.ticks)
        if not isinstance(error, Fault):
            self._context.trouble(error)
        self._next()

    def _forget_oldest(self) -> None:
        while len(self._images) > _MOST_KEPT:
            oldest = next(iter(self._images))
            del self._images[oldest]
            self._times.remove(oldest)
