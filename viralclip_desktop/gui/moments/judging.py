"""After a clip was trimmed, or words were cut out of it or put back: how it stands, and why, is said anew."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.standing import needs_judging
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
        session.reread.connect(self._look)
        context.events.changed.connect(self._take_changes)

    def _look(self, loaded: Loaded) -> None:
        """Some may have been changed elsewhere, or other words are known now."""
        self._wait_for(clip for clip in loaded.clips if needs_judging(clip, loaded.transcript))

    def _take_changes(self, changes: Changes) -> None:
        clips = [(item.before, item.after) for item in changes.items if item.kind == "clip"]
        self._wait_for(after for before, after in clips if before and after and _said(before) != _said(after))

    def _wait_for(self, clips: Iterable[Clip]) -> None:
        moved = {clip.id for clip in clips if clip.score is not None}
        if moved:
            self._moved |= moved
            self._timer.start()

    def _judge(self) -> None:
        moved, self._moved = self._moved, set()
        self._context.tasks.run(partial(_judged, self._context.services, sorted(moved)))


def _said(clip: Clip) -> tuple[object, ...]:
    """What plays in a clip and what is said of it: undo of another edit may take only one of them back."""
    return clip.parts, clip.score, clip.reasons, clip.quote_first, clip.quote_last


def _judged(services: Services, clip_ids: Iterable[str]) -> None:
    from viralclip_desktop.features.moments.judging import judge_again  # with numpy

    for clip_id in clip_ids:
        with suppress(NotFound):  # deleted meanwhile
            judge_again(services.store, services.paths, clip_id)
