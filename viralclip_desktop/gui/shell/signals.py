"""Ctrl+C in the terminal, and a polite request to end: the window closes in order."""

from __future__ import annotations

import signal
import socket
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, QSocketNotifier


class EndSignals(QObject):
    """Calls ``end`` on the GUI thread when the process is asked to end.

    Qt's event loop doesn't run Python's signal handlers; a byte through a socket wakes it
    (``signal.set_wakeup_fd``), at no cost while nothing happens.
    """

    def __init__(self, end: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._end = end
        self._here, self._there = socket.socketpair()
        for side in (self._here, self._there):
            side.setblocking(False)
        self._fd_before = signal.set_wakeup_fd(self._there.fileno(), warn_on_full_buffer=False)
        names = ("SIGINT", "SIGTERM")
        kinds = [getattr(signal, name) for name in names if hasattr(signal, name)]
        self._before = {kind: signal.signal(kind, lambda _number, _frame: None) for kind in kinds}
        self._notifier = QSocketNotifier(self._here.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def close(self) -> None:
        """Give the handlers back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._fd_before)
        for kind, handler in self._before.items():
            signal.signal(kind, handler)
        self._here.close()
        self._there.close()

    def _woken(self) -> None:
        with suppress(BlockingIOError):
            numbers = self._here.recv(64)
            if any(number in self._before for number in numbers):
                self._end()
