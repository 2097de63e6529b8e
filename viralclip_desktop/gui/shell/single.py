"""One window for a data folder: a second start hands its files to the first one and ends.

Two things at once decide who is first: a lock file in the data folder, which knows when its process has died,
and a local socket that files are handed through. Whoever cannot reach the owner of the lock opens a window
all the same: two windows on one folder are allowed, only not what anybody means.
"""

from __future__ import annotations

import json
import logging
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from hashlib import blake2b
from pathlib import Path

from PySide6.QtCore import QEvent, QLockFile, QObject, QTimer, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtWidgets import QApplication

from viralclip_desktop.core.json_text import read_json

LOCK_FILE = "window.lock"
_PATIENCE_S = 4.0  # the other one may be starting just now
_STEP_MS = 200
_ANSWER_MS = 2000  # it may be busy, but a window never stalls that long
_MOST_BYTES = 1 << 20
MOST_FILES = 1000
MOST_STARTS = 32  # at once: more come only from a program that goes wrong
SILENT_MS = 10_000  # a start says at once what it wants
_log = logging.getLogger(__name__)


class SingleWindow(QObject):
    """``asked`` carries the files of a later start (perhaps none): show them, and come to the front."""

    asked = Signal(object)

    def __init__(self, home: Path) -> None:
        """``home``: the data folder, which is made here if it can be. Needs the application."""
        super().__init__()
        with suppress(OSError):  # whoever opens the data folder tells what is wrong with it
            home.mkdir(parents=True, exist_ok=True)
        self._lock = QLockFile(str(home / LOCK_FILE))
        self._lock.setStaleLockTime(0)  # it stays however long the window is open; a dead owner is noticed
        self._name = f"viralclip-{blake2b(str(home.resolve()).encode(), digest_size=10).hexdigest()}"
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(MOST_STARTS)
        self._server.newConnection.connect(self._accept)

    @property
    def address(self) -> str:
        """Name of the local socket that later starts hand their files through; one for each data folder."""
        return self._name

    @property
    def reachable(self) -> bool:
        """Whether later starts can hand their files to this window."""
        return self._server.isListening()

    def hand_over(self, files: Sequence[Path], patience_s: float = _PATIENCE_S) -> bool:
        """Whether another window took the files and came to the front; else this one is the first now."""
        end = time.monotonic() + patience_s
        while not self._lock.tryLock(0):
            if self._lock.error() is not QLockFile.LockError.LockFailedError:
                break  # the folder can't be written
            if self._ask(files):
                return True
            if time.monotonic() > end:
                _log.warning("the window that holds %s doesn't answer", self._lock.fileName())
                break
        QLocalServer.removeServer(self._name)  # what a crash left
        if not self._server.listen(self._name):
            _log.warning("later starts can't reach this window: %s", self._server.errorString())
        return False

    def close(self) -> None:
        """Later starts open a window of their own again."""
        self._server.close()
        for socket in self._server.findChildren(QLocalSocket):  # nothing is heard from them any more
            socket.blockSignals(True)
            socket.abort()
            socket.deleteLater()
        self._lock.unlock()

    def _ask(self, files: Sequence[Path]) -> bool:
        socket = QLocalSocket()
        socket.connectToServer(self._name)
        if not socket.waitForConnected(_STEP_MS):
            time.sleep(_STEP_MS / 1000)
            return False
        _let_come_to_the_front()
        socket.write(json.dumps([str(path.absolute()) for path in files]).encode() + b"\n")
        taken = socket.waitForBytesWritten(_ANSWER_MS) and socket.waitForReadyRead(_ANSWER_MS)
        socket.disconnectFromServer()
        return bool(taken)

    def _accept(self) -> None:
        while self._server.hasPendingConnections():
            socket = self._server.nextPendingConnection()
            socket.setReadBufferSize(_MOST_BYTES + 1)
            socket.readyRead.connect(self._read_all)
            socket.disconnected.connect(socket.deleteLater)
            silent = QTimer(socket)  # ends with it
            silent.setSingleShot(True)
            silent.timeout.connect(partial(QLocalSocket.abort, socket))
            silent.start(SILENT_MS)
            if self._connected() > MOST_STARTS:
                socket.abort()
        self._read_all()

    def _connected(self) -> int:
        sockets = self._server.findChildren(QLocalSocket)
        return sum(socket.state() is QLocalSocket.LocalSocketState.ConnectedState for socket in sockets)

    def _read_all(self) -> None:
        for socket in self._server.findChildren(QLocalSocket):
            self._read(socket)

    def _read(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _MOST_BYTES:
                socket.abort()
            return
        try:
            files = _files_in(bytes(socket.readLine().data()))
        except ValueError:
            socket.abort()
            return
        socket.write(b"taken\n")
        socket.flush()
        self.asked.emit(files)


def _files_in(line: bytes) -> list[Path]:
    """The files that a later start asks for. Raises ValueError for anything else."""
    names = read_json(line)
    if not isinstance(names, list) or len(names) > MOST_FILES:
        raise ValueError("no list of files")
    if not all(isinstance(name, str) and "\0" not in name for name in names):
        raise ValueError("no names of files")
    return [Path(name) for name in names]


class FileOpenEvents(QObject):
    """On macOS, a double click on a file comes as an event; ``opened`` carries the file."""

    opened = Signal(object)

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        application.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take files, let everything else pass."""
        if event.type() is QEvent.Type.FileOpen and isinstance(event, QFileOpenEvent) and event.file():
            self.opened.emit([Path(event.file())])
            return True
        return False


def _let_come_to_the_front() -> None:
    """Windows lets only the program in use bring a window to the front: that is this one, for a moment."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)  # ASFW_ANY
