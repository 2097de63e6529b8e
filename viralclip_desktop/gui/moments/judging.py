"""After a clip was trimmed or cut: how it stands, and why, is said anew."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.standing import is_as_found
from viralclip_desktop.gui.session.clip_session import ClipSession, Loaded

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.gui.bridge.context import Context

_REST_MS = 2000  # a drag may go on after a rest: who moves an end reads no reasons


class Judging(QObject):
    """Follows the clips of the open recording."""

    def __init__(self, session: ClipSession, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._moved: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_REST_MS)
        self._timer.timeout.connect(self._judge)
        session.opened.connect(self._look)
        context.events.changed.connect(self._take_changes)

    def _look(self, loaded: Loaded) -> None:
        """Some may have been moved elsewhere."""
        self._wait_for(clip for clip in loaded.clips if not is_as_found(clip, loaded.transcript))

    def _take_changes(self, changes: Changes) -> None:
        clips = [(item.before, item.after) for item in changes.items if item.kind == "clip"]
        self._wait_for(after for before, after in clips if before and after and before.parts != after.parts)

    def _wait_for(self, clips: Iterable[Clip]) -> None:
        moved = {clip.id for clip in clips if clip.score is not None}
        if moved:
            self._moved |= moved
            self._timer.start()

    def _judge(self) -> None:
        moved, self._moved = self._moved, set()
        for clip_id in moved:
            self._context.tasks.run(partial(_judged, self._context.services, clip_id))


def _judged(services: Services, clip_id: str) -> None:
    from viralclip_desktop.features.moments.judging import judge_again  # with numpy

    try:
        judge_again(services.store, services.paths, clip_id)
    except NotFound:  # deleted meanwhile
        return
