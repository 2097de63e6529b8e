"""The shortcut editor's action, and the keys put on the actions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence

from viralclip_desktop.gui.session.actions import ActionRow, ActionTable
from viralclip_desktop.gui.shortcuts.book import ShortcutBook

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace


def apply_shortcuts(actions: Mapping[str, QAction], book: ShortcutBook) -> None:
    """Give the actions the keys of the book."""
    for name, action in actions.items():
        action.setShortcuts([QKeySequence(key) for key in book.keys(name)])


def _open(work: Workspace) -> None:
    """See and choose the keys."""
    from viralclip_desktop.gui.shortcuts.dialog import ShortcutDialog

    book = work.part(ShortcutBook)
    dialog = ShortcutDialog(work.window, work.part(ActionTable).rows, book)
    dialog.changed.connect(lambda: apply_shortcuts(work.actions, book))
    dialog.trouble.connect(work.context.trouble)
    dialog.open()


ACTIONS = (
    ActionRow("shortcuts", "Keyboard shortcuts", _open, ("Ctrl+/",), "keyboard", also="Keys, hotkeys"),
)
