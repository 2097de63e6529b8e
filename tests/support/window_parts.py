"""The dialogs of a window, as they were opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from viralclip_desktop.gui.exporting.export_dialog import ExportDialog
    from viralclip_desktop.gui.palette.palette import CommandPalette
    from viralclip_desktop.gui.settings.settings_dialog import SettingsDialog
    from viralclip_desktop.gui.shell.window import MainWindow


def palette_of(window: MainWindow) -> CommandPalette | None:
    """The command palette, once it was opened."""
    from viralclip_desktop.gui.palette.palette import CommandPalette

    return window.work.made(CommandPalette)


def open_palette(window: MainWindow) -> CommandPalette:
    """Open the command palette."""
    window.actions_by_id["palette"].trigger()
    palette = palette_of(window)
    assert palette is not None
    return palette


def open_settings(window: MainWindow) -> SettingsDialog:
    """Open the settings."""
    window.actions_by_id["settings"].trigger()
    return settings_of(window)


def settings_of(window: MainWindow) -> SettingsDialog:
    """The settings, shown or not."""
    from viralclip_desktop.gui.settings.feature import settings_dialog

    return settings_dialog(window.work)


def export_dialog_of(window: MainWindow) -> ExportDialog | None:
    """The export dialog while it is open."""
    from viralclip_desktop.gui.exporting.export_dialog import ExportDialog

    return window.work.made(ExportDialog)
