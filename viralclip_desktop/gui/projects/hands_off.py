"""Whether what comes in is done to the end without a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.projects.welcome_memory import WelcomeMemory


class HandsOff(QObject):
    """The setting; at the very first start it is on, until somebody says otherwise or a project comes."""

    changed = Signal()

    def __init__(self, context: Context, memory: WelcomeMemory, parent: QObject) -> None:
        super().__init__(parent)
        self._context, self._memory = context, memory
        stop = context.services.settings.listen(lambda _values: self.changed.emit())
        self.destroyed.connect(lambda _object=None: stop())

    @property
    def wanted(self) -> bool:
        """Whether it is on."""
        settings = self._context.services.settings
        first = not self._memory.done and not settings.is_set("hands_off")
        return first or settings.values.hands_off

    def choose(self, on: bool) -> None:
        """Switch it."""
        settings = self._context.services.settings
        self._context.edits.submit(lambda: settings.set(hands_off=on))
