"""Ending programs we started, with everything they started in turn."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from typing import Any


def end_tree(process: subprocess.Popen[Any], *, wait_s: float = 2.0, leads_group: bool = False) -> None:
    """End a process and everything it started, at once; safe to call twice and from any thread.

    ``leads_group``: it was started with a group of its own (``start_new_session``), which is ended as a
    whole: also what it had started before it died. Waits ``wait_s`` seconds at most for its end.
    """
    if leads_group and sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    elif process.poll() is None:
        _kill_descendants(process.pid)
        with contextlib.suppress(OSError):
            process.kill()
    if wait_s > 0:
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(wait_s)


def is_running(pid: int) -> bool:
    """Whether there is a process of this id, which may be another one by now."""
    import psutil

    return bool(psutil.pid_exists(pid))


def _kill_descendants(pid: int) -> None:
    import psutil

    with contextlib.suppress(psutil.Error):
        for child in psutil.Process(pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                child.kill()
