"""One open recording: its clips, its words, and which clip is selected. The page's single truth."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.core.errors import Cancelled, NotFound
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.domain.assets import Asset
from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.edits.review import best_first, is_dropped
from viralclip_desktop.features.common.derived import source_peaks
from viralclip_desktop.features.common.orders import FIND
from viralclip_desktop.features.common.styles import caption_styles
from viralclip_desktop.features.workflows.main_job import why_so_few
from viralclip_desktop.gui.session.picked import Picked
from viralclip_desktop.gui.text import tr, tr_message
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.core.time import TimeRange
    from viralclip_desktop.domain.captions import CaptionStyle
    from viralclip_desktop.domain.media import Project, Source
    from viralclip_desktop.domain.transcript import Transcript
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.edits import Commit
    from viralclip_desktop.gui.bridge.tasks import Ticket
    from viralclip_desktop.media.peaks import Peaks
    from viralclip_desktop.store.store import Store


Result = TypeVar("Result")


@dataclass(frozen=True)
class Loaded:
    """Everything about a recording that the page shows, read in one go."""

    project: Project
    source: Source
    transcript: Transcript | None
    clips: tuple[Clip, ...]
    peaks: Peaks | None
    styles: tuple[CaptionStyle, ...]
    why_fewer: str = ""
    """Why the last search found fewer clips than were asked for; empty where it didn't."""


def load(services: Services, source_id: str) -> Loaded:
    """Read a recording. Blocks: called off the GUI thread."""
    source = services.store.source(source_id)
    return Loaded(
        project=services.store.project(source.project_id),
        source=source,
        transcript=services.store.transcript(source_id),
        clips=tuple(best_first(services.store.clips(source_id))),
        peaks=source_peaks(services.paths, source_id),
        styles=tuple(caption_styles(services.store)),
        why_fewer=why_so_few(services.store, source_id),
    )


