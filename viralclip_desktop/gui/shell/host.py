"""The one window, made anew where it was when the language changes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from viralclip_desktop.gui.language import Language
from viralclip_desktop.gui.projects.opening import open_files
from viralclip_desktop.gui.shell.place import go_to, place_of
from viralclip_desktop.gui.shell.window import MainWindow

if TYPE_CHECKING:
    from viralclip_desktop.features.common.services import Services


class WindowHost(QObject):
    """Every text of a window is set when it is made, so another language means another window on the same
    services: jobs go on, edits are stored first, and the page, the clip and the playhead stay."""

    replaced = Signal(object)
    """The new :class:`MainWindow`, shown."""

    def __init__(
        self, services: Services, report_bug: Callable[[Exception], None], language: Language, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._services, self._report_bug = services, report_bug
        self.window = MainWindow(services, report_bug)
        language.changed.connect(self._replace_soon)

    def begin(self, files: Sequence[Path] = ()) -> None:
        """Show the window; interrupted work goes on, and given files are opened."""
        window = self.window
        window.show()
        QTimer.singleShot(0, window, lambda: window.begin(files))

    def come_forward(self, files: Sequence[Path]) -> None:
        """Somebody started the program once more, or double-clicked a file: show them here."""
        window = self.window
        if window.isMinimized():
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()
        if files:
            open_files(window.work, files)

    def close(self) -> None:
        """Close the window without asking; running work goes on at the next start."""
        self.window.close_without_asking()

    def _replace_soon(self) -> None:
        """The choice comes from a control of the old window, which has to be left first."""
        QTimer.singleShot(0, self, self._replace)

    def _replace(self) -> None:
        old = self.window
        if not old.isVisible():
            return  # it is closing
        place = place_of(old)
        old.remember()
        old.end_work()
        self.window = MainWindow(self._services, self._report_bug, old.messages)
        self.window.show()
        self.window.go_on(lambda: go_to(self.window, place))
        old.hide()
        old.deleteLater()
        self.replaced.emit(self.window)
