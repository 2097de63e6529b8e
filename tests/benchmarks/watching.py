"""The real window in a process of its own, watched: how long does one round of its event loop take?"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any


def child(file: str, what: str) -> dict[str, Any]:
    """Run a benchmark's file again as a child without a display: ``FILE WHAT HOME``, spawned at a time of the
    clock. Its last line is what it found, in JSON."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "VIRALCLIP_HOME": home}
        command = [sys.executable, file, what, home, str(time.time())]
        done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found


def least(runs: list[dict[str, list[float]]]) -> dict[str, list[float]]:
    """Of the longest stalls of several runs the shortest, by name: what other programs took of the machine in
    one of them is not the window's."""
    return {name: min(run[name] for run in runs) for name in runs[0]}


class Watch:
    """Runs the event loop round by round, and remembers the longest one."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self.found: dict[str, list[float]] = {}

    def stall(self, name: str, work: Callable[[], object], until: Callable[[], bool] | None = None) -> None:
        """Remember the longest round from a click on (``work``), until something is true and everything has
        come to rest: milliseconds by the clock, and of this thread's processor time."""
        began, own = time.perf_counter(), time.thread_time()
        work()
        rounds = [(time.perf_counter() - began, time.thread_time() - own)]
        rounds += self.rounds(until or (lambda: True), 60)
        rounds += self.rounds(_after(0.4), 5)
        before = self.found.get(name, [0.0, 0.0])
        self.found[name] = max(before, [1000 * part for part in max(rounds)])

    def rounds(self, until: Callable[[], bool], at_most_s: float) -> list[tuple[float, float]]:
        """Run the event loop until something is true; seconds and processor seconds of each round."""
        end, checked, rounds = time.monotonic() + at_most_s, 0.0, []
        while time.monotonic() < end:
            began, own = time.perf_counter(), time.thread_time()
            one_round(self._application)
            rounds.append((time.perf_counter() - began, time.thread_time() - own))
            if began - checked > 0.1:  # looking costs time of its own, which is not the window's
                checked = began
                if until():
                    return rounds
            time.sleep(0.002)
        raise TimeoutError("it took too long")


def _after(seconds: float) -> Callable[[], bool]:
    end = time.monotonic() + seconds
    return lambda: time.monotonic() > end


def rest(application: Any, seconds: float) -> None:
    """Let things happen for a while."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        one_round(application)
        time.sleep(0.002)


def one_round(application: Any) -> None:
    """What the event loop does once. What was deleted for later goes too: outside ``exec`` Qt keeps it."""
    from PySide6.QtCore import QEvent

    application.processEvents()
    application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def open_window(application: Any, services: Any) -> Any:
    """The window, shown at 1366x768, with everything it does at its start behind it."""
    from viralclip_desktop.gui.shell.window import MainWindow
    from viralclip_desktop.gui.theme.theme import start_theme

    start_theme(application)
    window = MainWindow(services, raise_bug)
    window.resize(1366, 768)
    window.show()
    window.begin()
    return window


def raise_bug(error: Exception) -> None:
    """A bug in the window ends the benchmark."""
    raise error
