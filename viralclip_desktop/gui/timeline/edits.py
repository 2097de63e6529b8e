"""What the timeline asks of the project: each call is one entry in the history.

:class:`TimelineEdits` is all the panel knows; :class:`DeskEdits` sends the calls to the desk, in order and
off the GUI thread.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip, Marker

if TYPE_CHECKING:
    from viralclip_desktop.features.desk import Desk
    from viralclip_desktop.features.editing.editing import Editing
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.session.clip_session import ClipSession


Change = Callable[["Editing", Clip], object]


class TimelineEdits(Protocol):
    """Edits of the selected clip. ``gesture`` joins the steps of one drag (or of one held key)."""

    def trim(self, start: Time, end: Time, gesture: str) -> None:
        """Move the in and out points (source time)."""

    def split(self, at: Time) -> None:
        """Make two parts of the one that plays at source time ``at``."""

    def split_layers(self, layers: Sequence[str], at: Time) -> None:
        """Make two of each of some layers, at a clip time."""

    def split_clip(self, at: Time) -> None:
        """Make two clips, the second from source time ``at`` on."""

    def join(self, at: Time) -> None:
        """Make one part of the two that meet at a source time."""

    def move_part(self, index: int, to: int) -> None:
        """Play a part at another place; both counted from 0 in the order of play."""

    def trim_part(self, index: int, start: Time, end: Time, gesture: str) -> None:
        """Give a part another start and end (source time)."""

    def cut(self, ranges: Sequence[TimeRange], words: Sequence[int]) -> None:
        """Take source time and spoken words out of the clip; what follows moves up."""

    def restore(self, ranges: Sequence[TimeRange]) -> None:
        """Bring source time back."""

    def restore_all(self) -> None:
        """Bring everything back."""

    def lift(self, layers: Sequence[str], markers: Sequence[Marker], words: Sequence[int]) -> None:
        """Remove layers, markers and captioned words; nothing else moves."""

    def lift_range(self, within: TimeRange) -> None:
        """Remove what is laid over a range of clip time."""

    def move_layers(self, ranges: Mapping[str, TimeRange], gesture: str) -> None:
        """Place layers elsewhere in clip time, or at another length."""

    def close_gaps(self, removed: Sequence[str], moved: Mapping[str, TimeRange]) -> None:
        """Remove layers and move those behind them up."""

    def retime_word(self, index: int, start: Time, end: Time) -> None:
        """Give a word (its index in the transcript) another start and end, source time."""

    def nudge_words(self, spans: Sequence[tuple[int, int]], by: Time, gesture: str) -> None:
        """Move words, first up to but not including last, earlier or later."""

    def add_marker(self, marker: Marker) -> None:
        """Mark a moment (source time)."""

    def rename_marker(self, marker: Marker, label: str) -> None:
        """Give a marker another name."""

    def move_marker(self, marker: Marker, to: Time) -> None:
        """Put a marker elsewhere (source time)."""

    def idle(self) -> bool:
        """Whether everything asked for is stored."""


class DeskEdits:
    """The edits of the session's selected clip, through ``desk.editing``."""

    def __init__(self, session: ClipSession, context: Context) -> None:
        self._session, self._context = session, context
        self._nonce = new_id("visit")  # the journal outlives the window: no key may come back

    def trim(self, start: Time, end: Time, gesture: str) -> None:
        """Steps that wait are overtaken by the newest."""
        self._session.trim(start, end, gesture)

    def split(self, at: Time) -> None:
        """Two parts."""
        self._submit(lambda editing, clip: editing.split(clip.id, at))

    def split_layers(self, layers: Sequence[str], at: Time) -> None:
        """One entry for all."""
        self._submit(lambda editing, clip: editing.split_layers(clip.id, layers, at))

    def split_clip(self, at: Time) -> None:
        """Two clips."""
        self._submit(lambda editing, clip: editing.split_clip(clip.id, at))

    def join(self, at: Time) -> None:
        """One part."""
        self._submit(lambda editing, clip: editing.join(clip.id, at))

    def move_part(self, index: int, to: int) -> None:
        """Layers stay on their words."""
        self._submit(lambda editing, clip: editing.move_part(clip.id, index, to))

    def trim_part(self, index: int, start: Time, end: Time, gesture: str) -> None:
        """What follows moves up, or makes room."""
        key = f"{self._nonce}:{gesture}"
        self._submit(lambda editing, clip: editing.trim_part(clip.id, index, start, end, key))

    def cut(self, ranges: Sequence[TimeRange], words: Sequence[int]) -> None:
        """Ranges as they are; words with their share of the silence around them."""

        def work(editing: Editing, clip: Clip) -> None:
            if ranges:
                editing.cut(clip.id, ranges)
            if words:
                editing.cut_words(clip.id, words)

        self._submit(work, label="Ripple delete")

    def restore(self, ranges: Sequence[TimeRange]) -> None:
        """One entry for all."""

        def work(editing: Editing, clip: Clip) -> None:
            for within in ranges:
                editing.restore(clip.id, within)

        self._submit(work, label="Restore cut" if len(ranges) == 1 else "Restore cuts")

    def restore_all(self) -> None:
        """The whole recording between in and out again."""
        self._submit(lambda editing, clip: editing.restore_all(clip.id))

    def lift(self, layers: Sequence[str], markers: Sequence[Marker], words: Sequence[int]) -> None:
        """One entry for all."""

        def work(editing: Editing, clip: Clip) -> None:
            if layers:
                editing.remove_layers(clip.id, layers)
            for marker in markers:
                editing.remove_marker(clip.id, marker.at)
            if words:
                editing.drop_words(clip.source_id, words)

        self._submit(work, label=_lift_label(layers, markers, words))

    def lift_range(self, within: TimeRange) -> None:
        """Layers that reach out of the range keep the rest."""
        self._submit(lambda editing, clip: editing.lift(clip.id, within))

    def move_layers(self, ranges: Mapping[str, TimeRange], gesture: str) -> None:
        """One entry for all."""

        def work(editing: Editing, clip: Clip) -> None:
            for layer_id, within in ranges.items():
                editing.move_layer(clip.id, layer_id, within)

        label = "Move layer" if len(ranges) == 1 else "Move layers"
        self._submit(work, label=label, gesture=gesture)

    def close_gaps(self, removed: Sequence[str], moved: Mapping[str, TimeRange]) -> None:
        """One entry."""

        def work(editing: Editing, clip: Clip) -> None:
            editing.remove_layers(clip.id, removed)
            for layer, within in moved.items():
                editing.move_layer(clip.id, layer, within)

        self._submit(work, label="Ripple delete")

    def retime_word(self, index: int, start: Time, end: Time) -> None:
        """Held between its neighbours."""
        self._submit(lambda editing, clip: editing.retime_word(clip.source_id, index, start, end))

    def nudge_words(self, spans: Sequence[tuple[int, int]], by: Time, gesture: str) -> None:
        """Those in front go first, so that none is held up by the next."""

        def work(editing: Editing, clip: Clip) -> None:
            for first, last in sorted(spans, reverse=by.ticks > 0):
                editing.nudge_words(clip.source_id, first, last, by)

        self._submit(work, label="Nudge captions", gesture=gesture)

    def add_marker(self, marker: Marker) -> None:
        """A marker that is there already takes the new name."""
        self._submit(lambda editing, clip: editing.add_marker(clip.id, marker))

    def rename_marker(self, marker: Marker, label: str) -> None:
        """White space is tidied."""
        self._submit(lambda editing, clip: editing.rename_marker(clip.id, marker.at, label))

    def move_marker(self, marker: Marker, to: Time) -> None:
        """Held to the clip."""
        self._submit(lambda editing, clip: editing.move_marker(clip.id, marker.at, to))

    def idle(self) -> bool:
        """Whether nothing waits."""
        return self._context.edits.idle

    def _submit(self, change: Change, *, label: str = "", gesture: str = "") -> None:
        """Queue a change. With ``label`` its parts become one transaction of that name; steps of a gesture
        add up, so each of them is carried out."""
        clip, desk = self._session.clip, self._context.desk
        if clip is not None:
            key = f"{self._nonce}:{clip.id}:{gesture}" if gesture else None
            self._context.edits.submit(lambda: _run(desk, clip, key, label, change))


def _run(desk: Desk, clip: Clip, key: str | None, label: str, change: Change) -> None:
    if not label:
        change(desk.editing, clip)
        return
    project_id = desk.store.source(clip.source_id).project_id
    with desk.store.transaction(label, project_id, merge_key=key):
        change(desk.editing, clip)


def _lift_label(layers: Sequence[str], markers: Sequence[Marker], words: Sequence[int]) -> str:
    count = len(layers) + len(markers)
    if words:
        return "Delete" if count else "Delete captions"
    if layers and not markers:
        return "Remove layer" if count == 1 else "Remove layers"
    return "Remove marker" if count == 1 else "Delete"
