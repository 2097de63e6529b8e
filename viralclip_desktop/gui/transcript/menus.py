"""The menus of the transcript panel: what can be done with the chosen words, and who says them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.transcript.keys import Command, shortcut_text

TITLES: dict[Command, str] = {
    Command.PLAY: "Play the selection",
    Command.SEEK: "Go to this word",
    Command.CUT: "Cut out of the clip",
    Command.RESTORE: "Restore",
    Command.EDIT: "Correct the spelling",
    Command.SPLIT: "Split the sentence here",
    Command.MERGE: "Merge with the sentence before",
    Command.NEW_CLIP: "Make a clip from the selection",
    Command.START_HERE: "Start the clip here",
    Command.END_HERE: "End the clip here",
    Command.COPY: "Copy as text",
    Command.SELECT_ALL: "Select all",
    Command.FIND: "Find",
    Command.REPLACE: "Find and replace",
    Command.NEXT_WARNING: "Next sentence to check: hard to read, or with unsure words",
}
"""What each command is called in menus and in the command palette."""

_GROUPS = (
    (Command.PLAY, Command.SEEK),
    (Command.CUT, Command.RESTORE),
    (Command.EDIT, Command.SPLIT, Command.MERGE),
    (Command.NEW_CLIP, Command.START_HERE, Command.END_HERE),
    (Command.COPY, Command.FIND, Command.REPLACE),
)
_KEYS = {Command.RESTORE: Command.BACK, Command.MERGE: Command.BACK}


def words_menu(
    parent: QWidget,
    can: Callable[[Command], bool],
    do: Callable[[Command], object],
    speakers: QMenu | None,
    history: Sequence[QAction],
) -> QMenu:
    """What can be done with the chosen words."""
    menu = QMenu(parent)
    for group in _GROUPS:
        for command in group:
            if command not in (Command.RESTORE, Command.MERGE) or can(command):
                _add(menu, command, can, do)
        if Command.SPLIT in group and speakers is not None:
            speakers.setParent(menu, speakers.windowFlags())
            menu.addMenu(speakers)
        menu.addSeparator()
    menu.addActions(list(history))
    return menu


def speaker_menu(
    parent: QWidget,
    names: Sequence[str],
    current: str,
    *,
    choose: Callable[[str], object],
    ask: Callable[[], object],
    rename: Callable[[], object],
) -> QMenu:
    """Who says it: everybody named so far, somebody new, or nobody."""
    menu = QMenu(parent)
    menu.setTitle(tr("Speaker"))
    for name in names:
        action = menu.addAction(name.replace("&", "&&"))
        action.setCheckable(True)
        action.setChecked(name == current)
        action.triggered.connect(lambda _checked=False, name=name: choose(name))
    if names:
        menu.addSeparator()
    menu.addAction(tr("Another name…")).triggered.connect(lambda _checked=False: ask())
    if current:
        said = tr("Rename {name} everywhere…", name=current).replace("&", "&&")
        menu.addAction(said).triggered.connect(lambda _checked=False: rename())
        menu.addAction(tr("Nobody")).triggered.connect(lambda _checked=False: choose(""))
    return menu


def _add(
    menu: QMenu, command: Command, can: Callable[[Command], bool], do: Callable[[Command], object]
) -> None:
    keys = shortcut_text(_KEYS.get(command, command))
    action = menu.addAction(tr(TITLES[command]) + (f"\t{keys}" if keys else ""))
    action.setObjectName(command.value)
    action.setEnabled(can(command))
    action.triggered.connect(lambda _checked=False: do(command))
