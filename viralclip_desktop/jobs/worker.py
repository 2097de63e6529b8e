"""Worker processes: native models run apart, so that a crash, a leak or a cancel never touches the editor.

The parent (:func:`run_in_worker`) starts this program again with ``--worker package.module:function``,
sends the request as one JSON line on its stdin and reads JSON lines from its stdout: any number of
``progress`` and ``message`` lines, then one ``result``, ``fault`` or ``bug``. The child (:func:`serve`)
keeps a private copy of stdout for these, so that whatever a native library prints goes to stderr. It
ends by itself when its stdin closes, which is what happens when the parent dies.
"""

from __future__ import annotations

import importlib
import json
import logging
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, NoReturn

from viralclip_desktop.core import errors, messages
from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.json_text import read_json
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.processes import end_tree
from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent, ignore_progress

_log = logging.getLogger(__name__)

Message = dict[str, Any]
Emit = Callable[[Message], None]
WorkerFunction = Callable[[Message, Emit], Message]

_KEPT_STDERR_LINES = 40
_NICENESS = 5  # below the window's own priority, so that it stays smooth while a model works
_END_WAIT_S = 2.0
"""How long a killed process may take to be gone (the bar for a cancel)."""


class WorkerBug(RuntimeError):
    """Our own bug, in the worker: carries the child's traceback."""


def run_in_worker(
    target: str,
    request: Message,
    progress: Progress = ignore_progress,
    cancel: CancelToken | None = None,
    on_message: Emit | None = None,
    *,
    name: str = "background work",
) -> Message:
    """Run ``target`` (``package.module:function``) in a process of its own and return its result.

    ``request`` and everything that comes back are JSON values. Messages the function emits with type
    ``progress`` go to ``progress`` (fields as :class:`ProgressEvent`), all others to ``on_message``, on the
    calling thread. ``name`` is what the user knows the work by ("speech recogniser").

    Raises the Fault the function raised, Cancelled within 2 s of a cancel, a Fault with the last
    lines of stderr when the process died, and :class:`WorkerBug` for any other exception in it.
    """
    cancel = cancel or CancelToken()
    cancel.raise_if_cancelled()
    child = _Child(target, name)
    forget = cancel.on_cancel(child.kill)
    try:
        child.send(request)
        outcome = child.read(progress, on_message or _ignore_message)
        return child.conclude(outcome, cancel)
    finally:
        forget()
        child.close()


def _ignore_message(message: Message) -> None:
    """What the caller did not ask for."""


class _Child:
    """One running worker process, as its parent sees it."""

    def __init__(self, target: str, name: str) -> None:
        self._name = name
        self._process = subprocess.Popen(
            command(target),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(os.environ),
            encoding="utf-8",
            errors="replace",
            **_own_group(),
        )
        self._last_lines: deque[str] = deque(maxlen=_KEPT_STDERR_LINES)
        self._drain = threading.Thread(target=self._keep_last_lines, name="worker stderr", daemon=True)
        self._drain.start()
        self._killing = threading.Lock()
        self._killed = False

    def _keep_last_lines(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._last_lines.append(line.rstrip())
            _log.debug("worker %s: %s", self._process.pid, line.rstrip())

    def send(self, request: Message) -> None:
        """Hand over the request; a child that is already dead is noticed when its answer is read."""
        path = [] if getattr(sys, "frozen", False) else [entry for entry in sys.path if entry]
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.write(json.dumps({"path": path, "request": request}) + "\n")
            self._process.stdin.flush()

    def read(self, progress: Progress, on_message: Emit) -> Message | None:
        """Deal with lines as they come; the closing line, or None if the process ended without one."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            answer = _parsed(line)
            kind = answer.get("type")
            if kind == "progress":
                progress(_progress_event(answer))
            elif kind == "message":
                on_message(answer["body"])
            elif kind in ("result", "fault", "bug"):
                return answer
        return None

    def conclude(self, outcome: Message | None, cancel: CancelToken) -> Message:
        """The result, or the exception that tells what happened instead."""
        cancel.raise_if_cancelled()
        if outcome is not None and outcome["type"] == "result":
            result: Message = outcome["body"]
            return result
        if outcome is None:
            raise self._crash()
        if outcome["type"] == "bug":
            raise WorkerBug(f"The {self._name} failed:\n{outcome['traceback']}")
        raise _fault_from(outcome)

    def _crash(self) -> Fault:
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_WAIT_S)
        self._drain.join(_END_WAIT_S)
        return crash_fault(self._name, self._process.poll(), "\n".join(self._last_lines))

    def kill(self) -> None:
        """End the process and everything it started; does not wait, so any thread may call it, and twice."""
        with self._killing:
            if not self._killed:
                self._killed = True
                end_tree(self._process, wait_s=0.0, leads_group=True)

    def close(self) -> None:
        """Kill the process if it still runs, wait until it is gone, and let go of its pipes."""
        self.kill()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(_END_WAIT_S)
        self._drain.join(_END_WAIT_S)
        for pipe in (self._process.stdin, self._process.stdout, self._process.stderr):
            if pipe is not None and not (pipe is self._process.stderr and self._drain.is_alive()):
                with suppress(OSError):
                    pipe.close()


def crash_fault(what: str, code: int | None, details: str) -> Fault:
    """What to tell when a process ended without an answer. ``code`` as :class:`subprocess.Popen` has it."""
    hint = "Your project is safe. Try again, and report the problem if it stays."
    if code == -9:
        hint = "Memory may have run out. Close other programs or choose a smaller model, then try again."
    return Fault(
        say("The {what} stopped unexpectedly.", what=say(what)), hint, f"exit code {code}\n{details}".strip()
    )


def command(target: str) -> list[str]:
    """The command line that starts a worker; ``-P`` keeps modules of the current folder out."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--worker", target]
    return [sys.executable, "-P", "-X", "utf8", "-m", "viralclip_desktop", "--worker", target]


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    # The last one: from 1.29 on, onnxruntime reports its use to its maker unless it is told not to.
    result = {**environ, "PYTHONFAULTHANDLER": "1", "PYTHONUNBUFFERED": "1", "ORT_DISABLE_TELEMETRY": "1"}
    if not getattr(sys, "frozen", False):
        home = str(Path(__file__).resolve().parents[2])
        known = environ.get("PYTHONPATH")
        result["PYTHONPATH"] = home + (os.pathsep + known if known else "")
    return result


