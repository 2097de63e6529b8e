"""A tab of the audio studio as one row, and where what it makes goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.core.time import Time
from viralclip_desktop.gui.common.dropping import FileDrops
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.text import clock_time, tr
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.domain.layers import FileLayer
    from viralclip_desktop.domain.library import LibraryEntry
    from viralclip_desktop.gui.session.workspace import Workspace

_LEAST = Time.from_seconds(0.5)  # shorter, a sound is a click at the clip's end
_AS_LONG_S = 0.5  # a piece of whole bars, or one made before the clip was trimmed by a breath


class StudioPlace(QObject):
    """Where the sounds of the studio go: into the library, and from there on the timeline of a clip."""

    kept = Signal(object)
    """A :class:`LibraryEntry` that came into the library just now."""
    changed = Signal()
    """Whether sounds can be placed may be another now."""

    def __init__(self, work: Workspace) -> None:
        super().__init__(work.window)
        self._work = work
        self._drops = FileDrops(work.session, work.context)
        work.session.selected.connect(lambda _clip: self.changed.emit())
        work.navigation.entered.connect(lambda _page, _title: self.changed.emit())

    @property
    def can_place(self) -> bool:
        """Whether a clip is open in the editor, in view or behind the studio."""
        navigation = self._work.navigation
        page = navigation.studio_leads_to if navigation.page is Page.STUDIO else navigation.page
        return page is Page.EDITOR and self._work.session.clip is not None

    @property
    def where(self) -> str:
        """In words; empty where nothing can be placed."""
        clip = self._work.session.clip
        if clip is None or not self.can_place:
            return ""
        return tr("At {time} in “{clip}”", time=clock_time(self._work.player.clip_position), clip=clip.title)

    def is_whole(self, length_s: float) -> bool:
        """Whether what lasts so many seconds fills the open clip, within half a second."""
        clip = self._work.session.clip
        return clip is not None and self.can_place and abs(clip.duration.seconds - length_s) <= _AS_LONG_S

    def place(self, entry: LibraryEntry, at: Time | None = None) -> None:
        """Lay a sound on the open clip from a clip time on, or from the playhead, as one edit. Without a clip
        nothing happens; a file that is gone, or for which the clip has no room, is told."""
        clip = self._work.session.clip
        if clip is not None and self.can_place:
            start = self._work.player.clip_position if at is None else at
            if clip.duration - start < _LEAST:
                hint = tr("Move it back, then add the sound.")
                self._work.context.tell(ToastText(tr("The playhead is at the end of the clip"), hint))
                return
            self._drops.take_sounds([entry.id], start, self._tell)

    def _tell(self, clip: Clip, layers: Sequence[FileLayer]) -> None:
        """In the editor one sees it."""
        if self._work.navigation.page is Page.STUDIO:
            when = clock_time(layers[0].range.start)
            text = tr("Added to “{clip}” at {time}", clip=clip.title, time=when)
            undo = self._work.session.undo
            self._work.context.tell(ToastText(text, action=tr("Undo"), then=undo))


def studio_place(work: Workspace) -> StudioPlace:
    """The window's one place."""
    return work.part(StudioPlace, lambda: StudioPlace(work))


@dataclass(frozen=True, slots=True)
class TabRow:
    """One tab. ``title`` is its English text; ``build`` makes it when it is shown for the first time."""

    id: str
    title: str
    icon: str
    build: Callable[[Workspace, StudioPlace], QWidget]
