"""The window's menu: opening, exports, theme, keys."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu, QWidget

import viralclip_desktop
from viralclip_desktop.gui.bridge.context import Context
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme.theme import ThemeChoice, theme
from viralclip_desktop.gui.widgets.dialogs import Note


def build_menu(parent: QWidget, actions: Mapping[str, QAction], context: Context) -> QMenu:
    """The menu behind the button in the header."""
    menu = QMenu(parent)
    menu.addAction(actions["open"])
    menu.addAction(actions["import_project"])
    menu.addAction(actions["new_clips"])
    menu.addAction(actions["review"])
    menu.addAction(actions["studio"])
    menu.addAction(actions["queue"])
    menu.addAction(actions["messages"])
    menu.addAction(actions["palette"])
    menu.addSeparator()
    menu.addAction(actions["settings"])
    menu.addAction(actions["models"])
    menu.addMenu(_theme_menu(menu, context))
    menu.addAction(actions["shortcuts"])
    menu.addAction(actions["full_screen"])
    menu.addAction(tr("About ViralClip"), lambda: _about(parent))
    menu.addSeparator()
    menu.addAction(actions["quit"])
    return menu


def _theme_menu(parent: QMenu, context: Context) -> QMenu:
    menu, group = QMenu(tr("Theme"), parent), QActionGroup(parent)
    names = {
        ThemeChoice.SYSTEM: tr("Same as the system"),
        ThemeChoice.DARK: tr("Dark"),
        ThemeChoice.LIGHT: tr("Light"),
    }
    for choice, name in names.items():
        action = menu.addAction(name)
        action.setCheckable(True)
        action.setChecked(choice is theme().choice)
        action.setObjectName(f"theme_{choice}")
        group.addAction(action)
        action.triggered.connect(lambda _checked=False, choice=choice: choose_theme(choice, context))
        menu.aboutToShow.connect(partial(_check_theme, action, choice))
    return menu


def _check_theme(action: QAction, choice: ThemeChoice) -> None:
    """It may have been chosen elsewhere."""
    action.setChecked(choice is theme().choice)


def _about(parent: QWidget) -> None:
    """Name, version, licences."""
    text = tr(
        "Turns long recordings into finished short clips, on your own machine. "
        "Uses ffmpeg and eSpeak NG, both under the GPL."
    )
    name = tr("ViralClip Desktop {version}", version=viralclip_desktop.__version__)
    Note(parent, name, text).open()


def choose_theme(choice: ThemeChoice, context: Context) -> None:
    """Show other colours now, and from now on."""
    theme().choose(choice)
    settings = context.services.settings
    context.edits.submit(lambda: settings.set(theme=choice.value))
