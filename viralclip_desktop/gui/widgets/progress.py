"""A thin progress bar: it moves, it never blinks."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.time import Time
from viralclip_desktop.gui.text import duration, tr
from viralclip_desktop.gui.theme.theme import theme


class ProgressLine(QWidget):
    """A share 0..1 as a line."""

    def __init__(self, name: str, height_px: int = 6) -> None:
        super().__init__()
        self._share, self._colour = 0.0, "accent"
        self.setFixedHeight(height_px)
        self.setAccessibleName(name)

    @property
    def share(self) -> float:
        """The share shown."""
        return self._share

    def show_share(self, share: float, colour: str = "accent") -> None:
        """Show a share 0..1 in the colour of one token."""
        share = min(1.0, max(0.0, share))
        if (share, colour) != (self._share, self._colour):
            self._share, self._colour = share, colour
            self.setAccessibleDescription(f"{round(share * 100)} %")
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A groove and how full it is."""
        painter, radius = QPainter(self), self.height() / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme().colour("line"))
        painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
        if self._share > 0:
            width = max(float(self.height()), self.width() * self._share)
            painter.setBrush(theme().colour(self._colour))
            painter.drawRoundedRect(QRectF(0, 0, width, self.height()), radius, radius)


def time_left_words(seconds: float | None) -> str:
    """``about 40 s left``, or nothing while it is not known."""
    if seconds is None or seconds < 0:
        return ""
    steps = max(1, round(seconds)) if seconds < 10 else 5 * round(seconds / 5)
    return tr("about {time} left", time=duration(Time.from_seconds(steps)))
