"""Work off the GUI thread: a Qt-free function goes in, its result comes back on the GUI thread.

The thin bridge that owns the signals (the idea is novelWriter's ``runnables.py`` and Anki's ``taskman.py``).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, Qt, QThreadPool, Signal

from viralclip_desktop.core.errors import Cancelled

Result = TypeVar("Result")
_log = logging.getLogger(__name__)


@dataclass(eq=False)
class Ticket:
    """A piece of work on its way; ``forget`` drops its result."""

    forgotten: bool = False
    _done: Callable[[Any], None] | None = field(default=None, repr=False)
    _failed: Callable[[Exception], None] | None = field(default=None, repr=False)

    def forget(self) -> None:
        """Nobody wants the result any more."""
        self.forgotten = True
        self._done = self._failed = None


class _Run(QRunnable):
    """One call on a pool thread."""

    def __init__(self, work: Callable[[], Any], ticket: Ticket, deliver: Callable[..., None]) -> None:
        super().__init__()
        self._work, self._ticket, self._deliver = work, ticket, deliver

    def run(self) -> None:
        """Call, and send the outcome home."""
        if self._ticket.forgotten:
            self._deliver(self._ticket, None, Cancelled())
            return
        try:
            result, error = self._work(), None
        except Exception as failure:  # noqa: BLE001 - the boundary of a worker: told on the GUI thread
            result, error = None, failure
        with suppress(RuntimeError):  # the window is gone, and with it whoever wanted to know
            self._deliver(self._ticket, result, error)


class Tasks(QObject):
    """A pool of worker threads. ``threads=1`` makes a queue that keeps its order.

    Work without ``failed`` has its trouble reported to ``on_trouble``.
    """

    _arrived = Signal(object, object, object)

    def __init__(self, parent: QObject, threads: int, on_trouble: Callable[[Exception], None]) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._pool.setExpiryTimeout(5000)
        self._on_trouble = on_trouble
        self._closed = False
        self._open: dict[Ticket, _Run] = {}
        self._arrived.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._open

    def run(
        self,
        work: Callable[[], Result],
        done: Callable[[Result], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> Ticket:
        """Call ``work`` on a pool thread, then ``done`` or ``failed`` on this one; nothing after closing."""
        ticket = Ticket(_done=done, _failed=failed)
        if self._closed:
            ticket.forget()
            return ticket
        run = _Run(work, ticket, self._arrived.emit)
        run.setAutoDelete(False)
        self._open[ticket] = run
        self._pool.start(run)
        return ticket

    def close(self, timeout_ms: int = 5000) -> bool:
        """Drop what has not begun, wait for what has; whether all threads ended in time."""
        self._closed = True
        for ticket in self._open:
            ticket.forget()
        return self._pool.waitForDone(timeout_ms)

    def drain(self, timeout_ms: int = 5000) -> bool:
        """Wait until everything queued has run (edits on closing); whether it did in time."""
        return self._pool.waitForDone(timeout_ms)

    def _hand_over(self, ticket: Ticket, result: object, error: Exception | None) -> None:
        self._open.pop(ticket, None)
        if ticket.forgotten:
            return
        if error is None:
            if ticket._done is not None:
                ticket._done(result)
        elif ticket._failed is not None:
            ticket._failed(error)
        elif not isinstance(error, Cancelled):
            self._on_trouble(error)
