"""The one runner of ffmpeg: progress, cancel of the whole process tree, a limit on standing still, and
failures told as faults."""

from __future__ import annotations

import atexit
import contextlib
import os
import re
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextvars import ContextVar
from pathlib import Path
from typing import IO, Any

from viralclip_desktop.core.errors import Cancelled, EnvironmentLacks
from viralclip_desktop.core.messages import Number, say
from viralclip_desktop.core.processes import end_tree
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.media.faults import FfmpegFailed, FfmpegStalled, fault_of
from viralclip_desktop.media.locate import ffmpeg_path

__all__ = [
    "FfmpegFailed",
    "FfmpegStalled",
    "in_background",
    "input_args",
    "input_url",
    "one_argument",
    "run_ffmpeg",
    "start_ffmpeg",
]

PROTOCOLS = "file,pipe,fd"
"""What an input may refer to: local files and our own pipes, never the network."""

ProgressCallback = Callable[[float, float | None], None]
_PROGRESS_LINE = re.compile(
    rb"^\s*(frame|fps|stream_\w+|bitrate|total_size|out_time\w*|dup_frames|drop_frames|speed|progress)=(.*)$"
)
_BLOCK_BYTES = 1 << 18
_BACKGROUND_NICE = 10  # half of the way down: it still gets on beside an export
_WATCH_S = 0.1  # how often cancel and stalls are looked at; well under the 2 s a cancel may take


_background: ContextVar[bool] = ContextVar("background", default=False)


@contextlib.contextmanager
def in_background() -> Iterator[None]:
    """Whatever ffmpeg is started in here, on this thread, leaves the processors to others that want them: a
    frame that somebody waits for goes before a thumbnail."""
    before = _background.set(True)
    try:
        yield
    finally:
        _background.reset(before)


def input_url(path: Path | str) -> str:
    """A local file as ffmpeg's ``file:`` address: no other spelling is safe for every name (a leading
    dash, a colon, a drive letter, ``%``). The rest is taken literally, so nothing is escaped."""
    return f"file:{Path(path).absolute()}"


def input_args(path: Path | str) -> list[str]:
    """The arguments that open a local recording with the protocol whitelist, up to and with ``-i``."""
    return ["-protocol_whitelist", PROTOCOLS, "-i", input_url(path)]


def one_argument(text: str) -> str:
    """Text of the user's as an argument: no system hands on what has a NUL in it."""
    return text.replace("\0", " ")


def start_ffmpeg(
    args: Sequence[str],
    *,
    cwd: Path | None = None,
    stdout: int | IO[bytes] | None = subprocess.PIPE,
    stderr: int | IO[bytes] | None = subprocess.DEVNULL,
    pass_fds: Sequence[int] = (),
    loglevel: str = "level+warning",
) -> subprocess.Popen[bytes]:
    """Start ffmpeg in its own process group and return it with ``stdout`` as a pipe, for streaming.

    The caller reads the pipe, and ends it with :func:`end_tree`; what is still running when the
    program ends is killed. ``pass_fds`` works on POSIX only. Raises :class:`EnvironmentLacks` if the
    program cannot be started.
    """
    command = [str(ffmpeg_path()), "-hide_banner", "-nostdin", "-y", "-loglevel", loglevel, *args]
    try:
        process = subprocess.Popen(
            command,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            stdout=stdout,
            stderr=stderr,
            **_own_group(pass_fds),
        )
    except OSError as error:
        hint = "Check FFMPEG_BIN, or install ViralClip again."
        raise EnvironmentLacks("ffmpeg could not be started.", hint, str(error)) from error
    _remember(process)
    if _background.get():
        _give_way(process)
    return process


def _give_way(process: subprocess.Popen[bytes]) -> None:
    import psutil

    with contextlib.suppress(psutil.Error, OSError):  # it is over already, or the system does not let us
        windows = sys.platform == "win32"
        psutil.Process(process.pid).nice(psutil.BELOW_NORMAL_PRIORITY_CLASS if windows else _BACKGROUND_NICE)


def _own_group(pass_fds: Sequence[int]) -> dict[str, Any]:
    """Popen's arguments for a group of its own: Ctrl+C in our terminal is ours to handle."""
    if sys.platform == "win32":
        return {"creationflags": subprocess.CREATE_NO_WINDOW | subprocess.CREATE_NEW_PROCESS_GROUP}
    return {"start_new_session": True, "pass_fds": tuple(pass_fds)}


_running: set[subprocess.Popen[bytes]] = set()
_running_lock = threading.Lock()


def _remember(process: subprocess.Popen[bytes]) -> None:
    with _running_lock:
        if not _running:
            atexit.unregister(_kill_remaining)
            atexit.register(_kill_remaining)
        _running.difference_update([old for old in _running if old.poll() is not None])
        _running.add(process)


def _kill_remaining() -> None:
    with _running_lock:
        remaining = [process for process in _running if process.poll() is None]
    for process in remaining:
        end_tree(process)


