"""Starting and ending the window: the one place that makes a QApplication."""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from viralclip_desktop.gui.language import start_language
from viralclip_desktop.gui.shell.errors import BugReporter
from viralclip_desktop.gui.shell.host import WindowHost
from viralclip_desktop.gui.shell.signals import EndSignals
from viralclip_desktop.gui.shell.single import FileOpenEvents, SingleWindow
from viralclip_desktop.gui.theme.theme import ThemeChoice, start_theme

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services


def run(home: Path, build: Callable[[], Services], files: Sequence[Path] = ()) -> int:
    """Open the window on the data folder ``home`` with some files, and stay until it is closed; returns the
    exit code. When there is a window on that folder already, the files are opened there.

    ``build`` makes the services, which are closed at the end: running work is kept for the next start. Raises
    what it raises.
    """
    application = make_application()
    single = SingleWindow(home)
    if single.hand_over(files):
        return 0
    try:
        return _run(application, build(), single, files)
    finally:
        single.close()


def _run(application: QApplication, services: Services, single: SingleWindow, files: Sequence[Path]) -> int:
    start_theme(application, ThemeChoice(services.settings.values.theme))
    language = start_language(application, services.settings.values.language)
    bugs = BugReporter(services.paths.logs, application)
    bugs.install()
    try:
        host = WindowHost(services, bugs.report, language, application)
        bugs.window = host.window
        host.replaced.connect(bugs.take_window)
        signals = EndSignals(host.close, application)
        single.asked.connect(host.come_forward)
        FileOpenEvents(application).opened.connect(host.come_forward)
        host.begin(files)
        gc.enable()  # see app.py
        code = int(application.exec())
        signals.close()
        return code
    finally:
        bugs.uninstall()
        services.close()


def make_application() -> QApplication:
    """The application, with its names set."""
    existing = QCoreApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("ViralClip Desktop")
    application.setDesktopFileName("viralclip")
    application.setQuitOnLastWindowClosed(True)
    return application
