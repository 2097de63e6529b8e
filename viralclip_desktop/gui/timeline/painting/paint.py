"""The tracks painted: which painter draws which row."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from viralclip_desktop.gui.timeline.geometry import RULER_PX
from viralclip_desktop.gui.timeline.model import Kind
from viralclip_desktop.gui.timeline.painting import items, overlays, ruler, strip, wave
from viralclip_desktop.gui.timeline.painting.scene import Scene


def paint_scene(painter: QPainter, scene: Scene, exposed: QRectF, scroll_y: int) -> None:
    """Paint the track area (its left at x 0) as far as it is ``exposed``."""
    bottom = exposed.bottom()
    painter.save()
    painter.setClipRect(QRectF(exposed.left(), RULER_PX, exposed.width(), max(0.0, bottom - RULER_PX)))
    painter.translate(0, -scroll_y)
    for row in scene.rows.rows:
        top, low = row.top_px - scroll_y, row.bottom_px - scroll_y
        if low < exposed.top() or top > bottom:
            continue
        items.paint_bed(painter, scene, row, exposed)
        if row.track is Kind.VIDEO:
            strip.paint_strip(painter, scene, row, exposed)
        elif row.track is Kind.VOICE and row.lane is None:
            wave.paint_wave(painter, scene, row, exposed)
        elif row.lane is not None:
            items.paint_lane(painter, scene, row, row.lane, exposed)
        else:
            items.paint_hint(painter, scene, row)
    overlays.paint_below_ruler(painter, scene, exposed)
    painter.restore()
    ruler.paint_ruler(painter, scene, exposed)
    overlays.paint_over_all(painter, scene, exposed)
