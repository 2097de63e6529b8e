"""Starting and ending the window: the one place that makes a QApplication."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QApplication

from viralclip_desktop.gui.shell.errors import BugReporter
from viralclip_desktop.gui.shell.signals import EndSignals
from viralclip_desktop.gui.shell.window import MainWindow
from viralclip_desktop.gui.theme.theme import ThemeChoice, start_theme

if TYPE_CHECKING:
    from viralclip_desktop.features.desk import Desk


def run(desk: Desk, open_path: Path | None = None) -> int:
    """Open the window on a desk and stay until it is closed; returns the exit code.

    The desk is closed at the end: running work is kept for the next start.
    """
    application = make_application()
    start_theme(application, ThemeChoice(desk.settings.values.theme))
    bugs = BugReporter(desk.paths.logs, application)
    bugs.install()
    try:
        window = MainWindow(desk, bugs.report)
        bugs.window = window
        signals = EndSignals(window.close_without_asking, window)
        window.show()
        QTimer.singleShot(0, lambda: window.begin(open_path))
        code = int(application.exec())
        signals.close()
        return code
    finally:
        bugs.uninstall()
        desk.close()


def make_application() -> QApplication:
    """The application, with its names set."""
    existing = QCoreApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("ViralClip Desktop")
    application.setDesktopFileName("viralclip")
    application.setQuitOnLastWindowClosed(True)
    return application
