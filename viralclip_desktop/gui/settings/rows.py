"""A declared setting as one line of the form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.gui.common.choices import Choices
from viralclip_desktop.gui.common.setting_fields import FolderField, field_for
from viralclip_desktop.gui.language import language
from viralclip_desktop.gui.text import tr, tr_fault
from viralclip_desktop.gui.theme.theme import ThemeChoice, theme
from viralclip_desktop.gui.widgets.form_row import Row
from viralclip_desktop.settings.declaration import Setting, Settings

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context


class SettingRow(Row):
    """A declared setting. Each change is stored at once; one the environment decides is locked."""

    def __init__(self, setting: Setting, context: Context) -> None:
        field = field_for(setting)
        super().__init__(tr(setting.label), tr(setting.help), field)
        self.setting, self.field, self._context = setting, field, context
        if isinstance(field, FolderField) and setting.key == "export_folder":
            field.show_usual(context.services.paths.videos)
        self.words += f" {tr(setting.section)} {setting.key}".casefold()
        self.field.changed.connect(self._store)
        self.show_settings()

    def show_settings(self) -> None:
        """Show the value as it is now."""
        self.field.show_value(self._context.services.settings.value(self.setting.key))
        locked = self._context.services.settings.override(self.setting.key)
        self.field.setEnabled(not locked)
        self.say(
            tr("Set by the environment variable {name}.", name=locked) if locked else tr(self.setting.help)
        )

    def show_choices(self, found: dict[str, Choices]) -> None:
        """What this computer has to choose from."""
        if self.setting.key in found:
            self.field.show_choices(found[self.setting.key])

    def _store(self, value: object) -> None:
        settings, key = self._context.services.settings, self.setting.key

        def store() -> Settings | Fault:
            try:
                return settings.set(**{key: value})
            except Fault as fault:  # shown beside the control rather than in a toast
                return fault

        self._context.edits.submit(store).then(self._stored)

    def _stored(self, result: Settings | Fault) -> None:
        if isinstance(result, Fault):
            self.complain(tr_fault(result))
            self.show_settings()
            return
        self.complain("")
        if self.setting.key == "theme":
            theme().choose(ThemeChoice(result.theme))
        if self.setting.key == "language" and (speech := language()) is not None:
            speech.choose(result.language)
