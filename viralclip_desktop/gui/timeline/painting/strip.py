"""The video track: pictures of the recording along the kept parts."""

from __future__ import annotations

from collections import OrderedDict

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPen, QPixmap

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Part
from viralclip_desktop.gui.timeline.geometry import Row
from viralclip_desktop.gui.timeline.model import is_home
from viralclip_desktop.gui.timeline.painting.items import NARROW_PX, RADIUS, paint_narrow, visible
from viralclip_desktop.gui.timeline.painting.scene import Scene

_TILES_KEPT = 500
_PICTURED_PX = 28  # a narrower part shows nothing of its picture
_ROUNDED = 12  # clipping to round corners costs time: more parts than this have square ones
_tiles: OrderedDict[tuple[int, int, int, float], QPixmap] = OrderedDict()


def tile_width(scene: Scene, row: Row) -> float:
    """Width of one picture; 0 for a recording without pictures."""
    aspect = scene.filmstrip.aspect if scene.filmstrip else 0.0
    return row.height_px * min(2.4, max(0.5, aspect)) if aspect else 0.0


def wanted_times(scene: Scene, row: Row) -> tuple[list[Time], Time]:
    """The source times of the pictures on screen, from the left, and how far apart they are."""
    width = tile_width(scene, row)
    if not width:
        return [], Time(0)
    view, times = scene.view, scene.model.times
    count = int(view.width_px / width) + 2
    shown = [times.to_source(view.inside(index * width)) for index in range(count)]
    return shown, view.span(width)


def paint_strip(painter: QPainter, scene: Scene, row: Row, exposed: QRectF) -> None:
    """All kept parts that show."""
    lane = scene.model.video
    first, lefts, rights = visible(scene, lane, exposed)
    wide = rights - lefts >= NARROW_PX
    marked = scene.marked(lane)[first : first + len(lefts)]
    paint_narrow(painter, scene, row, exposed, lefts=lefts[~wide], rights=rights[~wide], marked=marked[~wide])
    few = int(wide.sum()) <= _ROUNDED
    for offset in np.flatnonzero(wide).tolist():
        box = QRectF(lefts[offset], row.top_px, rights[offset] - lefts[offset], row.height_px)
        selected = bool(marked[offset])
        _paint_part(painter, scene, row, exposed, index=first + offset, box=box, selected=selected, few=few)


def _paint_part(
    painter: QPainter,
    scene: Scene,
    row: Row,
    exposed: QRectF,
    *,
    index: int,
    box: QRectF,
    selected: bool,
    few: bool,
) -> None:
    ink, part = scene.ink, scene.model.clip.parts[index]
    shape = box.adjusted(0.5, 0.5, -1.5 if index + 1 < len(scene.model.video) else -0.5, -0.5)
    seen = shape.intersected(exposed.adjusted(-24, -400, 24, 400))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.tracks[row.track].body)
    painter.drawRoundedRect(seen, RADIUS, RADIUS)
    if not is_home(scene.model.clip, part):
        _paint_name(painter, scene, scene.model.video.item(index).text, seen)
    elif tile_width(scene, row) and box.width() >= _PICTURED_PX:
        painter.save()
        _clip(painter, seen, few)
        _paint_tiles(painter, scene, part, box, exposed)
        painter.restore()
    hovered = scene.hovered == scene.model.video.key(index)
    current = scene.current == scene.model.video.key(index)
    colour = ink.accent if current else (ink.text if selected else ink.tracks[row.track].full)
    if selected or current or hovered:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 2 if selected or current else 1))
        painter.drawRoundedRect(seen.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


def _paint_name(painter: QPainter, scene: Scene, name: str, seen: QRectF) -> None:
    """What a part of another recording, a card or a still is called."""
    room = seen.adjusted(8, 0, -8, 0)
    if room.width() < _PICTURED_PX:
        return
    painter.setPen(scene.ink.text)
    shown = painter.fontMetrics().elidedText(name, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
    painter.setPen(Qt.PenStyle.NoPen)


def _clip(painter: QPainter, seen: QRectF, rounded: bool) -> None:
    if rounded:
        outline = QPainterPath()
        outline.addRoundedRect(seen, RADIUS, RADIUS)
        painter.setClipPath(outline, Qt.ClipOperation.IntersectClip)
    else:
        painter.setClipRect(seen, Qt.ClipOperation.IntersectClip)


def _paint_tiles(painter: QPainter, scene: Scene, part: Part, box: QRectF, exposed: QRectF) -> None:
    """Pictures from the part's start on, each showing the moment at its left edge."""
    strip, width = scene.filmstrip, tile_width(scene, scene.rows.rows[0])
    number = max(0, int((exposed.left() - box.left()) / width))
    x = box.left() + number * width
    while strip is not None and x < min(box.right(), exposed.right()):
        at = min(part.reached(scene.view.span(x - box.left())), part.range.end)
        found = strip.nearest(at)
        if found is not None:
            tile = _tile(found[0], found[1], QSize(round(width) + 1, int(box.height())), scene.scale)
            painter.drawPixmap(QPointF(x, box.top()), tile)
        x += width


def _tile(ticks: int, image: QImage, size: QSize, scale: float) -> QPixmap:
    """A picture scaled for the track, kept."""
    key = (image.cacheKey() ^ ticks, size.width(), size.height(), scale)
    if key in _tiles:
        _tiles.move_to_end(key)
        return _tiles[key]
    room = size * scale
    scaled = image.scaled(
        room, Qt.AspectRatioMode.KeepAspectRatioByExpanding, Qt.TransformationMode.SmoothTransformation
    )
    left, top = (scaled.width() - room.width()) // 2, (scaled.height() - room.height()) // 2
    tile = QPixmap.fromImage(scaled.copy(left, top, room.width(), room.height()))
    tile.setDevicePixelRatio(scale)
    _tiles[key] = tile
    while len(_tiles) > _TILES_KEPT:
        _tiles.popitem(last=False)
    return tile
