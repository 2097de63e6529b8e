"""Work off the GUI thread: a Qt-free function goes in, its result comes back on the GUI thread.

The thin bridge that owns the signals (the idea is novelWriter's ``runnables.py`` and Anki's ``taskman.py``).
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, QThreadPool, Signal

from viralclip_desktop.core.errors import Cancelled
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.media.run import in_background

Result = TypeVar("Result")
_log = logging.getLogger(__name__)
_TURN_S = 0.001
"""How long a worker keeps Python to itself while the GUI thread wants it. Painting asks dozens of times:
with Python's own 5 ms, an undo beside the reading of 100,000 words stalled for 140 ms instead of 80."""

_LONGEST_WAIT_S = 0.5  # somebody who scrubs without a pause sees thumbnails come, too


class Urgent:
    """Whether a frame is being made that somebody waits for; patient pools begin nothing meanwhile."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._over.set()

    def begin(self) -> None:
        """From now on others wait."""
        self._over.clear()

    def end(self) -> None:
        """They go on."""
        self._over.set()

    @contextmanager
    def waited_for(self) -> Iterator[None]:
        """Work in here begins when nothing is urgent (after half a second in any case), and gives way."""
        self._over.wait(_LONGEST_WAIT_S)
        with in_background():
            yield


@dataclass(eq=False)
class Ticket:
    """A piece of work on its way; ``forget`` drops its result."""

    forgotten: bool = False
    _done: Callable[[Any], None] | None = field(default=None, repr=False)
    _failed: Callable[[Exception], None] | None = field(default=None, repr=False)
    _cancel: CancelToken | None = field(default=None, repr=False)

    def forget(self) -> None:
        """Nobody wants the result any more."""
        self.forgotten = True
        self._done = self._failed = None
        if self._cancel is not None:
            self._cancel.cancel()


def hand_over(
    ticket: Ticket, result: object, error: Exception | None, on_trouble: Callable[[Exception], None]
) -> None:
    """Give the outcome of a piece of work to whoever wanted it; trouble that nobody wants is reported."""
    if ticket.forgotten:
        return
    done, failed = ticket._done, ticket._failed
    ticket.forget()  # whoever keeps the ticket keeps nothing else
    if error is None:
        if done is not None:
            done(result)
    elif failed is not None:
        failed(error)
    elif not isinstance(error, Cancelled):
        on_trouble(error)


class _Run:
    """One call on a pool thread. A plain callable: the pool never lets go of a ``QRunnable`` made in Python
    (PySide 6.11), and so of everything its work had its hands on."""

    def __init__(
        self,
        work: Callable[[], Any],
        ticket: Ticket,
        deliver: Callable[..., None],
        around: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._work: Callable[[], Any] | None = work
        self._ticket, self._deliver, self._around = ticket, deliver, around

    def __call__(self) -> None:
        """Call, and send the outcome home."""
        with suppress(RuntimeError):  # the window is gone, and with it whoever wanted to know
            self._deliver(self._ticket, *self._outcome())  # in no variable: an error would hold on to itself

    def _outcome(self) -> tuple[Any, Exception | None]:
        work, self._work = self._work, None  # so that the GUI thread lets go of it last: it may hold widgets
        if self._ticket.forgotten or work is None:
            return None, Cancelled()
        try:
            with self._around():
                return work(), None
        except Exception as failure:  # noqa: BLE001 - the boundary of a worker: reported on the GUI thread
            return None, failure


class Tasks(QObject):
    """A pool of worker threads. ``threads=1`` makes a queue that keeps its order.

    Work without ``failed`` has its trouble reported to ``on_trouble``. A ``patient`` pool gives way to what
    is urgent.
    """

    _arrived = Signal(object, object, object)

    def __init__(
        self,
        parent: QObject,
        threads: int,
        on_trouble: Callable[[Exception], None],
        *,
        patient: Urgent | None = None,
    ) -> None:
        super().__init__(parent)
        self._around = patient.waited_for if patient is not None else nullcontext
        sys.setswitchinterval(_TURN_S)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(threads)
        self._pool.setExpiryTimeout(5000)
        self._on_trouble = on_trouble
        self._closed = False
        self._open: dict[Ticket, Callable[[], Any]] = {}
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
        cancel: CancelToken | None = None,
    ) -> Ticket:
        """Call ``work`` on a pool thread, then ``done`` or ``failed`` on this one; nothing after closing.

        ``cancel`` is what the work looks at: it is cancelled when nobody wants the result any more.
        """
        ticket = Ticket(_done=done, _failed=failed, _cancel=cancel)
        if self._closed:
            ticket.forget()
            return ticket
        self._open[ticket] = work
        self._pool.start(_Run(work, ticket, self._arrived.emit, self._around))
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
        hand_over(ticket, result, error, self._on_trouble)
