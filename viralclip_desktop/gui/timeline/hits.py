"""What lies under the pointer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF

from viralclip_desktop.core.time import Time
from viralclip_desktop.gui.timeline.geometry import RULER_PX, Row
from viralclip_desktop.gui.timeline.model import LAYERS, Key, Kind, Lane
from viralclip_desktop.gui.timeline.painting.overlays import handle_boxes
from viralclip_desktop.gui.timeline.painting.scene import Scene

_EDGE_PX = 6.0
_MARK_PX = 7.0
_NEAR_PX = 2.0  # a block of one pixel can be hit too
_GRIPPED_PX = 20.0  # narrower blocks have no ends of their own

Edge = Literal["", "start", "end"]


@dataclass(frozen=True, slots=True)
class Hit:
    """``zone``: ``ruler``, ``in`` and ``out`` (the trim handles), ``item``, ``add`` (the row where things are
    added), or ``track`` for none of these.
    ``time`` is the clip time under the pointer, held to the clip."""

    zone: str
    time: Time
    key: Key | None = None
    edge: Edge = ""


def hit_test(scene: Scene, at: QPointF, scroll_y: int) -> Hit:
    """What is at a point of the track area (its left at x 0, the ruler's top at y 0)."""
    time = scene.view.inside(at.x())
    if at.y() < RULER_PX:
        key = _near(scene, scene.model.markers, at.x())
        return Hit("item", time, key) if key else Hit("ruler", time)
    y = at.y() + scroll_y
    for edge, box in handle_boxes(scene).items() if scene.model.clip.plays_through else ():
        if box.adjusted(-2, 0, 2, 0).contains(QPointF(at.x(), y)):
            return Hit(edge, time)
    row = scene.rows.at(y)
    if row is None or row.track is Kind.ADD:
        return Hit("track" if row is None else "add", time)
    if row.track is Kind.VIDEO and y < row.top_px + 22:
        cut = _near(scene, scene.model.cuts, at.x())
        if cut is not None:
            return Hit("item", time, cut)
    if row.track is Kind.VIDEO and y >= row.bottom_px - 22:
        transition = _near(scene, scene.model.transitions, at.x())
        if transition is not None:
            return Hit("item", time, transition)
    return _hit_row(scene, row, at.x(), time)


def _near(scene: Scene, lane: Lane, x: float) -> Key | None:
    index = lane.at(scene.view.time_at(x).ticks, scene.view.span(_MARK_PX).ticks)
    return None if index is None else lane.key(index)


def _hit_row(scene: Scene, row: Row, x: float, time: Time) -> Hit:
    lane = row.lane
    if lane is None:
        return Hit("track", time)
    index = lane.at(scene.view.time_at(x).ticks, scene.view.span(_NEAR_PX).ticks)
    if index is None:
        return Hit("track", time)
    key = lane.key(index)
    gripped = key.kind is Kind.CAPTION or key.kind in LAYERS or (key.kind is Kind.VIDEO and len(lane) > 1)
    return Hit("item", time, key, _edge(scene, lane, index, x) if gripped else "")


def _edge(scene: Scene, lane: Lane, index: int, x: float) -> Edge:
    left = float(scene.view.xs_of(lane.starts[index : index + 1])[0])
    right = float(scene.view.xs_of(lane.ends[index : index + 1])[0])
    if right - left < _GRIPPED_PX:
        return ""
    if x - left <= _EDGE_PX:
        return "start"
    return "end" if right - x <= _EDGE_PX else ""