def run_ffmpeg(
    args: Sequence[str],
    *,
    cwd: Path | None = None,
    on_progress: ProgressCallback | None = None,
    cancel: CancelToken | None = None,
    stall_timeout_s: float = 60.0,
    stdout: Callable[[bytes], object] | None = None,
    loglevel: str = "level+warning",
    log_lines: int = 400,
) -> str:
    """Run ffmpeg to its end and return the last ``log_lines`` lines of its log.

    ``on_progress`` gets the seconds of output written and the speed (1.0 = as fast as it plays), on a
    thread of this call. ``stdout`` gets ffmpeg's standard output in blocks, on the calling thread, when
    the arguments write to ``pipe:1``. Whatever the two raise ends the run and is raised here.

    Raises :class:`Cancelled` within 2 s of a cancel, :class:`FfmpegStalled` after ``stall_timeout_s``
    seconds without progress, and what :func:`fault_of` makes of a failure.
    """
    if cancel is not None:
        cancel.raise_if_cancelled()
    reports = ["-nostats", "-stats_period", "0.25", "-progress", "pipe:1" if stdout is None else "pipe:2"]
    process = start_ffmpeg([*reports, *args], cwd=cwd, stderr=subprocess.PIPE, loglevel=loglevel)
    return _Run(process, on_progress, cancel, stall_timeout_s, log_lines).finish(stdout)


class _Run:
    """One ffmpeg at work: reads both pipes, watches for cancel and stalls, and tells the end."""

    def __init__(
        self,
        process: subprocess.Popen[bytes],
        on_progress: ProgressCallback | None,
        cancel: CancelToken | None,
        stall_timeout_s: float,
        log_lines: int,
    ) -> None:
        self._process = process
        self._on_progress = on_progress
        self._cancel = cancel
        self._stall_timeout_s = stall_timeout_s
        self._log: deque[str] = deque(maxlen=log_lines)
        self._alive_at = time.monotonic()
        self._seconds = 0.0
        self._stood_still = False
        self._raised: BaseException | None = None
        self._ended = threading.Event()

    def finish(self, sink: Callable[[bytes], object] | None) -> str:
        reader = threading.Thread(target=self._read_lines, args=(self._process.stderr,), daemon=True)
        watcher = threading.Thread(target=self._watch, daemon=True)
        reader.start()
        watcher.start()
        try:
            if sink is None:
                self._read_lines(self._process.stdout)
            else:
                self._read_blocks(sink)
            self._process.wait()
        finally:
            self._ended.set()
            end_tree(self._process)
            reader.join()
            watcher.join()
            for pipe in (self._process.stdout, self._process.stderr):
                if pipe is not None:
                    pipe.close()
        return self._outcome()

    def _outcome(self) -> str:
        if self._raised is not None:
            raise self._raised
        if self._cancel is not None and self._cancel.cancelled:
            raise Cancelled()
        if self._stood_still:
            raise FfmpegStalled(
                say(
                    "ffmpeg made no progress for {stall_timeout_s} seconds and was stopped.",
                    stall_timeout_s=Number(self._stall_timeout_s, 0),
                ),
                "Check that the disk is still connected, and try again.",
                "\n".join(self._log),
            )
        if self._process.returncode != 0:
            raise fault_of(self._process.returncode, list(self._log))
        return "\n".join(self._log)

    def _read_blocks(self, sink: Callable[[bytes], object]) -> None:
        assert self._process.stdout is not None
        while block := os.read(self._process.stdout.fileno(), _BLOCK_BYTES):
            sink(block)
            self._alive_at = time.monotonic()

    def _read_lines(self, pipe: IO[bytes] | None) -> None:
        assert pipe is not None
        for line in pipe:
            try:
                self._take(line.rstrip())
            except BaseException as error:  # noqa: BLE001 - raised again on the calling thread
                self._raised = self._raised or error
                self._on_progress = None
                self._process.kill()

    def _take(self, line: bytes) -> None:
        match = _PROGRESS_LINE.match(line)
        if match is None:
            self._log.append(line.decode("utf-8", "replace"))
            return
        key, value = match.groups()
        if key in (b"out_time_us", b"frame", b"total_size"):
            self._note(key, value)
        elif key == b"speed" and self._on_progress is not None:
            self._on_progress(self._seconds, _speed(value))

    _last: dict[bytes, bytes] | None = None

    def _note(self, key: bytes, value: bytes) -> None:
        self._last = self._last or {}
        if self._last.get(key) != value:
            self._last[key] = value
            self._alive_at = time.monotonic()
        if key == b"out_time_us" and value.lstrip(b"-").isdigit():
            self._seconds = max(self._seconds, int(value) / 1e6)

    def _watch(self) -> None:
        while not self._ended.wait(_WATCH_S):
            cancelled = self._cancel is not None and self._cancel.cancelled
            self._stood_still = time.monotonic() - self._alive_at > self._stall_timeout_s
            if cancelled or self._stood_still:
                end_tree(self._process)
                return


def _speed(value: bytes) -> float | None:
    try:
        return float(value.strip().rstrip(b"x"))
    except ValueError:
        return None
