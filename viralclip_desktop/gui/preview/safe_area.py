"""What the apps put over a vertical video, painted over the preview.

Pixels of a 1080x1920 picture, from creator guides that measured the apps' screens in 2025-26 (TikTok: bar
above 130, caption and music below 340 to 370, buttons at the right 130 to 164; Reels: 108 to 220 above, 310
to 450 below, buttons 120; Shorts: 120 to 140 above, 300 to 320 below, buttons 96 to 130). The larger of the
usual values is taken: text just inside is then safe with every phone and app version. Other shapes show
the graphics-safe area of EBU R 95.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.gui.session.guides import Platform, SafeArea
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.painting import paint_line

_WIDTH, _HEIGHT = 1080.0, 1920.0
_VEIL = QColor(240, 97, 109, 46)
_EDGE = QColor(240, 97, 109, 190)
_FURNITURE = QColor(255, 255, 255, 150)


@dataclass(frozen=True, slots=True)
class Screen:
    """What an app covers, in pixels of 1080x1920; the buttons stand on the ``bottom`` and reach up."""

    name: str
    top: int
    bottom: int
    left: int
    right: int
    buttons_height: int
    buttons: int


SCREENS = {
    Platform.TIKTOK: Screen("TikTok", 130, 370, 60, 140, 820, 5),
    Platform.REELS: Screen("Instagram Reels", 220, 420, 40, 120, 620, 4),
    Platform.SHORTS: Screen("YouTube Shorts", 140, 320, 40, 130, 760, 5),
}


def safe_rect(platform: Platform, box: QRectF) -> QRectF:
    """The part of a picture at ``box`` that an app leaves free over its whole height."""
    screen = SCREENS[platform]
    x, y = box.width() / _WIDTH, box.height() / _HEIGHT
    return box.adjusted(screen.left * x, screen.top * y, -screen.right * x, -screen.bottom * y)


class SafeAreaOverlay(QWidget):
    """Lies over a picture (see ``PictureView.add_overlay``); lets every click through."""

    def __init__(self, choice: SafeArea) -> None:
        super().__init__()
        self._choice = choice
        self._aspect = Aspect.VERTICAL
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Safe area"))
        choice.changed.connect(self._show)
        self._show(choice.platform)

    @property
    def platform(self) -> Platform | None:
        """The app whose screen is shown."""
        return self._choice.platform

    def _show(self, platform: Platform | None) -> None:
        self.setAccessibleDescription(SCREENS[platform].name if platform else "")
        self.update()

    def show_aspect(self, aspect: Aspect) -> None:
        """The shape of the picture below."""
        self._aspect = aspect
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The covered parts veiled, the app's furniture hinted at."""
        if self.platform is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._aspect is Aspect.VERTICAL:
            self._paint_screen(painter, SCREENS[self.platform], QRectF(self.rect()))
        else:
            _paint_margins(painter, QRectF(self.rect()), 0.05)

    def _paint_screen(self, painter: QPainter, screen: Screen, box: QRectF) -> None:
        scale = box.width() / _WIDTH
        safe = safe_rect(self.platform or Platform.TIKTOK, box)
        path, hole = QPainterPath(), QPainterPath()
        path.addRect(box)
        hole.addRoundedRect(safe, 6, 6)
        painter.fillPath(path.subtracted(hole), _VEIL)
        painter.setPen(QPen(_EDGE, 1.5, Qt.PenStyle.DashLine))
        painter.drawPath(hole)
        _paint_buttons(painter, screen, box, scale)
        _paint_caption(painter, screen, box, scale)
        font = theme().sized(tokens.TYPE_NOTE, strong=True)
        name = QRectF(box.left() + 8, box.top() + 4, box.width() - 16, max(18.0, screen.top * scale - 8))
        painter.setOpacity(0.9)
        paint_line(painter, name.toRect(), screen.name, font, "on_accent")


def _paint_buttons(painter: QPainter, screen: Screen, box: QRectF, scale: float) -> None:
    """The column of round buttons at the right."""
    size = 84 * scale
    middle = box.right() - screen.right * scale / 2
    lowest = box.bottom() - (screen.bottom * 0.55) * scale
    pitch = screen.buttons_height * scale / screen.buttons
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_FURNITURE)
    for number in range(screen.buttons):
        y = lowest - number * pitch
        painter.drawEllipse(QRectF(middle - size / 2, y - size / 2, size, size))


def _paint_caption(painter: QPainter, screen: Screen, box: QRectF, scale: float) -> None:
    """Name, two lines of text and the music line below."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_FURNITURE)
    left, y = box.left() + 48 * scale, box.bottom() - (screen.bottom - 60) * scale
    for width, height in ((300, 34), (640, 26), (520, 26), (380, 22)):
        painter.drawRoundedRect(QRectF(left, y, width * scale, height * scale), 3, 3)
        y += (height + 28) * scale


def _paint_margins(painter: QPainter, box: QRectF, share: float) -> None:
    x, y = box.width() * share, box.height() * share
    painter.setPen(QPen(_EDGE, 1.5, Qt.PenStyle.DashLine))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(box.adjusted(x, y, -x, -y))
