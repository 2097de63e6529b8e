"""The clips that a review goes through, as they stand: those of the open recording, or chosen ones of any."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.clip import Clip

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.session.clip_session import ClipSession


class Reviewed(QObject):
    """``clips`` in their order; ``changed`` carries one that is another value now, ``listed`` tells that some
    came or went."""

    changed = Signal(object)
    listed = Signal()

    def __init__(self, session: ClipSession, context: Context) -> None:
        super().__init__(session)
        self._session = session
        self._chosen: dict[str, Clip] = {}
        session.clip_changed.connect(self._take_one)
        session.listed.connect(self._take_list)
        context.events.changed.connect(self._take_changes)

    @property
    def chosen(self) -> bool:
        """Whether they were chosen, whichever recordings they are from."""
        return bool(self._chosen)

    @property
    def clips(self) -> list[Clip]:
        """As they stand now."""
        return list(self._chosen.values()) if self._chosen else self._session.clips

    def choose(self, clips: Sequence[Clip]) -> None:
        """Go through these; none of them: through those of the open recording."""
        self._chosen = {clip.id: clip for clip in clips}

    def _take_one(self, clip: Clip) -> None:
        if not self._chosen:
            self.changed.emit(clip)

    def _take_list(self) -> None:
        if not self._chosen:
            self.listed.emit()

    def _take_changes(self, changes: Changes) -> None:
        for item in changes.items:
            if item.kind == "clip" and item.id in self._chosen:
                self._put(item.id, item.after)

    def _put(self, clip_id: str, after: Clip | None) -> None:
        if after is None:
            del self._chosen[clip_id]
            self.listed.emit()
        else:
            self._chosen[clip_id] = after
            self.changed.emit(after)