class ClipSession(QObject):
    """Reads the recording, follows the store's changes, and sends edits off in order."""

    opened = Signal(object)
    """Another recording is open: a :class:`Loaded`."""
    reread = Signal(object)
    """The same recording with other words or other caption styles: a :class:`Loaded`. The selection stays."""
    listed = Signal()
    """Clips came or went."""
    clip_changed = Signal(object)
    """A clip of the list is another value now."""
    selected = Signal(object)
    """Another clip (or none) is selected."""
    let_go = Signal()
    """The user lets go of what is selected: words, items of the timeline."""
    clips_at_stake = Signal(int)
    """Undo has come to a search: so many steps (below zero) are left, and the first would take away what the
    search found."""
    edited = Signal()
    """An edit of the user's is on its way to the store."""

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._reading: Ticket | None = None
        self.loaded: Loaded | None = None
        self.clips: list[Clip] = []
        self.clip: Clip | None = None
        self.picked = Picked(self)
        self.let_go.connect(lambda: self.picked.pick(""))
        self.chosen: TimeRange | None = None
        """The stretch of the recording whose words are chosen in a transcript in sight; None for none."""
        self._assets: dict[str, Asset] = {}
        self.under_way: set[tuple[str, str]] = set()
        """What is being looked at for clips, by their ids and what was asked: asked twice, it is one wish."""
        self._met: set[str] = set()
        """The clips that were in the list at some time."""
        self._nonce = new_id("visit")  # the journal outlives the window: no key may come back
        context.events.changed.connect(self._take_changes)

    @property
    def source_id(self) -> str:
        """The open recording; empty for none."""
        return self.loaded.source.id if self.loaded is not None else ""

    # --- reading -----------------------------------------------------------------------------------------

    def open(self, source_id: str, select: str = "") -> None:
        """Show a recording; its best clip, or clip ``select``, is selected."""
        self.stop_reading()
        services = self._context.services
        self._reading = self._context.tasks.run(
            lambda: load(services, source_id), lambda loaded: self._show(loaded, select)
        )

    def stop_reading(self) -> None:
        """A recording that is being read is not shown when it comes."""
        if self._reading is not None:
            self._reading.forget()
            self._reading = None

    def close(self) -> None:
        """No recording is open any more."""
        self.stop_reading()
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

    def asset(self, asset_id: str) -> Asset | None:
        """A file that a part or a layer names; None for one that the library does not know."""
        if asset_id not in self._assets:
            with suppress(NotFound):
                self._assets[asset_id] = self._context.services.store.asset(asset_id)
        return self._assets.get(asset_id)

    def file_of(self, asset_id: str) -> str:
        """Where the file of an asset lies; empty for one that the library does not know."""
        asset = self.asset(asset_id)
        return "" if asset is None else asset.path

    def newest(self, clip: Clip) -> Clip:
        """A clip as it is stored by now; as it was given where its recording is not open any more."""
        return next((one for one in self.clips if one.id == clip.id), clip)

    # --- editing: stored at once, shown when the store reports it -------------------------------------------

    def do(
        self,
        verb: Callable[..., Result],
        *args: Any,
        gesture: str | None = None,
        relative: bool = False,
        **options: Any,
    ) -> Commit[Result]:
        """Store an edit off the GUI thread, in order: ``verb(store, *args)``, one of ``features.editing``.

        The first argument says what is edited. All steps of one ``gesture`` on it become one entry in the
        history, and those that wait are overtaken by the newest, unless they are ``relative`` to each
        other. What comes for a clip that was deleted meanwhile is dropped.
        """
        store, key = self._context.services.store, None
        if gesture is not None:
            subject = getattr(args[0], "id", args[0])
            key = options["merge_key"] = f"{self._nonce}:{subject}:{gesture}"
        clips = self._met & set(_named(args[0]))

        def work() -> Result:
            try:
                return verb(store, *args, **options)
            except NotFound as missing:
                if any(is_gone(store, clip_id) for clip_id in clips):
                    raise Cancelled() from missing  # it came too late: there is nothing to do, or to say
                raise

        commit = self._context.edits.submit(work, None if relative else key)
        self.edited.emit()
        return commit

    def edit(
        self, verb: Callable[..., Result], *args: Any, gesture: str | None = None, relative: bool = False
    ) -> Commit[Result] | None:
        """The same for the clip that is selected now, whose id the verb gets first; None without one. What
        was asked for a clip and comes later (a file that was looked at) is its edit: :meth:`do` it."""
        if self.clip is None:
            return None
        return self.do(verb, self.clip.id, *args, gesture=gesture, relative=relative)

    def undo(self, project_id: str = "") -> Commit[list[str]] | None:
        """Take back the last edit of this project, or of another one."""
        return self.travel(-1, project_id)

    def redo(self) -> Commit[list[str]] | None:
        """Bring back what was undone last."""
        return self.travel(1)

    def travel(self, steps: int, project_id: str = "", *, sure: bool = False) -> Commit[list[str]] | None:
        """Undo (below zero) or redo that many edits of this project (or another one), as one wish. Before a
        search, undo stops and :attr:`clips_at_stake` tells, unless the user is ``sure``."""
        project_id = project_id or (self.loaded.project.id if self.loaded is not None else "")
        if not project_id or not steps:
            return None
        store, tell = self._context.services.store, self._context.tell
        left: list[int] = []

        def go() -> list[str]:
            way, labels = store.undo if steps < 0 else store.redo, list[str]()
            for done in range(abs(steps)):
                if steps < 0 and not sure and _next_undo(store, project_id) == FIND:
                    left.append(steps + done)
                    break
                labels += filter(None, [way(project_id)])
            return labels

        def told(labels: list[str]) -> None:
            if labels or not left:
                tell(ToastText(_travel_words(labels, steps)))
            if left:
                self.clips_at_stake.emit(left[0])

        return self._context.edits.submit(go).then(told)

    # --- following the store -----------------------------------------------------------------------------

    def _show(self, loaded: Loaded, select: str) -> None:
        self._reading = None
        self.loaded, self.clips, self.clip, self.chosen = loaded, list(loaded.clips), None, None
        self._met.update(clip.id for clip in self.clips)
        self.opened.emit(loaded)
        self.listed.emit()
        wanted = select if any(clip.id == select for clip in self.clips) else ""
        first = self.clips[0].id if self.clips else None
        self.select(wanted or first)
        if not self.clips:
            self.selected.emit(None)

    def _take_changes(self, changes: Changes) -> None:
        for asset_id in changes.ids("asset"):
            self._assets.pop(asset_id, None)
        if self.loaded is None:
            return
        if self.loaded.source.id in changes.ids("transcript"):
            self._reread(lambda services, loaded: {"transcript": services.store.transcript(loaded.source.id)})
        shown = self.loaded.source
        if shown.id in changes.ids("source") or shown.asset_id in changes.ids("asset"):
            self._reread(_with_its_sound)
        if changes.ids("batch"):
            self._reread(lambda services, loaded: {"why_fewer": why_so_few(services.store, loaded.source.id)})
        if changes.ids("caption_style"):
            self._reread(lambda services, _loaded: {"styles": tuple(caption_styles(services.store))})
        came_or_went = False
        for item in changes.items:
            if item.kind == "clip":
                came_or_went |= self._take_clip(item.id, item.after)
        if came_or_went:
            self.clips = best_first(self.clips)
            self.listed.emit()
            self._keep_selection()

    def _reread(self, part: Callable[[Services, Loaded], dict[str, Any]]) -> None:
        """Read a part of the recording anew; the selection stays."""
        services, before = self._context.services, self.loaded
        assert before is not None

        def show(changed: dict[str, Any]) -> None:
            if self.loaded is None or self.loaded.source.id != before.source.id:
                return
            self.loaded = replace(self.loaded, **changed, clips=tuple(self.clips))
            self.reread.emit(self.loaded)
            if self.clip is not None:
                self.clip_changed.emit(self.clip)

        self._context.edits.submit(lambda: part(services, before)).then(show)

    def _take_clip(self, clip_id: str, after: Clip | None) -> bool:
        assert self.loaded is not None
        index = next((n for n, clip in enumerate(self.clips) if clip.id == clip_id), None)
        if after is None or after.source_id != self.loaded.source.id:
            if index is not None:
                del self.clips[index]
            return index is not None
        if index is None:
            self._met.add(clip_id)
            self.clips.append(after)
            return True
        before, self.clips[index] = self.clips[index], after
        if self.clip is not None and self.clip.id == clip_id:
            self.clip = after
        self.clip_changed.emit(after)
        return (before.rank, is_dropped(before)) != (after.rank, is_dropped(after))

    def _keep_selection(self) -> None:
        if self.clip is None or all(clip.id != self.clip.id for clip in self.clips):
            self.clip = None
            self.select(self.clips[0].id if self.clips else None)
            if not self.clips:
                self.selected.emit(None)


def _named(subject: object) -> list[str]:
    """The ids that an edit is about, as far as it names any."""
    several = subject if isinstance(subject, list | tuple) else [subject]
    return [one for one in several if isinstance(one, str)]


def is_gone(store: Store, clip_id: str) -> bool:
    """Whether a clip was deleted."""
    try:
        store.clip(clip_id)
    except NotFound:
        return True
    return False


def _with_its_sound(services: Services, loaded: Loaded) -> dict[str, Any]:
    """The recording as it is stored now, with the waveform of the track that is heard."""
    source = services.store.source(loaded.source.id)
    return {"source": source, "peaks": source_peaks(services.paths, source.id)}


def _next_undo(store: Store, project_id: str) -> str:
    """What undo would take back; empty for nothing."""
    done = (entry.label for entry in reversed(store.history(project_id)) if not entry.undone)
    return next(done, "")


def _travel_words(labels: list[str], steps: int) -> str:
    back = steps < 0
    if not labels:
        return tr("Nothing to undo") if back else tr("Nothing to redo")
    if len(labels) == 1:
        return f"{tr('Undid') if back else tr('Redid')}: {tr_message(labels[0])}"
    return tr("Went back {n} edits" if back else "Brought back {n} edits", n=len(labels))
