"""The one door to the user: short messages with a severity and, if it helps, what to do.

Toolkit-free. The command line prints them to stderr; the window shows them as toasts and keeps a list.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from viralclip_desktop.core.errors import Fault

_log = logging.getLogger(__name__)


class Severity(IntEnum):
    """How much a notice matters."""

    INFO = 20
    CAUTION = 30
    ERROR = 40


@dataclass(frozen=True, slots=True)
class Notice:
    """One sentence of what happened, one of what to do and folded details.

    The first two are messages (see ``core.messages``).
    """

    severity: Severity
    message: str
    hint: str = ""
    details: str = ""
    leads_to: str = ""
    """The action of the window that helps, by its id (``models``); the command line does without."""


class NoticeBoard:
    """Takes notices from anywhere and hands them to whoever listens."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Notice], None]] = []
        self._said: set[str] = set()
        self._lock = threading.Lock()

    def listen(self, listener: Callable[[Notice], None]) -> Callable[[], None]:
        """Call ``listener`` for each notice from now on; returns a function that stops it."""
        with self._lock:
            self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    def post(self, notice: Notice) -> None:
        """Tell everyone."""
        _log.log(int(notice.severity), "%s %s", notice.message, notice.hint)
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            listener(notice)

    def info(self, message: str, hint: str = "") -> None:
        """Something worth knowing."""
        self.post(Notice(Severity.INFO, message, hint))

    def caution(self, message: str, hint: str = "", leads_to: str = "") -> None:
        """Something to keep an eye on."""
        self.post(Notice(Severity.CAUTION, message, hint, leads_to=leads_to))

    def once(self, key: str, message: str, hint: str = "") -> None:
        """A caution that would come again and again; ``key`` tells it apart."""
        with self._lock:
            said = key in self._said
            self._said.add(key)
        if not said:
            self.caution(message, hint)

    def fault(self, fault: Fault) -> None:
        """A known trouble."""
        self.post(Notice(Severity.ERROR, fault.message, fault.hint, fault.details))
