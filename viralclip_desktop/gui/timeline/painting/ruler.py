"""The ruler: time, markers, and the range between in and out."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.gui.text import clock_time
from viralclip_desktop.gui.timeline.geometry import RULER_PX, ticking
from viralclip_desktop.gui.timeline.painting.ink import tinted
from viralclip_desktop.gui.timeline.painting.scene import Scene

_FRAME_PX = 7  # frames get their own strokes from this width on


def paint_ruler(painter: QPainter, scene: Scene, exposed: QRectF) -> None:
    """Ground, strokes, labels, in/out, markers."""
    if exposed.top() >= RULER_PX:
        return
    painter.save()
    painter.setClipRect(QRectF(exposed.left(), 0, exposed.width(), RULER_PX))
    painter.fillRect(QRectF(exposed.left(), 0, exposed.width(), RULER_PX), scene.ink.surface)
    painter.fillRect(QRectF(exposed.left(), RULER_PX - 1, exposed.width(), 1), scene.ink.line)
    _paint_loop(painter, scene)
    _paint_ticks(painter, scene, exposed)
    paint_markers(painter, scene, exposed)
    painter.restore()


def ruler_label(at: Time, tenths: bool) -> str:
    """A time on the ruler: ``0:05``, or ``0:05.2`` where tenths are shown."""
    text = clock_time(at)
    return text if tenths else text[:-2]


def _paint_ticks(painter: QPainter, scene: Scene, exposed: QRectF) -> None:
    view, plan = scene.view, ticking(scene.view.px_per_s)
    step = plan.major.ticks
    low = max(0, view.time_at(exposed.left() - 80).ticks // step)
    high = min(view.time_at(exposed.right()), scene.model.duration).ticks // step
    painter.setFont(scene.ink.digits)
    minor: list[QLineF] = []
    major: list[QLineF] = []
    for number in range(low, high + 1):
        at = Time(number * step)
        x = round(view.x_of(at)) + 0.5
        major.append(QLineF(x, RULER_PX - 10, x, RULER_PX - 1))
        minor += _minor(scene, at, step, plan.minors)
        painter.setPen(scene.ink.quiet)
        painter.drawText(QPointF(x + 4, RULER_PX - 11), ruler_label(at, plan.tenths))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(scene.ink.line)
    painter.drawLines(minor)
    painter.setPen(scene.ink.faint)
    painter.drawLines(major)


def _minor(scene: Scene, at: Time, step: int, parts: int) -> list[QLineF]:
    """Strokes up to the next label: parts of it, or frames where they are wide enough."""
    view, size = scene.view, step / parts
    frame = scene.frame.ticks
    if 0 < frame < size and view.x_of(Time(frame)) - view.x_of(ZERO) >= _FRAME_PX:
        size = frame
    count = int(step / size - 1e-6)
    xs = [round(view.x_of(Time(round(at.ticks + size * n)))) + 0.5 for n in range(1, count + 1)]
    end = view.x_of(scene.model.duration) + 1
    return [QLineF(x, RULER_PX - 5, x, RULER_PX - 1) for x in xs if x <= end]


def _paint_loop(painter: QPainter, scene: Scene) -> None:
    if scene.loop is None:
        return
    box = scene.box(scene.loop, 0, RULER_PX - 1)
    painter.fillRect(box, tinted(scene.ink.accent, 60))
    painter.fillRect(QRectF(box.left(), RULER_PX - 4, box.width(), 3), scene.ink.accent)
    for x in (box.left(), box.right() - 2):
        painter.fillRect(QRectF(x, 0, 2, RULER_PX), scene.ink.accent)


def paint_markers(painter: QPainter, scene: Scene, exposed: QRectF) -> None:
    """Small flags with their names where there is room."""
    lane, view = scene.model.markers, scene.view
    left, right = view.time_at(exposed.left() - 160), view.time_at(exposed.right() + 12)
    first, last = lane.between(left.ticks, right.ticks)
    xs = view.xs_of(lane.starts[first:last]).tolist()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for offset, x in enumerate(xs):
        if offset and x - xs[offset - 1] < 2:
            continue  # a thousand markers in a pixel are one
        key = lane.key(first + offset)
        here = view.x_of(scene.preview[key].start) if key in scene.preview else x
        selected, current = key in scene.selected, key == scene.current
        beyond = xs[offset + 1] if offset + 1 < len(xs) else x + 140
        _paint_name(painter, scene, lane.item(first + offset).text, here, min(beyond - x, 140) - 16)
        painter.setBrush(scene.ink.text if key == scene.hovered else scene.ink.caution)
        outline = scene.ink.accent if current else scene.ink.text
        painter.setPen(QPen(outline, 1.5) if selected or current else Qt.PenStyle.NoPen)
        painter.drawPolygon(_flag(here))


def _flag(x: float) -> QPolygonF:
    points = [(-5, 2), (5, 2), (5, 10), (0, 16), (-5, 10)]
    return QPolygonF([QPointF(x + dx, dy) for dx, dy in points])


def _paint_name(painter: QPainter, scene: Scene, name: str, x: float, room: float) -> None:
    if not name or room < 24:
        return
    shown = scene.ink.metrics.elidedText(name, Qt.TextElideMode.ElideRight, int(room))
    width = scene.ink.metrics.horizontalAdvance(shown) + 10
    box = QRectF(x - 6, 2, width + 13, 16)  # behind the flag too: no part of a time shows beside it
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(scene.ink.raised)
    painter.drawRoundedRect(box, 4, 4)
    painter.setFont(scene.ink.note)
    painter.setPen(scene.ink.text)
    painter.drawText(box.adjusted(13, 0, 0, 0), Qt.AlignmentFlag.AlignCenter, shown)
