"""Waiting for something that happens elsewhere, as long as any machine may need for it.

A test says *what* must happen, never how soon: the limit only ends a test that would hang.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

LIMIT_S = 240.0
"""Far beyond what a busy machine needs, and below the limit of a whole test."""


def patiently(
    until: Callable[[], object], limit_s: float = LIMIT_S, *, meanwhile: Callable[[], object] = lambda: None
) -> bool:
    """Whether something comes true; ``meanwhile`` lets things happen on this thread (an event loop)."""
    pause, end = threading.Event(), time.monotonic() + limit_s
    while not until():
        if time.monotonic() > end:
            return False
        meanwhile()
        pause.wait(0.01)
    return True
