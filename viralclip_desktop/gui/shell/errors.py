"""Our own bugs: logged whole, shown calmly, once."""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget

from viralclip_desktop.gui.widgets.dialogs import BugDialog

_log = logging.getLogger(__name__)


class BugReporter(QObject):
    """Takes exceptions from anywhere; shows one dialog at a time."""

    _came = Signal(object)

    def __init__(self, logs: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._logs = logs
        self._before = (sys.excepthook, threading.excepthook)
        self.dialog: BugDialog | None = None
        self.window: QWidget | None = None
        self._came.connect(self._show, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take what nobody caught, on any thread."""
        sys.excepthook = self._uncaught
        threading.excepthook = lambda args: self._uncaught(
            args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback
        )

    def uninstall(self) -> None:
        """Give the hooks back."""
        sys.excepthook, threading.excepthook = self._before

    def take_window(self, window: QWidget) -> None:
        """Show what comes over another window from now on."""
        self.window = window

    def report(self, error: BaseException) -> None:
        """Log an exception and tell the user; callable from any thread."""
        text = "".join(traceback.format_exception(error))
        _log.error("a bug of ours:\n%s", text)
        self._came.emit(text)

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        self.report(error.with_traceback(trace))

    def _show(self, details: str) -> None:
        if self.dialog is not None:
            return  # one is enough; the log has them all
        self.dialog = BugDialog(self.window, details, str(self._logs))
        self.dialog.finished.connect(self._closed)
        self.dialog.open()

    def _closed(self) -> None:
        if self.dialog is not None:
            self.dialog.deleteLater()
        self.dialog = None
