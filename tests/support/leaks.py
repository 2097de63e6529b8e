"""What a test left behind: threads, processes, open files, timers, windows, logged errors.

One :class:`Watch` is made before a test and asked after it. What was there before is nobody's fault, so
fixtures that live longer than one test are no leak.
"""

from __future__ import annotations

import gc
import logging
import re
import sys
import threading
from collections.abc import Hashable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import psutil
from support.patience import patiently

_PATIENCE_S = 20.0
"""How long things may take to end by themselves on a busy machine; less than the 30 s for which a pool of Qt
keeps an idle thread, which would be a leak."""

_STAY_OPEN = {"viralclip.log", "onnxruntime.db", "onnxruntime.db-shm", "onnxruntime.db-wal"}
"""Open as long as the process lives: the program's log, and a file of onnxruntime's own."""

Found = dict[Hashable, str]


class Watch:
    """Compares what there is with what there was."""

    def __init__(self) -> None:
        self._before = set(_census())

    def left(self, patience_s: float = _PATIENCE_S) -> list[str]:
        """What is there now and was not then, in words; empty as soon as all of it has ended."""
        if self._new():
            gc.collect()  # cycles hold Qt objects that nothing else does
        found: list[str] = []

        def gone() -> bool:
            found[:] = self._new()
            return not found

        patiently(gone, patience_s)
        return sorted(found)

    def _new(self) -> list[str]:
        settle()
        return [words for key, words in _census().items() if key not in self._before]


class ErrorLog(logging.Handler):
    """Keeps what is logged as an error: in the program it would reach nobody but the log file."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.said.append(f"{record.name}: {record.getMessage()}")


def settle() -> None:
    """Let Qt delete what is to be deleted, if there is a Qt."""
    if (application := _application()) is not None:
        from PySide6.QtCore import QEvent

        application.processEvents()
        application.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _census() -> Found:
    found: Found = {}
    for thread in threading.enumerate():
        foreign = isinstance(thread, threading._DummyThread)  # those stand for threads of Qt, counted below
        if not foreign and thread.name != "tqdm_monitor":  # faster-whisper's progress bar has one for good
            found[thread] = f"thread “{thread.name}”"
    me = psutil.Process()
    for child in me.children(recursive=True):
        found[child] = f"process {_command(child)}"
    for file in me.open_files():
        # Linux alone tells the mode. A waveform that is mapped ends with its last reader.
        if getattr(file, "mode", "r") != "r" and Path(file.path).name not in _STAY_OPEN:
            found["file", file.path] = f"file open for writing {file.path}"
    if _application() is not None:
        found.update(_qt_things())
    return found


def _command(process: psutil.Process) -> str:
    try:
        return " ".join(process.cmdline()[:8]) or f"{process.name()} ({process.status()})"
    except psutil.Error:
        return str(process.pid)


def _qt_things() -> Iterator[tuple[Hashable, str]]:
    from PySide6.QtWidgets import QApplication
    from shiboken6 import Shiboken

    for thing in Shiboken.getAllValidWrappers():
        # One look into a dictionary: there are tens of thousands of them, twice a test.
        if _works(type(thing)) and (words := _at_work(thing)):
            yield (type(thing), Shiboken.getCppPointer(thing)), words
    for widget in QApplication.topLevelWidgets():
        if widget.parent() is not None and not widget.isVisible():
            continue  # kept by its owner for the next time, and gone with it
        yield ("window", Shiboken.getCppPointer(widget)), f"window {_named(widget)}"


@cache
def _works(kind: type) -> bool:
    """Whether things of a class can be at work."""
    from PySide6.QtCore import QAbstractAnimation, QThread, QThreadPool, QTimer

    return issubclass(kind, (QAbstractAnimation, QThread, QThreadPool, QTimer))


def _at_work(thing: Any) -> str:
    """What a Qt object is still doing, or nothing."""
    from PySide6.QtCore import QAbstractAnimation, QThread, QThreadPool, QTimer

    if isinstance(thing, QTimer) and thing.isActive():
        return f"timer of {_named(thing.parent())}, {thing.interval()} ms"
    if isinstance(thing, QThread) and thing.isRunning() and thing is not QThread.currentThread():
        return f"Qt thread {_named(thing)}"
    if isinstance(thing, QThreadPool) and thing.activeThreadCount():
        return f"thread pool of {_named(thing.parent())} at work"
    if isinstance(thing, QAbstractAnimation) and thing.state() is QAbstractAnimation.State.Running:
        return f"animation of {_named(thing.parent())}"
    return ""


def _named(thing: Any) -> str:
    if thing is None:
        return "nobody"
    return f"{type(thing).__name__} {thing.objectName()}".strip()


def _application() -> Any:
    widgets = sys.modules.get("PySide6.QtWidgets")
    return widgets.QApplication.instance() if widgets is not None else None


class QtWarnings:
    """Takes Qt's warnings while it is entered; pytest-qt does so until a test's fixtures are taken down."""

    def __init__(self, expected: list[str]) -> None:
        """``expected``: patterns of messages that are no news."""
        self._expected = [re.compile(pattern) for pattern in expected]
        self.said: list[str] = []

    def __enter__(self) -> QtWarnings:
        from PySide6.QtCore import qInstallMessageHandler

        self._before = qInstallMessageHandler(self._take)
        return self

    def __exit__(self, *_: object) -> None:
        from PySide6.QtCore import qInstallMessageHandler

        qInstallMessageHandler(self._before)

    def _take(self, kind: Any, _context: Any, message: str) -> None:
        from PySide6.QtCore import QtMsgType

        quiet = kind in (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)
        if not quiet and not any(pattern.search(message) for pattern in self._expected):
            self.said.append(message)
