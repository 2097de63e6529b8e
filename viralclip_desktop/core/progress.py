"""Progress and cancel, as a worker sees them: no toolkit, no threads of its own."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Protocol

from viralclip_desktop.core.errors import Cancelled

UNKNOWN_S = -1.0
"""As time left: what comes later cannot be told from the pace of this."""


@dataclass(frozen=True, slots=True)
class ProgressEvent:
    """How far a job is. ``fraction`` is 0..1 of the whole, or None where it cannot be known."""

    stage: str
    fraction: float | None = None
    message: str = ""
    time_left_s: float | None = None
    """None where it follows from the pace; :data:`UNKNOWN_S` where nobody can tell."""
    heard: str = ""
    """The last words of what is being written down."""


class Progress(Protocol):
    """What a worker calls as it goes; must be cheap and callable from any thread."""

    def __call__(self, event: ProgressEvent) -> None:
        """Take one report."""


def ignore_progress(event: ProgressEvent) -> None:
    """A progress sink that drops everything."""


class CancelToken:
    """A flag the user can raise, and the worker looks at. Callbacks run once, when it is raised."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        """Whether the work should stop."""
        return self._event.is_set()

    def cancel(self) -> None:
        """Ask the work to stop; safe to call twice and from any thread."""
        with self._lock:
            if self._event.is_set():
                return
            self._event.set()
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def raise_if_cancelled(self) -> None:
        """Raise :class:`Cancelled` if the work should stop."""
        if self.cancelled:
            raise Cancelled()

    def on_cancel(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Run ``callback`` when cancelled (at once if it already is); returns a function that forgets it."""
        with self._lock:
            if not self._event.is_set():
                self._callbacks.append(callback)
                return lambda: self._forget(callback)
        callback()
        return lambda: None

    def _forget(self, callback: Callable[[], None]) -> None:
        with self._lock:
            if callback in self._callbacks:
                self._callbacks.remove(callback)

    def wait(self, timeout_s: float) -> bool:
        """Sleep up to ``timeout_s`` seconds; True as soon as cancelled."""
        return self._event.wait(timeout_s)


@dataclass
class TimeLeft:
    """Estimates the seconds left from the share done so far, steadied against jitter."""

    started_s: float = field(default_factory=time.monotonic)
    clock: Callable[[], float] = time.monotonic
    """Monotonic seconds."""

    def __call__(self, fraction: float) -> float | None:
        """Seconds left at ``fraction`` done; None while too little is known to say."""
        elapsed = self.clock() - self.started_s
        if fraction < 0.02 or elapsed < 0.5:
            return None
        return elapsed * (1.0 - fraction) / fraction


def staged(progress: Progress, stage: str, start: float, end: float) -> Progress:
    """A progress sink for a part of the work: its 0..1 becomes ``start``..``end`` of the whole."""

    def report(event: ProgressEvent) -> None:
        fraction = None if event.fraction is None else start + (end - start) * event.fraction
        progress(replace(event, stage=stage, fraction=fraction))

    return report


def no_time_left(progress: Progress) -> Progress:
    """A progress sink for a part of the work after which the longest is still to come: its pace says nothing
    about that."""
    return lambda event: progress(replace(event, time_left_s=UNKNOWN_S))
