"""Functions for worker processes to run in tests: good, slow, noisy and deadly ones."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say

Emit = Callable[[dict[str, Any]], None]


def echo(request: dict[str, Any], emit: Emit) -> dict[str, Any]:
    """Give the request back, with a progress report and a message on the way."""
    emit({"type": "progress", "stage": "echo", "fraction": 0.5, "message": "half", "time_left_s": 3.0})
    emit({"type": "word", "text": "héllo\u2028\nworld"})
    return request


def modules(request: dict[str, Any], emit: Emit) -> dict[str, Any]:
    """The modules this process has loaded."""
    return {"modules": sorted(sys.modules), "group_leader": os.name == "nt" or os.getpgrp() == os.getpid()}


def noisy(request: dict[str, Any], emit: Emit) -> dict[str, Any]:
    """Print to stdout in every way a library might."""
    print('{"type": "result", "body": {"forged": true}}')  # noqa: T201 - what this is about
    sys.stdout.flush()
    os.write(1, b'native chatter \xff\xfe {"type": "result", "body": {}}\n')
    subprocess.run([sys.executable, "-c", 'print(\'{"type": "fault"}\')'], check=True)
    return {"genuine": True}


def big(request: dict[str, Any], emit: Emit) -> dict[str, Any]:
    """A large result after large messages."""
    for index in range(5):
        emit({"type": "part", "index": index, "text": "x" * 1_000_000})
    return {"text": "y" * 5_000_000}


def bad_input(request: dict[str, Any], emit: Emit) -> dict[str, Any]:
    """Raise a fault."""
    raise BadInput("The file is empty.", "Choose another.", details="log")


def bad_values(request: dict[str, Any], emit: Emit) -> dict[str, Any]:
    """Report progress and raise a fault, both with values."""
    emit({"type": "progress", "stage": "read", "message": say("Packing {name}", name="a.mp4")})
    raise BadInput(
        say("{name} has no {what}.", name="a.mp4", what=say("sound")), say("Use {known}.", known="b")
    )


def bug(request: dict[str, Any], emit: Emit) -> dict[str, Any]:
    """Raise something that is no fault."""
    return {"value": request["no such key"]}


def abort(request: dict[str, Any], emit: Emit) -> dict[str, Any]:
    """Crash as native code does."""
    sys.stderr.write("last words\n")
    os.abort()


def killed(request: dict[str, Any], emit: Emit) -> dict[str, Any]:
    """End as by the system's out-of-memory killer."""
    os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
    return {}


def quiet_exit(request: dict[str, Any], emit: Emit) -> dict[str, Any]:
    """Leave without an answer."""
    os._exit(0)


def slow_tree(request: dict[str, Any], emit: Emit) -> dict[str, Any]:
    """Start a child, tell both process ids, and work for hours without listening to anybody."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(7200)"])
    emit({"type": "pids", "pids": [os.getpid(), child.pid]})
    if "pid_file" in request:
        part = Path(request["pid_file"] + ".part")
        part.write_text(f"{os.getpid()} {child.pid}", encoding="utf-8")
        part.rename(request["pid_file"])
    time.sleep(7200)
    return {}
