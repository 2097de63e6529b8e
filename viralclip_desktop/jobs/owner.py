"""Which process works on a job: its id and when it was started.

The system gives ids out again; the pair is unique."""

from __future__ import annotations

import os

Owner = tuple[int, float]
_SAME_START_S = 5.0  # the start is derived from the boot time, which shifts when the clock is set


def this_process() -> Owner:
    """The process we are."""
    import psutil

    return os.getpid(), float(psutil.Process().create_time())


def is_alive(owner: Owner | None) -> bool:
    """Whether a process still runs."""
    import psutil

    if owner is None:
        return False
    pid, started = owner
    try:
        process = psutil.Process(pid)
        same = abs(process.create_time() - started) <= _SAME_START_S
        return bool(same and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False
    except psutil.AccessDenied:
        return True  # somebody else's, but there
