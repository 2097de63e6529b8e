"""One open recording: its clips, its words, and which clip is selected. The page's single truth."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.clip import Clip, Framing, Layer
from viralclip_desktop.domain.edits import clips as edits
from viralclip_desktop.gui.text import tr, tr_message
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.domain.captions import CaptionStyle
    from viralclip_desktop.domain.media import Project, Source
    from viralclip_desktop.domain.transcript import Transcript
    from viralclip_desktop.features.desk import Desk
    from viralclip_desktop.features.editing import Editing
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket
    from viralclip_desktop.media.peaks import Peaks


@dataclass(frozen=True)
class Loaded:
    """Everything about a recording that the page shows, read in one go."""

    project: Project
    source: Source
    transcript: Transcript | None
    clips: tuple[Clip, ...]
    peaks: Peaks | None
    styles: tuple[CaptionStyle, ...]


def load(desk: Desk, source_id: str) -> Loaded:
    """Read a recording. Blocks: called off the GUI thread."""
    source = desk.store.source(source_id)
    return Loaded(
        project=desk.store.project(source.project_id),
        source=source,
        transcript=desk.store.transcript(source_id),
        clips=tuple(sorted(desk.store.clips(source_id), key=lambda clip: clip.rank)),
        peaks=desk.peaks(source_id),
        styles=tuple(desk.caption_styles()),
    )


class ClipSession(QObject):
    """Reads the recording, follows the store's changes, and sends edits off in order."""

    opened = Signal(object)
    """A :class:`Loaded`: another recording, or the same one with other words or styles (then the
    selection stays as it is)."""
    listed = Signal()
    """Clips came or went."""
    clip_changed = Signal(object)
    """A clip of the list is another value now."""
    selected = Signal(object)
    """Another clip (or none) is selected."""
    edited = Signal()
    """An edit of the user's is on its way to the store."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._reading: Ticket | None = None
        self.loaded: Loaded | None = None
        self.clips: list[Clip] = []
        self.clip: Clip | None = None
        self._nonce = new_id("visit")  # the journal outlives the window: no key may come back
        context.events.changed.connect(self._take_changes)

    # --- reading -----------------------------------------------------------------------------------------

    def open(self, source_id: str, select: str = "") -> None:
        """Show a recording; its best clip, or clip ``select``, is selected."""
        if self._reading is not None:
            self._reading.forget()
        desk = self._context.desk
        self._reading = self._context.tasks.run(
            lambda: load(desk, source_id), lambda loaded: self._show(loaded, select)
        )

    def close(self) -> None:
        """No recording is open any more."""
        if self._reading is not None:
            self._reading.forget()
        self.loaded, self.clips = None, []
        self.select(None)

    def select(self, clip_id: str | None) -> None:
        """Select a clip."""
        found = next((clip for clip in self.clips if clip.id == clip_id), None)
        if found is not self.clip:
            self.clip = found
            self.selected.emit(found)

    def select_beside(self, step: int) -> None:
        """Select the clip before (-1) or after (+1) in the list."""
        ids = [clip.id for clip in self.clips]
        here = ids.index(self.clip.id) if self.clip else -step
        if 0 <= here + step < len(ids):
            self.select(ids[here + step])

    # --- editing: stored at once, shown when the store tells of it -----------------------------------------

    def trim(self, start: Time, end: Time, gesture: str) -> None:
        """Move the in and out points; all steps of one gesture become one entry in the history."""
        self._edit(lambda desk, clip, key: desk.trim_clip(clip.id, start, end, merge_key=key), gesture)

    def rename(self, title: str, gesture: str) -> None:
        """Give the clip a title; the typing of one visit to the field is one entry in the history."""
        self._edit(
            lambda desk, clip, key: desk.edit_clip(
                clip.id, "Rename clip", lambda before: edits.rename(before, title), key
            ),
            gesture,
        )

    def restyle(self, style_id: str) -> None:
        """Choose a caption style."""
        self._edit(lambda desk, clip, _key: desk.restyle_clip(clip.id, style_id))

    def switch_captions(self, on: bool) -> None:
        """Show or hide the captions."""
        self._edit(lambda desk, clip, _key: desk.switch_captions(clip.id, on))

    def reshape(self, aspect: Aspect) -> None:
        """Choose a picture shape."""
        self._edit(lambda desk, clip, _key: desk.reshape_clip(clip.id, aspect))

    def reframe(self, framing: Framing, centre_x: float, gesture: str | None = None) -> None:
        """Choose how the picture fills the frame."""
        self._edit(
            lambda desk, clip, key: desk.reframe_clip(clip.id, framing, centre_x, merge_key=key), gesture
        )

    def edit(self, change: Callable[[Editing, Clip, str | None], object], gesture: str | None = None) -> None:
        """Any other edit of the selected clip: ``change`` gets the editing verbs, the clip and the key under
        which all steps of one ``gesture`` become one entry in the history. It runs off the GUI thread."""
        self._edit(lambda desk, clip, key: change(desk.editing, clip, key), gesture)

    def put_layer(self, layer: Layer, gesture: str = "") -> None:
        """Lay something over the clip, or change what lies there; one ``gesture`` is one entry."""
        key = f"{layer.id}-{gesture}" if gesture else None
        self.edit(lambda editing, clip, merge: editing.put_layer(clip.id, layer, merge), key)

    def remove_layer(self, layer_id: str) -> None:
        """Take something that lies over the clip away."""
        self.edit(lambda editing, clip, _key: editing.remove_layer(clip.id, layer_id))

    def undo(self) -> None:
        """Take back the last edit of this project."""
        self.travel(-1)

    def redo(self) -> None:
        """Bring back what was undone last."""
        self.travel(1)

    def travel(self, steps: int) -> None:
        """Undo (below zero) or redo that many edits of this project, as one wish."""
        if self.loaded is None or not steps:
            return
        desk, project_id, tell = self._context.desk, self.loaded.project.id, self._context.tell

        def go() -> list[str]:
            way = desk.undo if steps < 0 else desk.redo
            labels = (way(project_id) for _ in range(abs(steps)))
            return [label for label in labels if label]

        self._context.edits.submit(go, done=lambda labels: tell(ToastText(_travel_words(labels, steps))))

    def _edit(self, change: Callable[[Desk, Clip, str | None], object], gesture: str | None = None) -> None:
        clip, desk = self.clip, self._context.desk
        key = f"{self._nonce}:{clip.id}:{gesture}" if clip and gesture else None
        if clip is not None:
            self.edited.emit()
            self._context.edits.submit(lambda: change(desk, clip, key), key)

    # --- following the store -----------------------------------------------------------------------------

    def _show(self, loaded: Loaded, select: str) -> None:
        self._reading = None
        self.loaded, self.clips, self.clip = loaded, list(loaded.clips), None
        self.opened.emit(loaded)
        self.listed.emit()
        wanted = select if any(clip.id == select for clip in self.clips) else ""
        first = self.clips[0].id if self.clips else None
        self.select(wanted or first)
        if not self.clips:
            self.selected.emit(None)

    def _take_changes(self, changes: Changes) -> None:
        if self.loaded is None:
            return
        if self.loaded.source.id in changes.ids("transcript"):
            self._reread(lambda desk, loaded: {"transcript": desk.store.transcript(loaded.source.id)})
        if changes.ids("caption_style"):
            self._reread(lambda desk, _loaded: {"styles": tuple(desk.caption_styles())})
        came_or_went = False
        for item in changes.items:
            if item.kind == "clip":
                came_or_went |= self._take_clip(item.id, item.after)
        if came_or_went:
            self.clips.sort(key=lambda clip: clip.rank)
            self.listed.emit()
            self._keep_selection()

    def _reread(self, part: Callable[[Desk, Loaded], dict[str, Any]]) -> None:
        """Read a part of the recording anew; the selection stays."""
        desk, before = self._context.desk, self.loaded
        assert before is not None

        def show(changed: dict[str, Any]) -> None:
            if self.loaded is None or self.loaded.source.id != before.source.id:
                return
            self.loaded = replace(self.loaded, **changed, clips=tuple(self.clips))
            self.opened.emit(self.loaded)
            if self.clip is not None:
                self.clip_changed.emit(self.clip)

        self._context.edits.submit(lambda: part(desk, before), done=show)

    def _take_clip(self, clip_id: str, after: Clip | None) -> bool:
        assert self.loaded is not None
        index = next((n for n, clip in enumerate(self.clips) if clip.id == clip_id), None)
        if after is None or after.source_id != self.loaded.source.id:
            if index is not None:
                del self.clips[index]
            return index is not None
        if index is None:
            self.clips.append(after)
            return True
        before, self.clips[index] = self.clips[index], after
        if self.clip is not None and self.clip.id == clip_id:
            self.clip = after
        self.clip_changed.emit(after)
        return before.rank != after.rank

    def _keep_selection(self) -> None:
        if self.clip is None or all(clip.id != self.clip.id for clip in self.clips):
            self.clip = None
            self.select(self.clips[0].id if self.clips else None)
            if not self.clips:
                self.selected.emit(None)


def _travel_words(labels: list[str], steps: int) -> str:
    back = steps < 0
    if not labels:
        return tr("Nothing to undo") if back else tr("Nothing to redo")
    if len(labels) == 1:
        return f"{tr('Undid') if back else tr('Redid')}: {tr_message(labels[0])}"
    return tr("Went back {n} edits" if back else "Brought back {n} edits", n=len(labels))
