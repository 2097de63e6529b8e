"""The watched folder while the window is open: looked at every few seconds, what is new told quietly."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from viralclip_desktop.features.workflows.standing_watch import QUIET_S, StandingWatch
from viralclip_desktop.gui.text import plural, tr
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.features.workflows.standing_watch import Looked
    from viralclip_desktop.gui.bridge.tasks import Ticket
    from viralclip_desktop.gui.session.workspace import Workspace

_LOOK_EVERY_MS = 5000


class FolderWatcher(QObject):
    """Looks while the settings say so; a look that takes long is waited for."""

    def __init__(self, work: Workspace, parent: QObject, quiet_s: float = QUIET_S) -> None:
        super().__init__(parent)
        self._work = work
        self._watch = StandingWatch(work.context.services, time.monotonic, quiet_s)
        self._looking: Ticket | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def start(self) -> None:
        """Look from now on."""
        self._timer.start()

    def close(self) -> None:
        """Look no more."""
        self._timer.stop()

    def look(self) -> None:
        """Look once, unless a look is under way."""
        if self._looking is None:
            self._looking = self._work.context.tasks.run(self._watch.look, self._looked, self._failed)

    def _looked(self, looked: Looked | None) -> None:
        self._looking = None
        if looked is not None:
            self._work.context.tell(_told(looked, self._work))

    def _failed(self, error: Exception) -> None:
        self._looking = None
        self._timer.stop()  # it would be told every few seconds
        self._work.context.trouble(error)


def _told(looked: Looked, work: Workspace) -> ToastText:
    if looked.began:
        there = plural(
            looked.left_alone,
            "One recording that is there already is left alone.",
            "{n} recordings that are there already are left alone.",
        )
        text = tr("Watching “{name}”.", name=looked.folder.name)
        return ToastText(text, there if looked.left_alone else "")
    names = ", ".join(path.name for path in looked.new)
    text = tr("New in “{folder}”: {names}", folder=looked.folder.name, names=names)
    return ToastText(text, action=tr("Show"), then=work.actions["queue"].trigger)
