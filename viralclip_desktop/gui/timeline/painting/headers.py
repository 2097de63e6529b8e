"""The names of the tracks, at the left."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.timeline.geometry import RULER_PX
from viralclip_desktop.gui.timeline.model import Kind
from viralclip_desktop.gui.timeline.painting.scene import Scene

HEADER_PX = 104
_NAMES = {
    Kind.VIDEO: ("film-strip", "Video"),
    Kind.CAPTION: ("closed-captioning", "Captions"),
    Kind.PICTURE: ("image", "Overlay"),
    Kind.VOICE: ("microphone", "Voice"),
    Kind.MUSIC: ("music-note", "Music"),
    Kind.ADD: ("plus", "Add"),
}


def paint_headers(painter: QPainter, scene: Scene, height_px: int, scroll_y: int) -> None:
    """Icon and name beside each track."""
    ink = scene.ink
    painter.fillRect(QRectF(0, 0, HEADER_PX, height_px), ink.surface)
    painter.fillRect(QRectF(HEADER_PX - 1, 0, 1, height_px), ink.line)
    painter.fillRect(QRectF(0, RULER_PX - 1, HEADER_PX, 1), ink.line)
    painter.save()
    painter.setClipRect(QRectF(0, RULER_PX, HEADER_PX, height_px))
    painter.translate(0, -scroll_y)
    painter.setFont(ink.note)
    for track, (top, bottom) in scene.rows.tracks.items():
        icon, name = _NAMES[track]
        middle = (top + bottom) / 2
        painter.fillRect(QRectF(0, top, 3, bottom - top), ink.tracks[track].full)
        painter.drawPixmap(QPointF(12, middle - 8), ink.icon(icon, "quiet", 16, scene.scale))
        painter.setPen(ink.quiet)
        box = QRectF(36, middle - 10, HEADER_PX - 40, 20)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, tr(name))
    painter.restore()
