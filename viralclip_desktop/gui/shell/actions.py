"""The rows of the features as actions of Qt."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication

from viralclip_desktop.gui.session.actions import ActionRow, WindowState
from viralclip_desktop.gui.session.workspace import Workspace
from viralclip_desktop.gui.shell.features import ACTIONS
from viralclip_desktop.gui.shortcuts.book import ShortcutBook
from viralclip_desktop.gui.shortcuts.feature import apply_shortcuts
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.typed import take_typed


def build_actions(
    work: Workspace, book: ShortcutBook, rows: Sequence[ActionRow] = ACTIONS
) -> dict[str, QAction]:
    """A QAction for each row, added to the window so that its shortcuts work there."""
    actions = {row.id: _build(row, work) for row in rows}
    apply_shortcuts(actions, book)
    return actions


def _build(row: ActionRow, work: Workspace) -> QAction:
    action = QAction(tr(row.title), work.window)
    action.setObjectName(row.id)
    action.setCheckable(row.checkable)
    action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
    action.triggered.connect(lambda _checked=False: _run(row, work))
    work.window.addAction(action)
    return action


def _run(row: ActionRow, work: Workspace) -> None:
    take_typed(QApplication.focusWidget())
    row.run(work)


def shortcut_book(folder: Path, rows: Sequence[ActionRow] = ACTIONS) -> ShortcutBook:
    """The keys of all actions as the user has them."""
    return ShortcutBook(folder, {row.id: row.shortcuts for row in rows})


def enable_actions(
    actions: Mapping[str, QAction], state: WindowState, rows: Sequence[ActionRow] = ACTIONS
) -> None:
    """Enable what makes sense now."""
    for row in rows:
        actions[row.id].setEnabled(row.when.holds(state))
