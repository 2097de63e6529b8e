"""Edits in their order, off the GUI thread. Steps of one drag that wait behind each other become one."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal

from viralclip_desktop.core.errors import Cancelled
from viralclip_desktop.gui.bridge.tasks import Tasks

Result = TypeVar("Result")


class Commit(Generic[Result]):
    """An edit on its way to the store. Everything here happens on the GUI thread."""

    def __init__(self) -> None:
        self.settled = False
        """Stored, or failed."""
        self._result: Result | None = None
        self._error: Exception | None = None
        self._done: list[Callable[[Result], object]] = []
        self._failed: list[Callable[[Exception], object]] = []
        self._ended: list[Callable[[], object]] = []

    def then(
        self, done: Callable[[Result], object], failed: Callable[[Exception], object] | None = None
    ) -> Commit[Result]:
        """Call ``done`` with what the edit returned; ``failed`` instead of the usual report of trouble."""
        if not self.settled:
            self._done.append(done)
            if failed is not None:
                self._failed.append(failed)
        elif self._error is None:
            done(self._result)  # type: ignore[arg-type]
        return self

    def ended(self, call: Callable[[], object]) -> Commit[Result]:
        """Call something once the edit is stored or has failed, at once when that is so already."""
        if self.settled:
            call()
        else:
            self._ended.append(call)
        return self

    def wait(self, timeout_ms: int = 20_000) -> Result:
        """Let events happen until the edit is stored (for tests); returns what it returned, raises what it
        raised, and :class:`TimeoutError` when neither comes."""
        if not self.settled:
            loop, limit = QEventLoop(), QTimer()
            limit.setSingleShot(True)
            limit.timeout.connect(loop.quit)
            limit.start(timeout_ms)
            self.ended(loop.quit)
            loop.exec()
            limit.stop()
        if not self.settled:
            raise TimeoutError("the edit is still not stored")
        if self._error is not None:
            raise self._error
        return self._result  # type: ignore[return-value]

    def settle(self, result: Result | None, error: Exception | None) -> bool:
        """The edit is over; whether somebody took its error."""
        self.settled, self._result, self._error = True, result, error
        done, failed, ended = self._done, self._failed, self._ended
        self._done, self._failed, self._ended = [], [], []
        if error is None:
            for call in done:
                call(result)  # type: ignore[arg-type]
        else:
            for tell in failed:
                tell(error)
        for over in ended:
            over()
        return bool(failed)


@dataclass
class _Waiting:
    work: Callable[[], Any]
    merge_key: str | None
    commit: Commit[Any]


class EditQueue(QObject):
    """One edit at a time, in order. A commit waits for the disk (SQLite, ``synchronous=FULL``), which
    must not hold up painting; a drag makes more steps than the disk can take."""

    settled = Signal()
    """Everything that was submitted is stored."""

    def __init__(self, parent: QObject, on_trouble: Callable[[Exception], None]) -> None:
        super().__init__(parent)
        self._tasks = Tasks(self, threads=1, on_trouble=on_trouble)
        self._on_trouble = on_trouble
        self._waiting: deque[_Waiting] = deque()
        self._running = False
        self.last: Commit[Any] = Commit()
        """The newest edit: once it is settled, all are."""
        self.last.settle(None, None)

    def submit(self, work: Callable[[], Result], merge_key: str | None = None) -> Commit[Result]:
        """Queue an edit; one with the same key that still waits at the end is replaced by it."""
        if merge_key and self._waiting and self._waiting[-1].merge_key == merge_key:
            self._waiting[-1].work = work
        else:
            self.last = Commit()
            self._waiting.append(_Waiting(work, merge_key, self.last))
        commit: Commit[Result] = self.last
        self._next()
        return commit

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
        self._tasks.run(
            edit.work,
            lambda result: self._over(edit.commit, result, None),
            lambda error: self._over(edit.commit, None, error),
        )

    def _over(self, commit: Commit[Any], result: object, error: Exception | None) -> None:
        self._running = False
        taken = commit.settle(result, error)
        if error is not None and not taken and not isinstance(error, Cancelled):
            self._on_trouble(error)
        self._next()
        if not self._running:
            self.settled.emit()
