"""What lies over the tracks: cuts, in and out, trims under way, snap guide, rubber band, playhead."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Transition
from viralclip_desktop.gui.text import clock_time, decimal, tr
from viralclip_desktop.gui.timeline.geometry import RULER_PX
from viralclip_desktop.gui.timeline.model import Key, Kind
from viralclip_desktop.gui.timeline.painting.columns import paint_columns
from viralclip_desktop.gui.timeline.painting.ink import tinted
from viralclip_desktop.gui.timeline.painting.scene import Scene, TrimGhost

HANDLE_PX = 10
_BADGE_PX = 18
_ICONS = {
    Transition.DISSOLVE: "circle-half",
    Transition.WHIP: "wind",
    Transition.ZOOM: "magnifying-glass-plus",
}
_DOTTED = 30  # dots cost time: more joins than this are drawn plain
_PLAYHEAD_PX = 11  # its head's width


def paint_below_ruler(painter: QPainter, scene: Scene, exposed: QRectF) -> None:
    """Marks on the tracks (painted scrolled with them)."""
    _paint_loop(painter, scene)
    _paint_marker_lines(painter, scene, exposed)
    _paint_cuts(painter, scene, exposed)
    _paint_transitions(painter, scene, exposed)
    _paint_ghost(painter, scene)
    _paint_handles(painter, scene)
    if scene.band is not None:
        painter.setPen(QPen(scene.ink.accent, 1))
        painter.setBrush(tinted(scene.ink.accent, 40))
        painter.drawRect(scene.band)


def paint_over_all(painter: QPainter, scene: Scene, exposed: QRectF) -> None:
    """The snap guide and the playhead, from the ruler down."""
    bottom = exposed.bottom() + 1
    if scene.guide is not None:
        x = round(scene.view.x_of(scene.guide)) + 0.5
        painter.setPen(QPen(scene.ink.caution, 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(x, 0), QPointF(x, bottom))
    _paint_playhead(painter, scene, bottom)


def _paint_playhead(painter: QPainter, scene: Scene, bottom: float) -> None:
    x = round(scene.view.x_of(scene.playhead))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.fillRect(QRectF(x - 2, RULER_PX - 6, 4, bottom), tinted(scene.ink.window, 110))
    painter.fillRect(QRectF(x - 1, RULER_PX - 6, 2, bottom), scene.ink.text)
    half = _PLAYHEAD_PX / 2
    points = [(-half, 10), (half, 10), (half, 18), (0, 25), (-half, 18)]
    painter.setPen(QPen(scene.ink.window, 1))
    painter.setBrush(scene.ink.text)
    painter.drawPolygon(QPolygonF([QPointF(x + dx, dy) for dx, dy in points]))


def _paint_loop(painter: QPainter, scene: Scene) -> None:
    """Outside of in and out the tracks are dimmed."""
    if scene.loop is None:
        return
    low, high = scene.view.x_of(scene.loop.start), scene.view.x_of(scene.loop.end)
    dim, height = tinted(scene.ink.window, 130), scene.rows.height_px
    if low > 0:
        painter.fillRect(QRectF(0, RULER_PX, low, height), dim)
    if high < scene.view.width_px:
        painter.fillRect(QRectF(high, RULER_PX, scene.view.width_px - high, height), dim)


def _paint_marker_lines(painter: QPainter, scene: Scene, exposed: QRectF) -> None:
    lane, view = scene.model.markers, scene.view
    first, last = lane.between(view.time_at(exposed.left()).ticks, view.time_at(exposed.right()).ticks)
    xs = np.round(view.xs_of(lane.starts[first:last]))
    if len(xs):
        box = QRectF(exposed.left(), RULER_PX, exposed.width(), scene.rows.height_px - RULER_PX)
        paint_columns(painter, box, (xs, xs), tinted(scene.ink.caution, 130))


def _paint_cuts(painter: QPainter, scene: Scene, exposed: QRectF) -> None:
    """A thin dashed join with scissors on it; only the join where scissors would crowd."""
    lane, view = scene.model.cuts, scene.view
    left, right = view.time_at(exposed.left() - 2 * _BADGE_PX), view.time_at(exposed.right() + _BADGE_PX)
    first, last = lane.between(left.ticks, right.ticks)
    xs = view.xs_of(lane.starts[first:last]).tolist()
    top, bottom = scene.rows.tracks[Kind.VIDEO][0], scene.rows.tracks[Kind.VOICE][1]
    columns = {round(x) for x in xs}
    if len(columns) <= _DOTTED:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
        painter.setPen(QPen(tinted(scene.ink.text, 150), 1, Qt.PenStyle.DotLine))
        painter.drawLines([QLineF(x + 0.5, top, x + 0.5, bottom) for x in columns])
    else:
        box, at = QRectF(exposed.left(), top, exposed.width(), bottom - top), np.round(xs)
        paint_columns(painter, box, (at, at), tinted(scene.ink.text, 70))
    if len(columns) * 2 * _BADGE_PX > view.width_px:
        return  # so many that scissors would hide the pictures
    for offset in badges(xs, view.scroll_px):
        key = lane.key(first + offset)
        _paint_badge(painter, scene, key, QPointF(xs[offset], top + 2), "scissors")


def _paint_transitions(painter: QPainter, scene: Scene, exposed: QRectF) -> None:
    """A badge at the foot of the edge where a part comes by more than a cut."""
    lane, view, parts = scene.model.transitions, scene.view, scene.model.clip.parts
    left, right = view.time_at(exposed.left() - 2 * _BADGE_PX), view.time_at(exposed.right() + _BADGE_PX)
    first, last = lane.between(left.ticks, right.ticks)
    xs, foot = view.xs_of(lane.starts[first:last]).tolist(), scene.rows.tracks[Kind.VIDEO][1] - 2 - _BADGE_PX
    for offset in badges(xs, view.scroll_px):
        key = lane.key(first + offset)
        icon = _ICONS[parts[key.number].transition]
        _paint_badge(painter, scene, key, QPointF(xs[offset], foot), icon)


def badges(xs: list[float], scroll_px: float) -> list[int]:
    """Which of some joins carry scissors: the first in each stretch of a badge's width, counted from the
    start of the clip, so that a partly repainted timeline answers the same."""
    found: list[int] = []
    for index, x in enumerate(xs):
        place = (x + scroll_px) // (_BADGE_PX + 4)
        before = (xs[index - 1] + scroll_px) // (_BADGE_PX + 4) if index else None
        if place != before and (not index or x - xs[index - 1] > _BADGE_PX / 2):
            found.append(index)
    return found


def _paint_badge(painter: QPainter, scene: Scene, key: Key, at: QPointF, name: str) -> None:
    """A round badge with an icon; ``at``: the middle of its top."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    selected, lit = key in scene.selected, key in (scene.hovered, scene.current)
    box = QRectF(round(at.x()) - _BADGE_PX / 2, at.y(), _BADGE_PX, _BADGE_PX)
    edge = scene.ink.accent if lit else (scene.ink.text if selected else scene.ink.line)
    painter.setPen(QPen(edge, 2 if selected or lit else 1))
    painter.setBrush(scene.ink.raised)
    painter.drawEllipse(box)
    icon = scene.ink.icon(name, "text", 12, scene.scale)
    painter.drawPixmap(QPointF(box.left() + 3, box.top() + 3), icon)


