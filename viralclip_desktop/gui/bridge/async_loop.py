"""An asyncio event loop on the window's own (qasync). Imported when the network is first used."""

from __future__ import annotations

import asyncio
from asyncio.events import _get_running_loop, _set_running_loop
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import qasync
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEventLoop, QObject
from shiboken6 import isValid

_PUMP_MS = 20
_SIGNALLER = "_QEventLoop__call_soon_signaller"  # private to qasync
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
        watching = [*self._read_notifiers.values(), *self._write_notifiers.values()]
        self.close()
        for owned in (*watching, self._timer, getattr(self, _SIGNALLER, None)):
            _delete(owned)
        return done

    # Python collects its cycles on whichever thread it likes; what is Qt's must go on this one.

    def _add_reader(self, fd: Any, callback: Any, *args: Any) -> None:
        before = self._read_notifiers.get(fd)
        super()._add_reader(fd, callback, *args)
        _delete(before)

    def _remove_reader(self, fd: Any) -> Any:
        before = None if self.is_closed() else self._read_notifiers.get(fd)
        removed = super()._remove_reader(fd)
        _delete(before)
        return removed

    def _add_writer(self, fd: Any, callback: Any, *args: Any) -> None:
        before = self._write_notifiers.get(fd)
        super()._add_writer(fd, callback, *args)
        _delete(before)

    def _remove_writer(self, fd: Any) -> Any:
        before = None if self.is_closed() else self._write_notifiers.get(fd)
        removed = super()._remove_writer(fd)
        _delete(before)
        return removed

    def _pump(self, tasks: set[asyncio.Task[Any]], timeout_ms: int) -> bool:
        deadline, calm = QDeadlineTimer(timeout_ms), QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents
        while not all(task.done() for task in tasks) and not deadline.hasExpired():
            QCoreApplication.processEvents(calm, _PUMP_MS)
        return all(task.done() for task in tasks)


def _delete(owned: QObject | None) -> None:
    if owned is not None and isValid(owned):
        owned.deleteLater()


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
