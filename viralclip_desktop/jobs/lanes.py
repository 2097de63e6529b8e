"""The threads that do the work: each lane has its own, which exist only while there is something to do."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence

_log = logging.getLogger(__name__)


class Lanes:
    """Which jobs wait in which lane, and who works there. Shares the lock of the queue."""

    def __init__(
        self,
        lock: threading.Condition,
        startable: Callable[[], Sequence[str]],
        run: Callable[[str], None],
        most: Mapping[str, int],
    ) -> None:
        """``startable``: the ids of the jobs that may start now, first things first; ``run`` does one;
        ``most``: lane -> how many at once (1 unless given)."""
        self._lock, self._startable, self._run, self._most = lock, startable, run, dict(most)
        self._waiting: dict[str, list[str]] = {}
        self._workers: dict[threading.Thread, str] = {}
        self._paused: set[str] = set()
        self._looks = 0
        self._closed = False

    def add(self, job_id: str, lane: str) -> None:
        """Let a job wait in a lane. Raises RuntimeError after the end."""
        with self._lock:
            if self._closed:
                raise RuntimeError("the job queue is closed")
            waiting = self._waiting.setdefault(lane, [])
            if job_id not in waiting:
                waiting.append(job_id)
            self._look_again(lane)

    def look_again(self) -> None:
        """Something may start now that could not before."""
        with self._lock:
            for lane in list(self._waiting):
                self._look_again(lane)

    def pause(self, lane: str) -> None:
        """Start nothing more in a lane."""
        with self._lock:
            self._paused.add(lane)

    def resume(self, lane: str) -> None:
        """Go on with what waits in a lane."""
        with self._lock:
            self._paused.discard(lane)
            self._look_again(lane)

    def paused(self, lane: str) -> bool:
        """Whether nothing more is started in a lane."""
        with self._lock:
            return lane in self._paused

    def waiting(self) -> dict[str, list[str]]:
        """Lane -> the jobs that wait there, in the order they came."""
        with self._lock:
            return {lane: list(ids) for lane, ids in self._waiting.items() if ids}

    def drop(self, job_id: str) -> None:
        """Let a job wait no longer."""
        with self._lock:
            for ids in self._waiting.values():
                if job_id in ids:
                    ids.remove(job_id)

    def most(self, lane: str) -> int:
        """How many jobs of a lane run at once."""
        return self._most.get(lane, 1)

    def close(self) -> tuple[list[str], list[threading.Thread]]:
        """Start nothing more at all: what waited, and who is still at work."""
        with self._lock:
            self._closed = True
            left = [job_id for ids in self._waiting.values() for job_id in ids]
            self._waiting.clear()
            return left, list(self._workers)

    def _look_again(self, lane: str) -> None:
        """Start the threads that a lane's waiting jobs need and may have. Called with the lock held."""
        self._looks += 1
        if self._closed or lane in self._paused:
            return
        at_work = sum(1 for other in self._workers.values() if other == lane)
        free = self.most(lane) - at_work
        for _ in range(min(free, len(self._waiting.get(lane, ())))):
            worker = threading.Thread(target=self._work, args=(lane,), name=f"jobs-{lane}")
            self._workers[worker] = lane
            worker.start()

    def _work(self, lane: str) -> None:
        while (job_id := self._next(lane)) is not None:
            try:
                self._run(job_id)
            except Exception:  # noqa: BLE001 - the lane outlives a job whose row could not be read
                _log.exception("job %s could not be run", job_id)

    def _next(self, lane: str) -> str | None:
        """The job to do now; None ends the thread."""
        while True:
            with self._lock:
                looks = self._looks
            try:
                ids = self._startable()
            except Exception:  # noqa: BLE001 - a database that could not be read; the next look may
                _log.exception("which jobs may start could not be read")
                ids = ()
            with self._lock:
                waiting = self._waiting.get(lane, [])
                found = None if lane in self._paused else next((one for one in ids if one in waiting), None)
                if found is not None:
                    waiting.remove(found)
                    return found
                if looks == self._looks:  # else something came while we looked
                    del self._workers[threading.current_thread()]
                    return None