def handle_boxes(scene: Scene) -> dict[str, QRectF]:
    """Where the trim handles stand: outside both ends of the video track."""
    top, bottom = scene.rows.tracks[Kind.VIDEO]
    low, high = scene.view.x_of(ZERO), scene.view.x_of(scene.model.duration)
    if scene.ghost is not None and scene.ghost.part is None:
        low, high = scene.view.x_of(scene.ghost.start), scene.view.x_of(scene.ghost.end)
    return {
        "in": QRectF(low - HANDLE_PX, top, HANDLE_PX, bottom - top),
        "out": QRectF(high, top, HANDLE_PX, bottom - top),
    }


def _paint_handles(painter: QPainter, scene: Scene) -> None:
    if not scene.model.clip.plays_through:
        return  # the recording's ends lie somewhere inside: each part is trimmed by its own edges
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for edge, box in handle_boxes(scene).items():
        painter.setPen(Qt.PenStyle.NoPen)
        lit = edge == scene.handle
        painter.setBrush(scene.ink.text if lit else scene.ink.accent)
        painter.drawRoundedRect(box.adjusted(1, 0, -1, 0), 3, 3)
        painter.setPen(QPen(scene.ink.window if lit else scene.ink.on_accent, 2, c=Qt.PenCapStyle.RoundCap))
        middle = box.center()
        painter.drawLine(QPointF(middle.x(), middle.y() - 6), QPointF(middle.x(), middle.y() + 6))


def _paint_ghost(painter: QPainter, scene: Scene) -> None:
    """What a trim takes away is dimmed, what it adds is tinted; a label says by how much."""
    ghost, view = scene.ghost, scene.view
    if ghost is None:
        return
    bottom, before = scene.rows.height_px, ghost.part or TimeRange(ZERO, scene.model.duration)
    for old, new, outward in ((before.start, ghost.start, -1), (before.end, ghost.end, 1)):
        low, high = sorted((view.x_of(old), view.x_of(new)))
        grows = (new - old).ticks * outward > 0
        colour = tinted(scene.ink.accent, 70) if grows else tinted(scene.ink.window, 190)
        painter.fillRect(QRectF(low, RULER_PX, high - low, bottom), colour)
    change = (ghost.end - ghost.start) - before.duration
    length = clock_time(ghost.end - ghost.start)
    _paint_label(painter, scene, f"{length}  ({signed(change)})", ghost)


def signed(change: Time) -> str:
    """A change of length: ``+1.2 s`` or ``−0.4 s``."""
    return f"{'+' if change.ticks >= 0 else '−'}{decimal(abs(change.seconds))} {tr('s')}"


def _paint_label(painter: QPainter, scene: Scene, text: str, ghost: TrimGhost) -> None:
    """Inside of the edge that moves."""
    width = scene.ink.metrics.horizontalAdvance(text) + 16.0
    low, high = scene.view.x_of(ghost.start), scene.view.x_of(ghost.end)
    anchor = low + 8 if ghost.edge == "in" else high - 8 - width
    left = min(max(4.0, anchor), scene.view.width_px - width - 4)
    top, bottom = scene.rows.tracks[Kind.VIDEO]
    box = QRectF(left, (top + bottom) / 2 - 11, width, 22)
    painter.setPen(QPen(scene.ink.line, 1))
    painter.setBrush(scene.ink.raised)
    painter.drawRoundedRect(box, 5, 5)
    painter.setFont(scene.ink.digits)
    painter.setPen(scene.ink.text)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
