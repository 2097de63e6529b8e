"""The windows beside the main one: settings, models, the export dialog; and project files."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.gui.text import plural, tr
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.gui.exporting.export_dialog import ExportDialog
    from viralclip_desktop.gui.settings.settings_dialog import SettingsDialog
    from viralclip_desktop.gui.shell.window import MainWindow


class Dialogs:
    """Makes each of them at its first use: none is needed for the first paint."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self._settings: SettingsDialog | None = None
        self.export_dialog: ExportDialog | None = None

    def handlers(self) -> dict[str, Callable[[], object]]:
        """Handlers for the rows of the action table."""
        return {
            "settings": self.open_settings,
            "models": self.open_models,
            "import_project": self.import_project,
            "export_as": self.export_as,
            "export_all_as": self.export_all_as,
        }

    @property
    def settings(self) -> SettingsDialog:
        """The settings, made at their first use."""
        if self._settings is None:
            from viralclip_desktop.gui.settings.settings_dialog import SettingsDialog

            self._settings = SettingsDialog(self._window.context, self._window)
            self._settings.restored.connect(self._window.go_home)
        return self._settings

    @property
    def open_settings_dialog(self) -> SettingsDialog | None:
        """The settings while they are open."""
        return self._settings if self._settings is not None and self._settings.isVisible() else None

    def open_settings(self) -> None:
        """Show the settings, or bring them to the front."""
        self.settings.show()
        self.settings.raise_()
        self.settings.activateWindow()

    def open_models(self) -> None:
        """Show the settings at the speech models."""
        self.settings.show_models()

    def import_project(self) -> None:
        """Ask for project files."""
        self._window.home_page.project_actions.choose_import()

    def export_as(self) -> None:
        """Choose how to export the selected clip."""
        clip = self._window.session.clip
        if clip is not None:
            self.open_export([clip])

    def export_all_as(self) -> None:
        """Choose how to export every clip of the recording."""
        self.open_export(self._window.session.clips)

    def open_export(self, clips: Sequence[Clip]) -> None:
        """The export dialog for some clips."""
        from viralclip_desktop.gui.exporting.export_dialog import ExportDialog

        dialog = ExportDialog(self._window.context, clips, self._window, self._queued)
        dialog.finished.connect(self._export_closed)
        self.export_dialog = dialog
        dialog.open()

    def _export_closed(self, _result: int) -> None:
        if self.export_dialog is not None:
            self.export_dialog.deleteLater()
        self.export_dialog = None

    def _queued(self, files: int) -> None:
        queue = self._window.queue
        if not queue.isVisible():
            text = plural(files, "Exporting one file", "Exporting {n} files")
            self._window.tell(ToastText(text, action=tr("Show"), then=queue.toggle))
