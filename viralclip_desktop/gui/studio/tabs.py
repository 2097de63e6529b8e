"""A tab of the audio studio as one row, and where what it makes goes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.messages import say
from viralclip_desktop.domain.layers import LayerKind
from viralclip_desktop.domain.library import LibraryEntry, LibraryKind
from viralclip_desktop.features.common.assets import is_there
from viralclip_desktop.gui.common.dropping import Found, lay, layers_at
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.text import clock_time, tr
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from viralclip_desktop.core.time import Time
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.gui.session.workspace import Workspace

LAYERS: Final = {
    LibraryKind.VOICE: LayerKind.VOICE,
    LibraryKind.MUSIC: LayerKind.MUSIC,
    LibraryKind.EFFECT: LayerKind.EFFECT,
    LibraryKind.IMPORT: LayerKind.EFFECT,
}
"""What a sound of the library becomes on the timeline. One of which nobody has said what it is plays once,
like an effect."""


class StudioPlace(QObject):
    """Where the sounds of the studio go: into the library, and from there on the timeline of the open clip."""

    kept = Signal(object)
    """A :class:`LibraryEntry` that came into the library just now."""
    changed = Signal()
    """Whether sounds can be placed may be another now."""

    def __init__(self, work: Workspace) -> None:
        super().__init__(work.window)
        self._work = work
        work.session.selected.connect(lambda _clip: self.changed.emit())
        work.navigation.entered.connect(lambda _page, _title: self.changed.emit())

    @property
    def can_place(self) -> bool:
        """Whether a clip is open in the editor, in view or behind the studio."""
        navigation = self._work.navigation
        page = navigation.studio_leads_to if navigation.page is Page.STUDIO else navigation.page
        return page is Page.EDITOR and self._work.session.clip is not None

    def place(self, entry: LibraryEntry) -> None:
        """Lay a sound on the open clip from the playhead on, as one edit. Without a clip nothing happens; a
        file that is gone, or for which the clip has no room, is told."""
        work, clip = self._work, self._work.session.clip
        if clip is None or not self.can_place:
            return
        at = work.player.clip_position
        work.context.tasks.run(lambda: _found(entry), lambda found: self._lay(clip, found, at))

    def _lay(self, clip: Clip, found: Found, at: Time) -> None:
        session = self._work.session
        layers = layers_at([found], at, session.newest(clip))
        if not layers:
            hint = tr("Move the playhead, or make the clip longer.")
            self._work.context.tell(ToastText(tr("There is no more room in the clip."), hint, kind="bad"))
            return
        lay(session, clip, layers)
        if self._work.navigation.page is Page.STUDIO:
            when = clock_time(layers[0].range.start)
            text = tr("Added to “{clip}” at {time}", clip=clip.title, time=when)
            self._work.context.tell(ToastText(text, action=tr("Undo"), then=session.undo))


def _found(entry: LibraryEntry) -> Found:
    if not is_there(entry.asset.path):
        name = Path(entry.asset.path).name
        raise NotFound(say("There is no file “{name}”.", name=name), "It may have been moved.")
    return Found(entry.asset, LAYERS[entry.item.kind], entry.asset.duration)


@dataclass(frozen=True, slots=True)
class TabRow:
    """One tab. ``title`` is its English text; ``build`` makes it when it comes in sight for the first time."""

    id: str
    title: str
    icon: str
    build: Callable[[Workspace, StudioPlace], QWidget]
