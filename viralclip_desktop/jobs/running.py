"""A job while it runs: its newest state, and how often it is reported."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from viralclip_desktop.core.progress import UNKNOWN_S, CancelToken, ProgressEvent
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.jobs.pace import Pace

REPORT_EVERY_S = 0.05  # 20 a second: as often as an eye follows a bar
SAVE_EVERY_S = 0.25  # 4 a second: each one is a synced write
_log = logging.getLogger(__name__)


class RunningJob:
    """Takes reports from any thread; passes them to listeners and the database, but not too often."""

    def __init__(
        self,
        job: Job,
        *,
        report: Callable[[Job], None],
        save: Callable[[Job], None],
        clock: Callable[[], float],
        now: Callable[[], float],
    ) -> None:
        """``clock``: monotonic seconds; ``now``: Unix time."""
        self.job = job
        self.cancel = CancelToken()
        self.interrupted = False
        """Stopped because the program closes, not because the user said so."""
        self._report, self._save, self._clock, self._now = report, save, clock, now
        self._lock = threading.RLock()
        self._reported_at = self._saved_at = float("-inf")
        self._began = clock()
        self.unknown = False
        """Whether it says itself that nobody can tell how long it still takes."""
        self._newest_left: tuple[float | None, float] = (None, clock())
        self._unreported = self._unsaved = self._ended = False
        self.stored = True
        """Whether its last word could be stored."""
        self.pace = Pace(clock)
        """How fast it is; its own report of the time left wins."""

    def progress(self, event: ProgressEvent) -> None:
        """Take one report (``core.progress.Progress``)."""
        with self._lock:
            if self._ended:
                return
            fraction = self.job.fraction if event.fraction is None else min(1.0, max(0.0, event.fraction))
            left = None if event.time_left_s == UNKNOWN_S else event.time_left_s
            if event.time_left_s is None and event.fraction is not None:
                left = self.pace.took(fraction)
            self._newest_left = (left, self._clock())
            self.unknown = event.time_left_s == UNKNOWN_S
            new_stage = event.stage != self.job.stage
            words = {"message": event.message, "heard": event.heard}
            self._set(stage=event.stage, fraction=fraction, time_left_s=left, **words)
            self.flush(at_once=new_stage)

    @property
    def worked_s(self) -> float:
        """Seconds since this start."""
        return self._clock() - self._began

    def left(self) -> float | None:
        """Seconds it still takes by its newest report, counted down since; None where that is not known.

        Takes no lock: it is asked by listeners, while another job holds its own to report to them.
        """
        left, at = self._newest_left
        return None if left is None else max(0.0, left - (self._clock() - at))

    def update(self, *, project_id: str | None = None, result: dict[str, Any] | None = None) -> None:
        """What is known before the end: the project it belongs to, a part of the result. Stored at once."""
        with self._lock:
            if self._ended:
                return
            known = self.job.project_id if project_id is None else project_id
            self._set(project_id=known, result={**self.job.result, **(result or {})})
            self.flush(at_once=True)

    def flush(self, *, at_once: bool = False) -> None:
        """Report and store what waits, where it is time."""
        with self._lock:
            time = self._clock()
            if self._unreported and (at_once or time - self._reported_at >= REPORT_EVERY_S):
                self._reported_at, self._unreported = time, False
                self._report(self.job)
            if self._unsaved and (at_once or time - self._saved_at >= SAVE_EVERY_S):
                self._saved_at, self._unsaved = time, False
                self._try_save(self.job)

    def end(self, state: WorkState, **values: Any) -> Job:
        """The last word; reports that come later are dropped."""
        with self._lock:
            self._close()
            ended = replace(
                self.job,
                state=state,
                message="",
                heard="",
                time_left_s=None,
                updated_at=self._now(),
                **values,
            )
            self.stored = self._try_save(ended)
            self.job = ended  # only now: who sees the end finds it in the database too
            return ended

    def drop(self) -> None:
        """End without a word: somebody else stores how it goes on."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        """Nothing that was held back is stored or reported from here on: the job may have been started again
        by then, and would be overwritten by its earlier end."""
        self._ended, self._unreported, self._unsaved = True, False, False

    def _set(self, **values: Any) -> None:
        self.job = replace(self.job, updated_at=self._now(), **values)
        self._unreported = self._unsaved = True

    def _try_save(self, job: Job) -> bool:
        try:
            self._save(job)
        except Exception as error:  # noqa: BLE001 - a full disk must not stop work that may not need it
            _log.warning("where job %s stands could not be stored: %s", job.id, error)
            return False
        return True