def _own_group() -> dict[str, Any]:
    if sys.platform == "win32":
        group = subprocess.CREATE_NEW_PROCESS_GROUP
        return {"creationflags": group | subprocess.CREATE_NO_WINDOW | subprocess.BELOW_NORMAL_PRIORITY_CLASS}
    return {"start_new_session": True}


def _parsed(line: str) -> Message:
    try:
        answer = read_json(line)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        _log.warning("unexpected line from a worker: %.200s", line)
        return {}
    return answer


def _progress_event(answer: Message) -> ProgressEvent:
    stage, message = messages.loads(answer.get("stage", "")), messages.loads(answer.get("message", ""))
    return ProgressEvent(stage, answer.get("fraction"), message, answer.get("time_left_s"))


def _fault_from(answer: Message) -> Fault:
    kind = getattr(errors, answer["class"], Fault)
    message, hint = messages.loads(answer["message"]), messages.loads(answer["hint"])
    made = kind(message, hint, answer["details"])
    return made if isinstance(made, Fault) else Fault(message, hint, answer["details"])


# The child's side


def serve(target: str) -> int:
    """Be a worker: read one request from stdin, run ``target`` on it, answer on stdout. The exit code."""
    answers = _private_stdout()
    lock = threading.Lock()

    def answer(message: Message) -> None:
        line = json.dumps(message) + "\n"
        with lock:
            answers.write(line)
            answers.flush()

    if sys.platform != "win32":
        os.nice(_NICENESS)
    envelope = _read_request()
    sys.path.extend(entry for entry in envelope["path"] if entry not in sys.path)
    answer(_run(target, envelope["request"], answer))
    return 0


def _private_stdout() -> IO[str]:
    """A copy of stdout for our answers; the real one now leads to stderr, for native libraries' chatter."""
    copy = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return os.fdopen(copy, "w", encoding="utf-8", newline="\n")


def _read_request() -> Message:
    data = b""
    while not data.endswith(b"\n"):
        part = os.read(0, 1 << 16)
        if not part:
            _end_with_parent()
        data += part
    threading.Thread(target=_watch_parent, name="parent watch", daemon=True).start()
    envelope: Message = json.loads(data)
    return envelope


def _watch_parent() -> None:
    # The bare descriptor: a thread inside a buffered reader would trouble the interpreter's end.
    while os.read(0, 1 << 16):
        pass
    _end_with_parent()


def _end_with_parent() -> NoReturn:
    """The parent is gone or wants no answer: end at once, with everything this process has started."""
    if sys.platform != "win32" and os.getpgrp() == os.getpid():
        os.killpg(0, signal.SIGKILL)
    os._exit(1)


def _run(target: str, request: Message, answer: Emit) -> Message:
    def emit(message: Message) -> None:
        answer(_plain_progress(message) if message.get("type") == "progress" else _body(message))

    try:
        return {"type": "result", "body": _function(target)(request, emit)}
    except Fault as fault:
        return {
            "type": "fault",
            "class": type(fault).__name__,
            "message": messages.dumps(fault.message),
            "hint": messages.dumps(fault.hint),
            "details": fault.details,
        }
    except Exception:  # noqa: BLE001 - the top of a process: told to the parent with its traceback
        return {"type": "bug", "traceback": traceback.format_exc()}


def _plain_progress(event: Message) -> Message:
    words = {name: messages.dumps(event[name]) for name in ("stage", "message") if name in event}
    return event | words


def _body(message: Message) -> Message:
    return {"type": "message", "body": message}


def _function(target: str) -> WorkerFunction:
    module, _, name = target.partition(":")
    function: WorkerFunction = getattr(importlib.import_module(module), name)
    return function
