"""Where things lie and how much room they take."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.features.upkeep import cache_size, clear_cache
from viralclip_desktop.gui.common.section import Section
from viralclip_desktop.gui.sizes import size_words
from viralclip_desktop.gui.text import plain, tr, tr_fault
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.form_row import Row
from viralclip_desktop.gui.widgets.layout import row
from viralclip_desktop.gui.widgets.reveal import Tell, open_file
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket


class FolderRow(Row):
    """A folder of the program, to be looked into."""

    def __init__(self, title: str, folder: Path, hint: str, tell: Tell) -> None:
        control = QWidget()
        show = Button(tr("Show"), "", "folder-open")
        show.setAccessibleName(tr("Show: {name}", name=title))
        control.setLayout(row(None, show))
        super().__init__(title, f"{folder}", control)
        self.setToolTip(plain(hint))

        def told(text: ToastText) -> None:
            self.complain(f"{text.message} {text.hint}")  # the toast may lie behind the settings
            tell(text)

        on_click(show, lambda: open_file(folder, told))


class CacheRow(Row):
    """What can be made again, and the button that removes it."""

    def __init__(self, context: Context) -> None:
        control = QWidget()
        self.clear = Button(tr("Clear cache"))
        control.setLayout(row(None, self.clear))
        super().__init__(tr("Cache"), "", control)
        self._context = context
        self._measuring: Ticket | None = None
        on_click(self.clear, self._clear)

    def refresh(self) -> None:
        """Measure anew."""
        self._measuring = self._context.tasks.run(
            partial(cache_size, self._context.services.paths), self._show
        )

    def _show(self, size_bytes: int) -> None:
        size = size_words(size_bytes) if size_bytes else tr("Empty")
        self.say(tr("{size}. Sound and pictures that are made again when they are needed.", size=size))

    def _clear(self) -> None:
        self.clear.setEnabled(False)
        if self._measuring is not None:
            self._measuring.forget()
        self._context.tasks.run(partial(clear_cache, self._context.services), self._cleared, self._failed)

    def _cleared(self, freed_bytes: int) -> None:
        self.clear.setEnabled(True)
        self.complain("")
        freed = size_words(freed_bytes) if freed_bytes else ""
        self.say(tr("{size} freed.", size=freed) if freed else tr("There was nothing to clear."))

    def _failed(self, error: Exception) -> None:
        self.clear.setEnabled(True)
        if isinstance(error, Fault):
            self.complain(tr_fault(error))
        else:
            self._context.trouble(error)


class StorageSection(Section):
    """Folders and cache."""

    def __init__(self, context: Context) -> None:
        paths, tell = context.services.paths, context.tell
        self.cache = CacheRow(context)
        rows: list[Row] = [
            FolderRow(tr("Data folder"), paths.home, tr("VIRALCLIP_HOME chooses another one."), tell),
            FolderRow(
                tr("Models folder"), paths.models, tr("VIRALCLIP_MODELS_DIR chooses another one."), tell
            ),
            self.cache,
        ]
        super().__init__(tr("Storage"), rows)

    def refresh(self) -> None:
        """Measure the cache."""
        self.cache.refresh()
