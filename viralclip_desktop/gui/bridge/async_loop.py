"""An asyncio event loop on the window's own (qasync). Imported when the network is first used."""

from __future__ import annotations

import asyncio
from asyncio.events import _get_running_loop, _set_running_loop
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import qasync
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop

_PUMP_MS = 20
_LOOKUPS = 2  # threads that look up names, made when there is one to look up


class WindowLoop(qasync.QEventLoop):  # type: ignore[misc]
    """Runs while the window's event loop does, whoever runs that.

    It counts as asyncio's running loop only while one of its own callbacks runs: code that runs another loop
    for a moment (``asyncio.run``) is not in its way, and it ends without ending the application.
    """

    def __init__(self) -> None:
        super().__init__(QCoreApplication.instance())
        self._names = ThreadPoolExecutor(_LOOKUPS, "network names")
        self.set_default_executor(self._names)
        self._before_run_forever()

    def _add_callback(self, handle: asyncio.Handle, delay: float = 0) -> asyncio.Handle:
        self._timer.add_callback(_Turn(handle, self), delay)
        return handle

    def finish(self, timeout_ms: int) -> bool:
        """Cancel everything under way, wait for it to clean up, and close; whether it did in time."""
        tasks = asyncio.all_tasks(self)
        for task in tasks:
            task.cancel()
        done = self._pump(tasks, timeout_ms)
        done &= self._pump({self.create_task(self.shutdown_asyncgens())}, timeout_ms)
        self._after_run_forever()
        self._names.shutdown(wait=False, cancel_futures=True)
        self.set_default_executor(None)  # closing would wait for a name server that says nothing
        self.close()
        return done

    def _pump(self, tasks: set[asyncio.Task[Any]], timeout_ms: int) -> bool:
        deadline, calm = QDeadlineTimer(timeout_ms), QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
        while not all(task.done() for task in tasks) and not deadline.hasExpired():
            QCoreApplication.processEvents(calm, _PUMP_MS)
        return all(task.done() for task in tasks)


class _Turn:
    """A callback with its loop as the running one."""

    def __init__(self, handle: asyncio.Handle, loop: WindowLoop) -> None:
        self._handle, self._loop = handle, loop

    @property
    def _cancelled(self) -> bool:
        return self._handle.cancelled()

    def _run(self) -> None:
        before = _get_running_loop()
        _set_running_loop(self._loop)
        try:
            self._handle._run()
        finally:
            _set_running_loop(before)
