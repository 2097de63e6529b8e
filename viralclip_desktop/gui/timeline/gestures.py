"""What a held mouse button does. Each gesture moves, and is finished or taken back."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.clips import SHORTEST_CLIP
from viralclip_desktop.features.editing import move_layers, move_marker, nudge_spans, retime_word, trim_clip
from viralclip_desktop.gui.timeline.control import TimelineControl
from viralclip_desktop.gui.timeline.geometry import RULER_PX
from viralclip_desktop.gui.timeline.hits import Edge
from viralclip_desktop.gui.timeline.model import LAYERS, Item, Key, Kind
from viralclip_desktop.gui.timeline.painting.scene import TrimGhost
from viralclip_desktop.gui.timeline.retiming import neighbours, word_edge, word_span

_SHORTEST_LAYER = Time.from_seconds(0.1)
_SHORTEST_RANGE = Time.from_seconds(0.1)


class Gesture(Protocol):
    """A drag. Points are in the track area; ``free`` is Alt, which switches snapping off."""

    def move(self, at: QPointF, free: bool) -> None:
        """Follow the pointer."""

    def finish(self) -> None:
        """Let go: what is shown is stored."""

    def cancel(self) -> None:
        """Escape: as before."""


class Scrub:
    """The playhead follows the pointer."""

    def __init__(self, control: TimelineControl, at: QPointF) -> None:
        self._control = control
        control.begin_scrub()
        self.move(at, False)

    def move(self, at: QPointF, free: bool) -> None:
        """Seek."""
        time = self._control.scene.view.inside(at.x())
        self._control.seek(time if free else self._control.scrub_time(time))

    def finish(self) -> None:
        """Stay here."""
        self._control.end_scrub()

    def cancel(self) -> None:
        """Stay here, too."""
        self._control.end_scrub()


class RangeDrag:
    """Shift on the ruler: in and out."""

    def __init__(self, control: TimelineControl, at: QPointF) -> None:
        self._control, self._before = control, control.scene.loop
        self._start = self._time(at, False)

    def move(self, at: QPointF, free: bool) -> None:
        """The range between where it began and here."""
        low, high = sorted((self._start, self._time(at, free)))
        if high - low >= _SHORTEST_RANGE:
            self._control.set_loop(TimeRange(low, high))

    def finish(self) -> None:
        """Keep it; a click without a drag takes it away."""
        self._control.scene.guide = None
        if self._control.scene.loop == self._before:
            self._control.set_loop(None)

    def cancel(self) -> None:
        """As before."""
        self._control.scene.guide = None
        self._control.set_loop(self._before)

    def _time(self, at: QPointF, free: bool) -> Time:
        time = self._control.scene.view.inside(at.x())
        snap = self._control.snap([time], (), free)
        return snap.at if snap else time


class RubberBand:
    """Everything the frame touches is selected; with Ctrl it joins what was."""

    def __init__(self, control: TimelineControl, at: QPointF, scroll_y: int, add: bool) -> None:
        self._control, self._scroll_y = control, scroll_y
        self._start = QPointF(at.x() + control.scene.view.scroll_px, at.y() + scroll_y)
        self._before = control.selection.keys if add else frozenset[Key]()

    def move(self, at: QPointF, _free: bool) -> None:
        """Draw the frame and select."""
        scene = self._control.scene
        here = QPointF(at.x(), max(RULER_PX, at.y()) + self._scroll_y)
        start = QPointF(self._start.x() - scene.view.scroll_px, self._start.y())
        scene.band = QRectF(start, here).normalized()
        low, high = scene.view.time_at(scene.band.left()), scene.view.time_at(scene.band.right())
        keys = set(self._before)
        for row in scene.rows.rows:
            touched = row.bottom_px > scene.band.top() and row.top_px < scene.band.bottom()
            if touched and row.lane is not None:
                first, last = row.lane.between(low.ticks, high.ticks)
                keys.update(row.lane.key(index) for index in range(first, last))
        self._control.selection.put(keys)
        self._control.repaint.emit()

    def finish(self) -> None:
        """The frame goes, the selection stays."""
        self._control.scene.band = None
        self._control.repaint.emit()

    def cancel(self) -> None:
        """As before."""
        self._control.selection.put(self._before)
        self.finish()


class TrimDrag:
    """An end of the clip. Clip time stands still while it moves; each step is stored, all are one entry."""

    def __init__(self, control: TimelineControl, clip: Clip, edge: str) -> None:
        self._control, self._clip, self._edge = control, clip, edge
        self._gesture = control.freeze()
        self._range = clip.range
        self._scroll = control.scene.view.scroll_px
        control.scene.ghost = TrimGhost(ZERO, control.model.duration, edge)

    def move(self, at: QPointF, free: bool) -> None:
        """Put the end under the pointer, or on the edge of a word near it."""
        control, start, end = self._control, self._clip.range.start, self._clip.range.end
        wanted = self._source_time(control.scene.view.time_at(at.x()))
        if control.snapping and not free:
            wanted = self._snapped(wanted)
        if self._edge == "in":
            start = wanted.clamped(ZERO, max(ZERO, end - SHORTEST_CLIP))
        else:
            end = wanted.clamped(start + SHORTEST_CLIP, max(start + SHORTEST_CLIP, control.source_duration))
        self._put(TimeRange(start, end))

    def finish(self) -> None:
        """Show the clip with its new ends, its parts where they were on the screen."""
        view, control, ghost = self._control.scene.view, self._control, self._control.scene.ghost
        shift = ghost.start.seconds * view.px_per_s if ghost else 0.0
        control.scene.guide = None

        def then() -> None:
            view.scroll_px = max(0.0, self._scroll - shift)
            if not control.player.playing:
                end = control.clip.duration - control.scene.frame if control.clip else ZERO
                control.player.go_when_planned(ZERO if self._edge == "in" else max(ZERO, end))

        control.thaw(then)

    def cancel(self) -> None:
        """The ends of before."""
        self._put(self._clip.range)
        self._control.scene.guide = None
        self._control.thaw(lambda: None)

    def _put(self, within: TimeRange) -> None:
        control = self._control
        control.scene.ghost = TrimGhost(
            self._clip_time(within.start), self._clip_time(within.end), self._edge
        )
        if within != self._range:
            self._range = within
            gesture = f"{self._gesture}-{self._edge}"
            control.session.do(trim_clip, self._clip.id, within.start, within.end, gesture=gesture)
        control.repaint.emit()

    def _source_time(self, at: Time) -> Time:
        model = self._control.model
        if at < ZERO:
            return self._clip.range.start + at
        if at > model.duration:
            return self._clip.range.end + (at - model.duration)
        return model.times.to_source(at)

    def _clip_time(self, source: Time) -> Time:
        model = self._control.model
        if source < self._clip.range.start:
            return source - self._clip.range.start
        if source > self._clip.range.end:
            return model.duration + (source - self._clip.range.end)
        return model.times.nearest_clip(source)

    def _snapped(self, wanted: Time) -> Time:
        control = self._control
        reach = control.scene.view.span(10)
        near = control.word_edges.nearest(self._edge, wanted)
        if abs((near - wanted).ticks) <= reach.ticks:
            control.scene.guide = self._clip_time(near)
            return near
        control.scene.guide = None
        return wanted


class LayerMove:
    """Layers by their middle: all selected ones together; with ripple those behind come along."""

    def __init__(self, control: TimelineControl, key: Key, at: QPointF) -> None:
        self._control, self._start = control, control.scene.view.time_at(at.x())
        keys = set(control.selection.of(*LAYERS)) | {key}
        if control.ripple:
            keys |= followers(control, keys)
        found = {key: control.model.find(key) for key in keys}
        self._items = {key: item.range for key, item in found.items() if item is not None}
        self._own_beats = control.beats_of(frozenset(key.id for key in self._items))
        self._moved = False

    def move(self, at: QPointF, free: bool) -> None:
        """As far as the first of them can go."""
        control = self._control
        by = control.scene.view.time_at(at.x()) - self._start
        ends = [time for within in self._items.values() for time in (within.start, within.end)]
        snap = control.snap([end + by for end in ends], [*ends, *self._own_beats], free)
        by = by + snap.by if snap else by
        first = min(within.start for within in self._items.values())
        last = max(within.start for within in self._items.values())
        by = by.clamped(-first, max(-first, control.model.duration - last - _SHORTEST_LAYER))
        control.scene.preview = {key: within.shifted(by) for key, within in self._items.items()}
        self._moved = bool(by)
        control.repaint.emit()

    def finish(self) -> None:
        """Store the new places as one entry."""
        control, preview = self._control, dict(self._control.scene.preview)
        control.scene.guide = None
        if not self._moved:
            self.cancel()
            return
        gesture = control.freeze()
        moved = {key.id: within for key, within in preview.items()}
        control.session.edit(move_layers, moved, gesture=gesture)
        control.thaw(lambda: None)

    def cancel(self) -> None:
        """Back where they were."""
        self._control.scene.guide = None
        self._control.scene.preview = {}
        self._control.repaint.emit()


class EdgeDrag:
    """One end of a layer or of a caption."""

    def __init__(self, control: TimelineControl, item: Item, edge: Edge) -> None:
        self._control, self._item, self._edge = control, item, edge
        self._low, self._high = self._limits()

    def move(self, at: QPointF, free: bool) -> None:
        """Put the end under the pointer, or where it snaps."""
        control, within = self._control, self._item.range
        time = control.scene.view.time_at(at.x())
        own = within.start if self._edge == "start" else within.end
        snap = control.snap([time], [own], free)
        time = (snap.at if snap else time).clamped(self._low, self._high)
        new = TimeRange(time, within.end) if self._edge == "start" else TimeRange(within.start, time)
        control.scene.preview = {self._item.key: new}
        control.repaint.emit()

    def finish(self) -> None:
        """Store it."""
        control, key = self._control, self._item.key
        new = control.scene.preview.get(key, self._item.range)
        control.scene.guide = None
        if new == self._item.range:
            self.cancel()
            return
        gesture = control.freeze()
        if key.kind is Kind.CAPTION:
            retimed = word_edge(control.model, key, new, self._edge)
            control.session.do(retime_word, control.source_id, *retimed)
        else:
            control.session.edit(move_layers, {key.id: new}, gesture=gesture)
        control.thaw(lambda: None, words=key.kind is Kind.CAPTION)

    def cancel(self) -> None:
        """As before."""
        self._control.scene.guide = None
        self._control.scene.preview = {}
        self._control.repaint.emit()

    def _limits(self) -> tuple[Time, Time]:
        """How far the end may go."""
        control, within = self._control, self._item.range
        if self._item.key.kind is Kind.CAPTION:
            return neighbours(control.model, self._item.key, self._edge)
        if self._edge == "start":
            layer = control.model.layer(self._item.key)
            begun = getattr(layer, "source_start", ZERO)
            first, playable = within.start - begun, begun > ZERO
            return max(ZERO, first if playable else ZERO), within.end - _SHORTEST_LAYER
        return within.start + _SHORTEST_LAYER, max(within.end, control.model.duration)


class CaptionMove:
    """A caption by its middle: all its words, between its neighbours."""

    def __init__(self, control: TimelineControl, item: Item, at: QPointF) -> None:
        self._control, self._item = control, item
        self._start = control.scene.view.time_at(at.x())
        low, _ = neighbours(control.model, item.key, "start")
        _, high = neighbours(control.model, item.key, "end")
        self._least, self._most = low - item.range.start, high - item.range.end

    def move(self, at: QPointF, free: bool) -> None:
        """Follow the pointer as far as there is room."""
        control, within = self._control, self._item.range
        by = control.scene.view.time_at(at.x()) - self._start
        ends = [within.start, within.end]
        own = [*ends, *_word_times(control, self._item.key)]
        snap = control.snap([end + by for end in ends], own, free)
        by = (by + snap.by if snap else by).clamped(self._least, max(self._least, self._most))
        control.scene.preview = {self._item.key: within.shifted(by)}
        control.repaint.emit()

    def finish(self) -> None:
        """Store the words' times."""
        control, key = self._control, self._item.key
        by = control.scene.preview.get(key, self._item.range).start - self._item.range.start
        control.scene.guide = None
        if not by:
            self.cancel()
            return
        gesture = control.freeze()
        spans = [word_span(control.model, key)]
        control.session.do(nudge_spans, control.source_id, spans, by, gesture=gesture, relative=True)
        control.thaw(lambda: None, words=True)

    def cancel(self) -> None:
        """As before."""
        self._control.scene.guide = None
        self._control.scene.preview = {}
        self._control.repaint.emit()


