"""A sound as its outline, whole, with its named sections below and the place that is heard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme

_BAR_PX, _STEP_PX = 2, 3
_NAMES_PX = 18
_QUIET_POWER = 0.8  # so that quiet passages stay visible


class WaveView(QWidget):
    """Nothing is done in it: it is played by the button beside it."""

    def __init__(self, name: str, colour: str = "track_music", height_px: int = 48) -> None:
        super().__init__()
        self._wave: tuple[int, ...] = ()
        self._sections: tuple[tuple[str, float], ...] = ()
        self._length_s, self._share = 0.0, 0.0
        self._colour, self._height_px = colour, height_px
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_sound(
        self, wave: Sequence[int], length_s: float, sections: Sequence[tuple[str, float]] = ()
    ) -> None:
        """An outline in thousandths; ``sections``: name, and from when on in seconds."""
        self._wave, self._length_s, self._sections = tuple(wave), length_s, tuple(sections)
        self.updateGeometry()
        self.update()

    def show_share(self, share: float) -> None:
        """How much of it was heard, 0..1."""
        if share != self._share:
            self._share = share
            self.update()

    def sizeHint(self) -> QSize:
        """As high as was asked, and the names below."""
        return QSize(200, self._height_px + (_NAMES_PX if self._sections else 0))

    def minimumSizeHint(self) -> QSize:
        """May be narrow."""
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Bars, then the sections."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_bars(painter)
        self._paint_sections(painter)

    def _paint_bars(self, painter: QPainter) -> None:
        colours, count = theme(), max(1, self.width() // _STEP_PX)
        full, heard = colours.colour(self._colour), colours.colour("accent")
        painter.setPen(Qt.PenStyle.NoPen)
        loudest, middle = max(self._wave, default=0) or 1, self._height_px / 2
        for bar in range(count):
            height = (self._swing(bar, count) / loudest) ** _QUIET_POWER * (self._height_px - 4)
            box = QRectF(bar * _STEP_PX, middle - max(2.0, height) / 2, _BAR_PX, max(2.0, height))
            painter.setBrush(heard if bar / count < self._share else full)
            painter.drawRoundedRect(box, 1, 1)

    def _swing(self, bar: int, count: int) -> int:
        first = bar * len(self._wave) // count
        last = max(first + 1, (bar + 1) * len(self._wave) // count)
        return max(self._wave[first:last], default=0)

    def _paint_sections(self, painter: QPainter) -> None:
        colours = theme()
        font = colours.sized(tokens.TYPE_NOTE)
        painter.setFont(font)
        ends = [*(at for _, at in self._sections[1:]), self._length_s][: len(self._sections)]
        for number, ((name, start_s), end_s) in enumerate(zip(self._sections, ends, strict=True)):
            left, right = self._x(start_s), self._x(end_s)
            if number:
                edge = QColor(colours.colour("faint"))
                painter.fillRect(QRectF(left - 1, 0, 1, self._height_px + _NAMES_PX), edge)
            words = QRectF(left + 4, self._height_px, right - left - 6, _NAMES_PX)
            shown = QFontMetrics(font).elidedText(name, Qt.TextElideMode.ElideRight, int(words.width()))
            painter.setPen(colours.colour("quiet"))
            if len(shown) > 1:
                painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)

    def _x(self, at_s: float) -> float:
        return at_s / self._length_s * self.width() if self._length_s else 0.0
