"""The actions that open the settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.gui.common.section import SettingsSections
from viralclip_desktop.gui.session.actions import ActionRow
from viralclip_desktop.gui.text import tr

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace
    from viralclip_desktop.gui.settings.settings_dialog import SettingsDialog


def settings_dialog(work: Workspace) -> SettingsDialog:
    """The settings, made at their first use."""
    from viralclip_desktop.gui.settings.settings_dialog import SettingsDialog

    def make() -> SettingsDialog:
        dialog = SettingsDialog(work.context, work.window, work.part(SettingsSections).make)
        dialog.restored.connect(work.navigation.go_home)
        return dialog

    return work.part(SettingsDialog, make)


ACTIONS = (
    ActionRow(
        "settings",
        "Settings",
        lambda work: settings_dialog(work).bring_forward(),
        ("Ctrl+,",),
        "gear",
        also="Preferences, options",
    ),
    ActionRow(
        "language",
        "Language",
        lambda work: settings_dialog(work).open_at(tr("General")),
        (),
        "globe",
        also="Translation",
    ),
    ActionRow(
        "models",
        "Speech models",
        lambda work: settings_dialog(work).open_at(tr("Speech models")),
        (),
        "brain",
        also="Transcription, download",
    ),
    ActionRow(
        "keys",
        "Keys of cloud services",
        lambda work: settings_dialog(work).open_at(tr("Keys of cloud services")),
        (),
        "key",
        also="API key, account",
    ),
)