class MarkerMove:
    """A marker along the ruler."""

    def __init__(self, control: TimelineControl, item: Item) -> None:
        self._control, self._item = control, item

    def move(self, at: QPointF, free: bool) -> None:
        """Follow the pointer; the playhead shows what is there."""
        control = self._control
        time = control.scene.view.inside(at.x())
        snap = control.snap([time], [self._item.range.start], free)
        time = snap.at if snap else time
        control.scene.preview = {self._item.key: TimeRange(time, time)}
        control.repaint.emit()

    def finish(self) -> None:
        """Store it."""
        control, clip = self._control, self._control.clip
        to = control.scene.preview.get(self._item.key, self._item.range).start
        control.scene.guide = None
        number = self._item.key.number
        markers = [marker for marker in clip.markers if marker.at.ticks == number] if clip else []
        if to == self._item.range.start or not markers:
            self.cancel()
            return
        source = control.model.times.to_source(to)
        control.freeze()
        control.session.edit(move_marker, markers[0].at, source)
        control.thaw(lambda: control.selection.only(Key(Kind.MARKER, str(source.ticks))))

    def cancel(self) -> None:
        """As before."""
        self._control.scene.guide = None
        self._control.scene.preview = {}
        self._control.repaint.emit()


def followers(control: TimelineControl, keys: set[Key]) -> set[Key]:
    """The layers of the same tracks that begin at or after the first of some."""
    found: set[Key] = set()
    items = [control.model.find(key) for key in keys]
    starts = {item.key.kind: item.range.start for item in items if item is not None}
    for item in items:
        if item is not None:
            starts[item.key.kind] = min(starts[item.key.kind], item.range.start)
    for lane in control.model.lanes:
        if lane.kind in starts:
            first, last = lane.between(starts[lane.kind].ticks + 1, control.model.duration.ticks + 10**15)
            behind = (lane.item(index) for index in range(first, last))
            found |= {item.key for item in behind if item.range.start >= starts[lane.kind]}
    return found


def _word_times(control: TimelineControl, key: Key) -> list[Time]:
    cues = control.model.cues
    cue = cues.lane.index_of(key)
    if cue is None:
        return []
    low, high = int(cues.bounds[cue]), int(cues.bounds[cue + 1])
    ticks = [*cues.word_starts[low:high].tolist(), *cues.word_ends[low:high].tolist()]
    return [Time(value) for value in ticks]
