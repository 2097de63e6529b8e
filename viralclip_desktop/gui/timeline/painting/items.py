"""Captions and layers: blocks with a name on them. Blocks of a few pixels are drawn all at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from viralclip_desktop.core.time import ZERO, TimeRange
from viralclip_desktop.domain.layers import DrawnLayer, MusicLayer, PictureLayer, SoundLayer
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.timeline.geometry import SIDE_PX, Row
from viralclip_desktop.gui.timeline.model import Item, Kind, Lane
from viralclip_desktop.gui.timeline.painting.columns import Pixels, paint_columns
from viralclip_desktop.gui.timeline.painting.ink import TrackInk, tinted
from viralclip_desktop.gui.timeline.painting.scene import Scene
from viralclip_desktop.gui.timeline.painting.wave import paint_layer_wave
from viralclip_desktop.gui.timeline.rhythm import dragged, layer_beats

RADIUS = 5
NARROW_PX = 6  # below this an item is only a mark, drawn together with its neighbours
_PLAIN_PX = 16  # and below this it has neither round corners nor an edge
_TEXT_PX = 34  # a block has to be as wide as this to carry a word
WORDS_AT = 150.0  # pixels a second: from here on, words stand at their own times
_PAD = 10
_BEAT_PX, _BEATS_APART_PX, _FAINT = 6, 5.0, 120
_ICONS = {Kind.PICTURE: "image", Kind.VOICE: "microphone", Kind.MUSIC: "music-note"}


def paint_bed(painter: QPainter, scene: Scene, row: Row, exposed: QRectF) -> None:
    """The lane behind the items, as long as the clip."""
    left, right = scene.view.x_of(ZERO), scene.view.x_of(scene.model.duration)
    box = QRectF(left, row.top_px, right - left, row.height_px)
    if box.right() >= exposed.left() and box.left() <= exposed.right():
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(scene.ink.tracks[row.track].bed)
        low, high = max(box.left(), exposed.left() - 16), min(box.right(), exposed.right() + 16)
        painter.drawRoundedRect(QRectF(low, box.top(), high - low, box.height()), RADIUS, RADIUS)


def paint_hint(painter: QPainter, scene: Scene, row: Row) -> None:
    """What can be added."""
    left = max(SIDE_PX, scene.view.x_of(ZERO)) + _PAD
    painter.setFont(scene.ink.note)
    painter.setPen(scene.ink.text if scene.add_hovered else scene.ink.quiet)
    box = QRectF(left, row.top_px, scene.view.width_px, row.height_px)
    text = tr("Drop a picture, a video or music here, or click to add one, or a title")
    painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, text)


def visible(scene: Scene, lane: Lane, exposed: QRectF) -> tuple[int, Pixels, Pixels]:
    """The first item in the exposed window, and the left and right pixels of all in it."""
    view = scene.view
    first, last = lane.between(
        view.time_at(exposed.left() - 2).ticks, view.time_at(exposed.right() + 2).ticks
    )
    return first, view.xs_of(lane.starts[first:last]), view.xs_of(lane.ends[first:last])


def paint_lane(painter: QPainter, scene: Scene, row: Row, lane: Lane, exposed: QRectF) -> None:
    """All items of a lane that show."""
    first, lefts, rights = visible(scene, lane, exposed)
    wide = rights - lefts >= NARROW_PX
    marked = scene.marked(lane)[first : first + len(lefts)]
    paint_narrow(painter, scene, row, exposed, lefts=lefts[~wide], rights=rights[~wide], marked=marked[~wide])
    for offset in np.flatnonzero(wide).tolist():
        key = lane.key(first + offset)
        if key not in scene.preview:
            box = QRectF(lefts[offset], row.top_px, rights[offset] - lefts[offset], row.height_px)
            text = box.width() >= _TEXT_PX
            item = lane.item(first + offset) if text else Item(key, _NOWHERE, "")
            paint_item(painter, scene, row, item, box, selected=bool(marked[offset]))
    for key, within in scene.preview.items():
        index = lane.index_of(key)
        if index is not None:
            box = scene.box(within, row.top_px, row.height_px)
            paint_item(painter, scene, row, lane.item(index), box, selected=True)


_NOWHERE = TimeRange.from_seconds(0, 0)


def paint_narrow(
    painter: QPainter,
    scene: Scene,
    row: Row,
    exposed: QRectF,
    *,
    lefts: Pixels,
    rights: Pixels,
    marked: NDArray[np.bool_],
) -> None:
    """Any number of small blocks as one strip of pixels."""
    ink = scene.ink.tracks[row.track]
    for chosen, colour in ((~marked, ink.edge), (marked, scene.ink.text)):
        if chosen.any():
            box = QRectF(exposed.left(), row.top_px + 1, exposed.width(), row.height_px - 2)
            paint_columns(painter, box, (lefts[chosen], rights[chosen]), colour)


def paint_item(painter: QPainter, scene: Scene, row: Row, item: Item, box: QRectF, *, selected: bool) -> None:
    """One block: ground, edge, name, and grips where it can be taken by its ends."""
    ink, key = scene.ink.tracks[row.track], item.key
    shape = box.adjusted(0.5, 0.5, -1.5, -0.5)  # the gap to the next one
    if box.width() < _PLAIN_PX:
        colour = scene.ink.accent if key == scene.current else (scene.ink.text if selected else ink.edge)
        painter.fillRect(shape, colour)
        return
    seen = shape.intersected(QRectF(-24, shape.top(), scene.view.width_px + 48, shape.height()))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _set_pen(painter, scene, ink, selected, key == scene.current)
    painter.setBrush(ink.hovered if key == scene.hovered or selected else ink.body)
    inset = 0.5 if selected else 0
    painter.drawRoundedRect(seen.adjusted(inset, inset, -inset, -inset), RADIUS, RADIUS)
    layer = scene.model.layer(key) if key.kind in (Kind.MUSIC, Kind.VOICE) else None
    if layer is not None and not isinstance(layer, DrawnLayer | PictureLayer):
        layer = dragged(layer, scene.preview.get(key, layer.range))
        paint_layer_wave(painter, scene, row, layer, shape.adjusted(0, 1, 0, -1))
        paint_beats(painter, scene, layer, shape)
    if box.width() >= _TEXT_PX:
        _paint_text(painter, scene, row, item, seen)
    if (selected or key == scene.hovered) and box.width() >= 20:
        paint_grips(painter, shape, scene.ink.text)


def paint_beats(painter: QPainter, scene: Scene, layer: SoundLayer, shape: QRectF) -> None:
    """Short strokes at the foot of a piece of music; every fourth, eighth... where all would crowd."""
    sound = scene.sounds.get(layer.asset_id)
    if sound is None or not isinstance(layer, MusicLayer) or len(sound.beats.times) < 2:
        return
    apart = scene.view.px_per_s * 60 / sound.beats.tempo_bpm
    every = next((step for step in (1, 4, 16, 64) if step * apart >= _BEATS_APART_PX), 0)
    if every:
        left, right = max(-2.0, shape.left() + 2), min(scene.view.width_px + 2, shape.right() - 2)
        still = layer.id in scene.beats and layer.id not in {key.id for key in scene.preview}
        ticks = scene.beats[layer.id] if still else layer_beats(layer, sound)
        xs = np.round(scene.view.xs_of(ticks[::every]))
        xs = xs[(xs > left) & (xs < right)]
        foot = QRectF(left, shape.bottom() - _BEAT_PX - 1, max(0.0, right - left), _BEAT_PX)
        paint_columns(painter, foot, (xs, xs), tinted(scene.ink.text, _FAINT))


def _set_pen(painter: QPainter, scene: Scene, ink: TrackInk, selected: bool, current: bool) -> None:
    colour = scene.ink.accent if current else (scene.ink.text if selected else ink.edge)
    painter.setPen(QPen(colour, 2 if selected or current else 1))


def paint_grips(painter: QPainter, shape: QRectF, colour: QColor) -> None:
    """A short stroke at each end: here it can be pulled."""
    painter.setPen(QPen(tinted(colour, 200), 2, c=Qt.PenCapStyle.RoundCap))
    top, bottom = shape.center().y() - 5, shape.center().y() + 5
    for x in (shape.left() + 4, shape.right() - 4):
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))


def _paint_text(painter: QPainter, scene: Scene, row: Row, item: Item, seen: QRectF) -> None:
    painter.setFont(scene.ink.note)
    painter.setPen(scene.ink.text)
    inside = seen.adjusted(_PAD, 0, -_PAD, 0)
    if seen.left() < 0:  # the name stays in sight while its block reaches out of it
        inside.setLeft(max(inside.left(), _PAD))
    if item.key.kind is Kind.CAPTION and scene.view.px_per_s >= WORDS_AT:
        _paint_words(painter, scene, row, item)
        return
    icon = _ICONS.get(item.key.kind)
    if icon and inside.width() > 48:
        top = inside.center().y() - 7
        painter.drawPixmap(QPointF(inside.left(), top), scene.ink.icon(icon, "text", 14, scene.scale))
        inside.setLeft(inside.left() + 20)
    if inside.width() > 12:
        shown = scene.ink.metrics.elidedText(item.text, Qt.TextElideMode.ElideRight, int(inside.width()))
        painter.drawText(inside, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)


def _paint_words(painter: QPainter, scene: Scene, row: Row, item: Item) -> None:
    """Each word at its own time, with a thin stroke where it begins."""
    model, view = scene.model, scene.view
    cue = model.cues.lane.index_of(item.key)
    if cue is None or model.spoken is None:
        return
    low, high = int(model.cues.bounds[cue]), int(model.cues.bounds[cue + 1])
    lefts = view.xs_of(model.cues.word_starts[low:high])
    ends = [*lefts[1:].tolist(), view.x_of(item.range.end)]
    for offset, (left, right) in enumerate(zip(lefts.tolist(), ends, strict=True)):
        if right < 0 or left > view.width_px:
            continue
        word = model.spoken.transcript.words[int(model.cues.words[low + offset])]
        if offset:
            painter.setPen(tinted(scene.ink.text, 70))
            painter.drawLine(QPointF(left, row.top_px + 8), QPointF(left, row.bottom_px - 8))
        painter.setPen(scene.ink.text)
        indent = _PAD if offset == 0 else 5
        room = int(right - left) - indent - (_PAD if offset + 1 == len(lefts) else 3)
        shown = scene.ink.metrics.elidedText(word.text, Qt.TextElideMode.ElideRight, max(0, room))
        box = QRectF(left + indent, row.top_px, right - left, row.height_px)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, shown)
