"""Answers of the network on the window's thread: coroutines on its event loop, no thread for each."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal

from viralclip_desktop.core.errors import Cancelled
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.gui.bridge.tasks import Ticket, hand_over

if TYPE_CHECKING:
    import asyncio

    from viralclip_desktop.gui.bridge.async_loop import WindowLoop

Result = TypeVar("Result")


class Network(QObject):
    """Runs coroutines that wait more than they work (``engines.http.client.Http``); the loop is made when the
    first one comes."""

    _ended = Signal(object, object, object)

    def __init__(self, parent: QObject, on_trouble: Callable[[Exception], None]) -> None:
        super().__init__(parent)
        self._on_trouble = on_trouble
        self._loop: WindowLoop | None = None
        self._closed = False
        self._open: set[Ticket] = set()
        self._ended.connect(self._hand_over, Qt.ConnectionType.QueuedConnection)

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        return not self._open

    def run(
        self,
        work: Coroutine[Any, Any, Result],
        done: Callable[[Result], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        cancel: CancelToken | None = None,
    ) -> Ticket:
        """Run ``work``, then ``done`` or ``failed``; nothing after closing. ``Ticket.forget`` or ``cancel``
        stop it; trouble without ``failed`` is reported."""
        token = cancel or CancelToken()
        ticket = Ticket(_done=done, _failed=failed, _cancel=token)
        if self._closed:
            work.close()
            ticket.forget()
            return ticket
        loop = self._running_loop()
        task = loop.create_task(work)
        self._open.add(ticket)

        def stop() -> None:
            with suppress(RuntimeError):  # the window has ended, and with it what was to be stopped
                loop.call_soon_threadsafe(task.cancel)

        forget = token.on_cancel(stop)
        task.add_done_callback(lambda _task: forget())
        task.add_done_callback(partial(self._report, ticket))
        return ticket

    def close(self, timeout_ms: int = 2000) -> bool:
        """Stop what is under way and end the loop; whether all of it stopped in time. Safe to call twice."""
        self._closed = True
        for ticket in list(self._open):
            ticket.forget()
        loop, self._loop = self._loop, None
        finished = loop is None or loop.finish(timeout_ms)
        self._open.clear()
        return finished

    def _running_loop(self) -> WindowLoop:
        if self._loop is None:
            from viralclip_desktop.gui.bridge.async_loop import WindowLoop

            self._loop = WindowLoop()
        return self._loop

    def _report(self, ticket: Ticket, task: asyncio.Task[Any]) -> None:
        """Take the outcome to a slot of Qt: what breaks in there is reported as everywhere in the window."""
        error = Cancelled() if task.cancelled() else task.exception()
        self._ended.emit(ticket, None if error else task.result(), error)

    def _hand_over(self, ticket: Ticket, result: object, error: Exception | None) -> None:
        self._open.discard(ticket)
        hand_over(ticket, result, error, self._on_trouble)
