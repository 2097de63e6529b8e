"""Who is told when something was stored."""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable

from viralclip_desktop.domain.changes import Changes

Listener = Callable[[Changes], None]
_log = logging.getLogger(__name__)


class ChangeFeed:
    """Tells each transaction's changes to whoever listens, in the order of the commits.

    Callbacks run on a committing thread, after the commit, one at a time; they must be quick and must
    not wait for another thread. One that fails is logged and keeps nothing from the others.
    """

    def __init__(self) -> None:
        self._listeners: list[Listener] = []
        self._lock = threading.Lock()
        self._waiting: deque[Changes] = deque()
        self._telling = threading.RLock()

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` for each change from now on; returns a function that stops it."""
        with self._lock:
            self._listeners.append(listener)
        return lambda: self.unsubscribe(listener)

    def unsubscribe(self, listener: Listener) -> None:
        """Stop calling ``listener``; nothing happens when it never was subscribed."""
        with self._lock:
            if listener in self._listeners:
                self._listeners.remove(listener)

    def enqueue(self, changes: Changes) -> None:
        """Note a commit; called while the writer's lock is held, which gives the order."""
        self._waiting.append(changes)

    def deliver(self) -> None:
        """Tell everything that waits; called after the writer's lock is released."""
        with self._telling:
            while self._waiting:
                self._tell(self._waiting.popleft())

    def publish(self, changes: Changes) -> None:
        """Tell of something that is kept outside the database."""
        self.enqueue(changes)
        self.deliver()

    def _tell(self, changes: Changes) -> None:
        with self._lock:
            listeners = list(self._listeners)
        for listener in listeners:
            try:
                listener(changes)
            except Exception:  # noqa: BLE001 - a view's bug must not undo what is already stored
                _log.exception("a listener failed on %r", changes.label)
