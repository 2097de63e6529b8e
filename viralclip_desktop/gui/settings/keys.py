"""Keys of cloud services: kept in the system keyring, never shown again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QWidget

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.gui.common.section import Section
from viralclip_desktop.gui.text import tr, tr_fault, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.form_row import Row
from viralclip_desktop.gui.widgets.layout import row
from viralclip_desktop.settings.secrets import Secrets

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context


@dataclass(frozen=True)
class KeyState:
    """What is known about a key: ``origin`` is environment, keyring or empty; never the key itself."""

    name: str
    origin: str
    problem: str


def look_up(name: str) -> KeyState:
    """Ask the environment and the keyring, which may take its time: off the GUI thread."""
    secrets = Secrets()
    return KeyState(name, secrets.origin(name), secrets.problem() or "")


class KeyRow(Row):
    """Set or remove one key."""

    def __init__(self, name: str, service: str, context: Context) -> None:
        control = QWidget()
        super().__init__(tr("{service} key", service=service), "", control)
        self._name, self._context = name, context
        self.line = QLineEdit()
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setPlaceholderText(tr("Paste the key"))
        self.line.setAccessibleName(tr("{service} key", service=service))
        self.save, self.remove = Button(tr("Save")), Button(tr("Remove"))
        self.save.setAccessibleName(tr("Save the {service} key", service=service))
        self.remove.setAccessibleName(tr("Remove the {service} key", service=service))
        layout = row(gap=8)
        layout.addWidget(self.line, 1)
        layout.addWidget(self.save)
        layout.addWidget(self.remove)
        control.setLayout(layout)
        on_click(self.save, self._save)
        on_click(self.remove, self._remove)
        self.line.returnPressed.connect(self._save)
        self.line.textChanged.connect(lambda text: self.save.setEnabled(bool(text.strip())))
        self.show_state(KeyState(name, "", ""))

    def refresh(self) -> None:
        """Look where the key comes from."""
        name = self._name
        self._context.tasks.run(lambda: look_up(name), self.show_state)

    def show_state(self, state: KeyState) -> None:
        """Show where the key comes from."""
        kept, given = state.origin == "keyring", state.origin == "environment"
        words = tr("Not set. Only needed for this service.")
        if kept:
            words = tr("Kept in the system keyring.")
        elif given:
            words = tr("Set by the environment variable {name}.", name=state.name)
        elif state.problem:
            instead = tr("Set {name} in the environment instead.", name=state.name)
            words = f"{tr_message(state.problem)} {instead}"
        self.say(words)
        self.line.setVisible(not kept)
        self.save.setVisible(not kept)
        self.line.setEnabled(not given and not state.problem)
        self.save.setEnabled(bool(self.line.text().strip()) and self.line.isEnabled())
        self.remove.setVisible(kept)

    def _save(self) -> None:
        name, value = self._name, self.line.text()
        if value.strip():
            self._change(lambda: Secrets().set(name, value))

    def _remove(self) -> None:
        name = self._name
        self._change(lambda: Secrets().remove(name))

    def _change(self, work: object) -> None:
        assert callable(work)

        def done(_result: object) -> None:
            self.line.clear()
            self.complain("")
            self.refresh()

        def failed(error: Exception) -> None:
            if isinstance(error, Fault):
                self.complain(tr_fault(error))
            else:
                self._context.trouble(error)

        self._context.tasks.run(work, done, failed)


class KeysSection(Section):
    """All keys the program knows."""

    def __init__(self, context: Context) -> None:
        from viralclip_desktop.engines.registry import known_keys

        rows: list[Row] = [KeyRow(name, service, context) for name, service in known_keys().items()]
        super().__init__(tr("Keys of cloud services"), rows)

    def refresh(self) -> None:
        """Look where the keys come from."""
        for part in self.rows:
            if isinstance(part, KeyRow):
                part.refresh()
