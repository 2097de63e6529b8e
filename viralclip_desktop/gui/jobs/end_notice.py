"""A word from the system when the last export is done and the user is in another program."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from viralclip_desktop.domain.exports import Export, WorkState
from viralclip_desktop.gui.bridge.later import later
from viralclip_desktop.gui.text import plain, plural, tr

_SHOWN_MS = 10_000

Shower = Callable[[str, str], object]


class EndNotice:
    """Counts what ended, and tells once when nothing is left; inside the window the toasts do that."""

    def __init__(self, owner: QWidget, show: Shower | None = None) -> None:
        """``show``: how to show a title and a text; None asks the system's tray."""
        self._owner, self._show = owner, show or self._by_tray
        self._done: list[str] = []
        self._failed = 0
        self._icon: QSystemTrayIcon | None = None

    def take(self, export: Export, title: str = "") -> None:
        """An export of the clip of that title ended."""
        if export.status is WorkState.COMPLETED:
            self._done.append(title)
        self._failed += export.status is WorkState.FAILED

    def tell(self, title: str, text: str) -> None:
        """Something else has ended; nobody who looks at the window needs it said."""
        if not self._owner.window().isActiveWindow():
            self._show(title, text)

    def all_ended(self) -> None:
        """Nothing waits or runs any more."""
        done, failed = self._done, self._failed
        self._done, self._failed = [], 0
        if done or failed:
            self.tell(tr("Export finished"), _words(done, failed))

    def _by_tray(self, title: str, text: str) -> None:
        if not QSystemTrayIcon.isSystemTrayAvailable() or not QSystemTrayIcon.supportsMessages():
            return
        if self._icon is None:
            self._icon = QSystemTrayIcon(self._owner.window().windowIcon(), self._owner)
            self._icon.messageClicked.connect(self._come_forward)
        self._icon.show()
        self._icon.showMessage(title, plain(text), self._owner.window().windowIcon(), _SHOWN_MS)
        later(self._icon, _SHOWN_MS, self._icon.hide)

    def _come_forward(self) -> None:
        window = self._owner.window()
        window.raise_()
        window.activateWindow()


def _words(done: Sequence[str], failed: int) -> str:
    finished = plural(len(done), "One clip is ready.", "{n} clips are ready.") if done else ""
    if len(done) == 1 and done[0]:
        finished = tr("“{title}” is exported.", title=done[0])
    broken = plural(failed, "One export failed.", "{n} exports failed.") if failed else ""
    return " ".join(part for part in (finished, broken) if part)
