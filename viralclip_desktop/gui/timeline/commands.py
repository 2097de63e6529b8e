"""What keys, buttons and menus do with the selection and the playhead."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Marker, Transition
from viralclip_desktop.domain.edits.clips import SHORTEST_CLIP
from viralclip_desktop.domain.edits.parts import can_split
from viralclip_desktop.features.editing import (
    add_marker,
    close_gaps,
    cut_selection,
    delete_selection,
    join,
    lift,
    move_layers,
    move_part,
    nudge_spans,
    remove_parts,
    rename_marker,
    restore_all,
    restore_ranges,
    set_transition,
    set_transitions,
    split,
    split_clip,
    split_layers,
)
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.timeline.gestures import followers
from viralclip_desktop.gui.timeline.model import LAYERS, Key, Kind, cut_of, is_home
from viralclip_desktop.gui.timeline.retiming import word_span
from viralclip_desktop.gui.timeline.snap import beside
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.gui.timeline.control import TimelineControl


class TimelineCommands:
    """Each call is one entry in the history, or says why it does nothing."""

    def __init__(self, control: TimelineControl) -> None:
        self._control = control

    def split(self) -> None:
        """Two parts where the playhead is; selected layers under it are split instead."""
        control, at = self._control, self._control.scene.playhead
        if control.clip is None:
            return
        items = [control.model.find(key) for key in control.selection.of(*LAYERS)]
        under = [item.key.id for item in items if item and item.range.start < at < item.range.end]
        source = control.model.times.to_source(at)
        if under:
            control.session.edit(split_layers, under, at)
        elif can_split(control.clip, source):
            control.session.edit(split, source)
        else:
            self._tell(tr("Move the playhead away from the edge to split here."))

    def join(self, key: Key) -> None:
        """Make one of a part and the one behind it, which it meets."""
        part = self._control.model.source_ranges(key)
        if part:
            self._control.session.edit(join, part[-1].end)

    def can_join(self, key: Key) -> bool:
        """Whether the part behind goes on in the recording where this one ends."""
        parts, index = self._control.model.clip.parts, self._control.model.video.index_of(key)
        return index is not None and index + 1 < len(parts) and parts[index].joins(parts[index + 1])

    def set_transition(self, index: int, kind: Transition) -> None:
        """Have a part come after the one before it in another way."""
        self._control.session.edit(set_transition, index, kind)

    def move_part(self, by: int) -> None:
        """Play the selected part, or the one under the playhead, earlier or later."""
        control, video = self._control, self._control.model.video
        chosen = [video.index_of(key) for key in control.selection.of(Kind.VIDEO)]
        index = chosen[0] if chosen else video.at(control.scene.playhead.ticks)
        if index is not None and 0 <= index + by < len(video):
            control.session.edit(move_part, index, index + by)
        elif len(video) < 2:
            self._tell(tr("Split the clip first; its parts can then be put in another order."))

    def split_clip(self) -> None:
        """Two clips, the second from the playhead on."""
        control, at = self._control, self._control.scene.playhead
        if control.clip is None:
            return
        if not SHORTEST_CLIP <= at <= control.model.duration - SHORTEST_CLIP:
            self._tell(tr("Put the playhead at least a second away from both ends to split here."))
            return
        control.session.do(split_clip, control.clip.id, control.model.times.to_source(at))

    def delete(self) -> None:
        """Lift the selection; with ripple on, close the gap as well. In and out stand in for a selection."""
        if self._control.ripple:
            self.ripple_delete()
        else:
            self.lift()

    def lift(self) -> None:
        """Remove selected layers, markers and captions, or, when nothing is selected, what is laid over in to
        out; nothing else moves. Selected parts of the recording are cut out: a clip has no holes."""
        control, selection, model = self._control, self._control.selection, self._control.model
        self._cut_plainly()
        layers = [key.id for key in selection.of(*LAYERS)]
        markers = [marker for key in selection.of(Kind.MARKER) for marker in self._markers(key)]
        words = self._words()
        if layers or markers or words:
            self._remove(layers, markers, words)
        self._remove_others()
        parts = [part for key in selection.of(Kind.VIDEO) for part in model.source_ranges(key)]
        if parts:
            self._cut(parts, [])
        if not selection.keys and control.scene.loop is not None:
            control.session.edit(lift, control.scene.loop)

    def ripple_delete(self) -> None:
        """Cut out the time of the selected captions and parts (or in to out, when nothing is selected);
        remove selected layers and move those behind them up."""
        control, selection = self._control, self._control.selection
        self._cut_plainly()
        layers = set(selection.of(*LAYERS))
        if layers:
            self._close_gaps(layers)
        markers = [marker for key in selection.of(Kind.MARKER) for marker in self._markers(key)]
        if markers:
            self._remove([], markers, [])
        self._remove_others()
        parts = [part for key in selection.of(Kind.VIDEO) for part in control.model.source_ranges(key)]
        loop = control.scene.loop
        if not selection.keys and loop is not None:
            parts = control.model.times.source_ranges(loop)
        self._cut(parts, self._words())

    def _cut_plainly(self) -> None:
        """Take the selected transitions off: their parts come by a cut again."""
        places = [key.number for key in self._control.selection.of(Kind.TRANSITION)]
        if places:
            self._control.session.edit(set_transitions, places, Transition.CUT)

    def _remove_others(self) -> None:
        """Take the selected parts out that are not of the home recording: they have no gap to come back
        from."""
        control, model = self._control, self._control.model
        chosen = [model.video.index_of(key) for key in control.selection.of(Kind.VIDEO)]
        others = [at for at in chosen if at is not None and not is_home(model.clip, model.clip.parts[at])]
        if others:
            control.session.edit(remove_parts, others)

    def restore(self, keys: Sequence[Key]) -> None:
        """Bring back what some cut marks took out."""
        clip = self._control.clip
        if clip is not None:
            cuts = [cut_of(clip, key) for key in keys]
            found = [cut for cut in cuts if cut is not None]
            if found:
                self._control.session.edit(restore_ranges, found)

    def restore_all(self) -> None:
        """Bring back everything that was cut."""
        self._control.session.edit(restore_all)

    def add_marker(self, at: Time | None = None) -> None:
        """Mark the playhead (or a clip time); on a marker it is taken away again."""
        control = self._control
        if control.clip is None:
            return
        source = control.model.times.to_source(control.scene.playhead if at is None else at)
        close = [m for m in control.clip.markers if abs((m.at - source).ticks) < control.scene.frame.ticks]
        if close:
            self._remove([], close, [])
        else:
            number = len(control.clip.markers) + 1
            control.session.edit(add_marker, Marker(source, tr("Marker {n}", n=number)))

    def rename_marker(self, key: Key, label: str) -> None:
        """Another name for a marker."""
        for marker in self._markers(key):
            self._control.session.edit(rename_marker, marker.at, " ".join(label.split()))

    def set_in(self, at: Time | None = None) -> None:
        """In point at the playhead; an out point before it goes to the end."""
        control = self._control
        here = control.scene.playhead if at is None else at
        loop, duration = control.scene.loop, control.model.duration
        end = loop.end if loop and loop.end > here else duration
        control.set_loop(TimeRange(here, end) if here < end else None)

    def set_out(self, at: Time | None = None) -> None:
        """Out point at the playhead; an in point behind it goes to the start."""
        control = self._control
        here = control.scene.playhead if at is None else at
        loop = control.scene.loop
        start = loop.start if loop and loop.start < here else ZERO
        control.set_loop(TimeRange(start, here) if start < here else None)

    def clear_in_out(self) -> None:
        """No in and out."""
        self._control.set_loop(None)

    def nudge(self, frames: int) -> None:
        """Move the selected layers and captions by frames; a held key is one entry."""
        control = self._control
        by = Time(control.scene.frame.ticks * frames)
        layers = {key: control.model.find(key) for key in control.selection.of(*LAYERS)}
        ranges = {key.id: item.range for key, item in layers.items() if item is not None}
        gesture = f"nudge-{'-'.join(sorted(key.id for key in control.selection.keys))[:80]}"
        if ranges:
            held = max(by, -min(within.start for within in ranges.values()))
            moved = {id_: r.shifted(held) for id_, r in ranges.items()}
            control.session.edit(move_layers, moved, gesture=gesture, relative=True)
        spans = [word_span(control.model, key) for key in control.selection.of(Kind.CAPTION)]
        if spans:
            control.session.do(nudge_spans, control.source_id, spans, by, gesture=gesture, relative=True)

    def step_to_edge(self, direction: int) -> None:
        """The playhead to the next cut, marker or edge."""
        at = self._control.points.beside(self._control.scene.playhead, direction)
        if at is not None:
            self._control.seek(at)

    def step_to_beat(self, direction: int) -> None:
        """The playhead to the next beat of the music; without any it is said why nothing happens."""
        control, beats = self._control, self._control.model.beats
        if not len(beats):
            self._tell(tr("There is no music with a steady beat in this clip."))
            return
        at = beside(beats.starts, control.scene.playhead, direction)
        if at is not None:
            control.seek(at)

    # --- inside ------------------------------------------------------------------------------------------

    def _words(self) -> list[int]:
        keys = self._control.selection.of(Kind.CAPTION)
        return sorted(word for key in keys for word in self._control.model.words_of(key))

    def _cut(self, ranges: list[TimeRange], words: list[int]) -> None:
        control = self._control
        if not ranges and not words:
            return
        captions = [r for key in control.selection.of(Kind.CAPTION) for r in control.model.source_ranges(key)]
        gone = sum(part.duration.ticks for part in merged([*ranges, *captions]))
        if control.model.duration.ticks - gone < SHORTEST_CLIP.ticks:
            self._tell(tr("At least one second of a clip has to stay."))
            return
        control.session.edit(cut_selection, ranges, words)
        control.set_loop(None)

    def _close_gaps(self, layers: set[Key]) -> None:
        control, moved = self._control, dict[str, TimeRange]()
        gone = {key: item for key in layers if (item := control.model.find(key)) is not None}
        for key in followers(control, layers) - layers:
            item = control.model.find(key)
            if item is not None:
                before = [
                    r for r in gone.values() if r.key.kind is key.kind and r.range.start < item.range.start
                ]
                by = Time(sum(removed.range.duration.ticks for removed in before))
                moved[key.id] = item.range.shifted(-min(by, item.range.start))
        control.session.edit(close_gaps, [key.id for key in gone], moved)

    def _remove(self, layers: list[str], markers: list[Marker], words: list[int]) -> None:
        self._control.session.edit(delete_selection, layers, [marker.at for marker in markers], words)

    def _markers(self, key: Key) -> list[Marker]:
        clip = self._control.clip
        return [marker for marker in clip.markers if marker.at.ticks == key.number] if clip else []

    def _tell(self, sentence: str) -> None:
        self._control.context.tell(ToastText(sentence))


def merged(ranges: Sequence[TimeRange]) -> list[TimeRange]:
    """Ranges in order, those that touch joined."""
    found: list[TimeRange] = []
    for part in sorted(ranges, key=lambda part: part.start):
        if found and part.start <= found[-1].end:
            found[-1] = TimeRange(found[-1].start, max(found[-1].end, part.end))
        else:
            found.append(part)
    return found
