"""Dragging the parts of the video track: to another place, or one of their edges."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPointF

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.parts import SHORTEST_PART, limits
from viralclip_desktop.features.editing import move_part, trim_part
from viralclip_desktop.gui.timeline.control import TimelineControl
from viralclip_desktop.gui.timeline.hits import Edge
from viralclip_desktop.gui.timeline.model import Item, is_home
from viralclip_desktop.gui.timeline.painting.scene import TrimGhost


class PartMove:
    """A part by its middle: it goes where the line is. Stored when the button is let go."""

    def __init__(self, control: TimelineControl, clip: Clip, index: int) -> None:
        self._control, self._index, self._to = control, index, index
        self._parts = clip.parts

    def move(self, at: QPointF, _free: bool) -> None:
        """The line jumps to the nearest join; none where the part would stay."""
        control, lane = self._control, self._control.model.video
        wanted = control.scene.view.inside(at.x()).ticks
        joins = [*lane.starts.tolist(), control.model.duration.ticks]
        join = min(range(len(joins)), key=lambda place: abs(joins[place] - wanted))
        self._to = join if join <= self._index else join - 1
        control.scene.guide = Time(joins[join]) if self._to != self._index else None
        control.repaint.emit()

    def finish(self) -> None:
        """One entry; the playhead stays on its picture."""
        control, moved = self._control, self._to != self._index
        self.cancel()
        if moved and control.plays(self._parts):
            control.session.edit(move_part, self._index, self._to)

    def cancel(self) -> None:
        """Where it was."""
        self._control.scene.guide = None
        self._control.repaint.emit()


class PartTrim:
    """An edge of a part, between its neighbours in the recording. Stored when the button is let go."""

    def __init__(self, control: TimelineControl, clip: Clip, item: Item, index: int, edge: Edge) -> None:
        self._control, self._item, self._index, self._edge = control, item, index, edge
        self._parts, self._whole = clip.parts, clip.parts[index]
        self._part = self._whole.range
        self._low, self._high = limits(clip, index, control.duration_of(self._whole))
        self._new = self._part

    def move(self, at: QPointF, free: bool) -> None:
        """Put the edge under the pointer, or on the edge of a word near it."""
        control, part = self._control, self._part
        wanted = self._whole.reached(control.scene.view.time_at(at.x()) - self._item.range.start)
        if control.snapping and not free and is_home(control.model.clip, self._whole):
            near = control.word_edges.nearest("in" if self._edge == "start" else "out", wanted)
            wanted = near if abs((near - wanted).ticks) <= control.scene.view.span(10).ticks else wanted
        if self._edge == "start":
            self._new = TimeRange(wanted.clamped(self._low, part.end - SHORTEST_PART), part.end)
        else:
            self._new = TimeRange(part.start, wanted.clamped(part.start + SHORTEST_PART, self._high))
        start, end = (self._whole.played(edge) for edge in (self._new.start, self._new.end))
        shown = TimeRange(start, end).shifted(self._item.range.start)
        edge = "in" if self._edge == "start" else "out"
        control.scene.ghost = TrimGhost(shown.start, shown.end, edge, self._item.range)
        control.repaint.emit()

    def finish(self) -> None:
        """One entry; the playhead goes to the edge."""
        control = self._control
        if self._new == self._part or not control.plays(self._parts):
            self.cancel()
            return
        gesture = control.freeze()
        control.session.edit(trim_part, self._index, self._new.start, self._new.end, gesture=gesture)
        control.thaw(self._show_edge)

    def _show_edge(self) -> None:
        control = self._control
        if control.player.playing or control.clip is None:
            return
        length = replace(self._whole, range=self._new).duration
        last = self._item.range.start + length - control.scene.frame
        at = self._item.range.start if self._edge == "start" else last
        control.player.go_when_planned(at.clamped(ZERO, control.clip.duration))

    def cancel(self) -> None:
        """As before."""
        self._control.scene.ghost = None
        self._control.repaint.emit()
