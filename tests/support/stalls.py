"""How long the window stands still: each round of its event loop, without what other programs took.

A busy machine must not fail a test, and a window that waits must. Linux counts for every thread how long it
could have run and was not let (``schedstat``; Documentation/scheduler/sched-stats.rst): that is taken off the
time by the clock. Elsewhere the processor time of the window's thread has to do.
"""

from __future__ import annotations

import gc
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

BAR_S = 0.05
_THREADS = Path("/proc/self/task")
_ANEW_S = 0.01
"""The count of lost time is read anew no more often than this, which makes it that much too kind at most."""


class Heartbeat:
    """Runs the event loop and keeps the longest round, in seconds, and where it stood then."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self._lost, self._read_at = _lost_s(), time.perf_counter()
        self.longest_s, self.where = 0.0, ""

    def run_until(self, until: Callable[[], bool], at_most_s: float) -> None:
        """Let things happen. Raises :class:`TimeoutError` when ``until`` is never so."""
        end = time.monotonic() + at_most_s
        self._seen = _Onlooker()
        self._seen.start()
        try:
            while not until():
                if time.monotonic() > end:
                    raise TimeoutError("it took too long")
                self._beat()
                time.sleep(0.002)  # what comes in the meantime is in the next round
        finally:
            self._seen.close()

    def _beat(self) -> None:
        round_s = self._round_s()
        if round_s > self.longest_s:
            self.longest_s, self.where = round_s, self._seen.stack

    def _round_s(self) -> float:
        if time.perf_counter() - self._read_at > _ANEW_S:
            self._lost, self._read_at = _lost_s(), time.perf_counter()
        began, own = time.perf_counter(), time.thread_time()
        self._seen.began, self._seen.stack = began, ""
        self._application.processEvents()
        wall, own = time.perf_counter() - began, time.thread_time() - own
        if wall < BAR_S or not _THREADS.exists():
            return own
        return max(own, wall - (_lost_s() - self._lost))


class _Onlooker(threading.Thread):
    """Looks where another thread stands when it does not come back in time."""

    def __init__(self) -> None:
        super().__init__(name="onlooker", daemon=True)
        self._whom, self._over = threading.get_ident(), threading.Event()
        self.began, self.stack = float("inf"), ""

    def run(self) -> None:
        """Look every now and then."""
        while not self._over.wait(0.02):
            if time.perf_counter() - self.began > BAR_S and not self.stack:
                frame = sys._current_frames().get(self._whom)
                self.stack = "".join(traceback.format_stack(frame)[-8:])

    def close(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()


@contextmanager
def unmoved_by_garbage() -> Iterator[None]:
    """What the tests before left in memory is not walked through again and again: that is no stall of the
    window, which has a few megabytes of its own."""
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


def _lost_s() -> float:
    """How long the threads of this process waited for a processor, all together."""
    if not _THREADS.exists():
        return 0.0
    waits = 0
    for thread in _THREADS.iterdir():
        try:
            waits += int((thread / "schedstat").read_text(encoding="ascii").split()[1])
        except OSError:  # it has just ended
            continue
    return waits / 1e9
