"""Edits in their order, off the GUI thread. Steps of one drag that wait behind each other become one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject

from viralclip_desktop.gui.bridge.tasks import Tasks


@dataclass
class _Waiting:
    work: Callable[[], object]
    merge_key: str | None
    done: Callable[[Any], None] | None = None


class EditQueue(QObject):
    """One edit at a time, in order. A commit waits for the disk (SQLite, ``synchronous=FULL``), which
    must not hold up painting; a drag makes more steps than the disk can take."""

    def __init__(self, parent: QObject, on_trouble: Callable[[Exception], None]) -> None:
        super().__init__(parent)
        self._tasks = Tasks(self, threads=1, on_trouble=on_trouble)
        self._on_trouble = on_trouble
        self._waiting: deque[_Waiting] = deque()
        self._running = False

    @property
    def idle(self) -> bool:
        """Whether every edit is stored."""
        return not self._running and not self._waiting

    def submit(
        self,
        work: Callable[[], object],
        merge_key: str | None = None,
        done: Callable[[Any], None] | None = None,
    ) -> None:
        """Queue an edit; one with the same key that still waits at the end is replaced by it.

        ``done`` gets what the edit returned, on the GUI thread.
        """
        if merge_key and self._waiting and self._waiting[-1].merge_key == merge_key:
            self._waiting[-1].work = work
        else:
            self._waiting.append(_Waiting(work, merge_key, done))
        self._next()

    def close(self) -> None:
        """Store everything that waits, on this thread: the window is closing. What fails is reported."""
        self._tasks.drain()
        while self._waiting:
            try:
                self._waiting.popleft().work()
            except Exception as trouble:  # noqa: BLE001 - one edit's trouble neither loses the others nor the end
                self._on_trouble(trouble)
        self._tasks.close()

    def _next(self) -> None:
        if self._running or not self._waiting:
            return
        self._running = True
        edit = self._waiting.popleft()
        self._tasks.run(edit.work, lambda result: self._done(edit, result), self._failed)

    def _done(self, edit: _Waiting, result: object) -> None:
        self._running = False
        if edit.done is not None:
            edit.done(result)
        self._next()

    def _failed(self, trouble: Exception) -> None:
        self._running = False
        self._on_trouble(trouble)
        self._next()
