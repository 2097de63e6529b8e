"""The actions of the window itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from viralclip_desktop.gui.projects.home_page import HomePage
from viralclip_desktop.gui.session.actions import REDOABLE, UNDOABLE, ActionRow, Group
from viralclip_desktop.gui.session.navigation import Page

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace


def _undo(work: Workspace) -> None:
    """Take back the last edit; on the start page, the last project that was deleted comes back."""
    if work.navigation.page is Page.HOME:
        work.part(HomePage).project_actions.undo_delete()
    elif work.navigation.page is Page.REVIEW:
        from viralclip_desktop.gui.review.review_page import ReviewPage

        work.part(ReviewPage).undo()
    else:
        work.session.undo()


def _fill_screen(work: Workspace) -> None:
    """Fill the screen, or come back from it."""
    if work.window.isFullScreen():
        work.window.showNormal()
    else:
        work.window.showFullScreen()


def _choose_theme(choice: str, work: Workspace) -> None:
    from viralclip_desktop.gui.shell.menu import choose_theme
    from viralclip_desktop.gui.theme.theme import ThemeChoice

    choose_theme(ThemeChoice(choice), work.context)


def _find(work: Workspace) -> None:
    """What was said: in the open recording where one is in front of the user, else in all of them. In the
    studio its voices and sounds."""
    navigation = work.navigation
    if navigation.page is Page.STUDIO:
        from viralclip_desktop.gui.studio.studio_page import StudioPage

        work.part(StudioPage).search()
        return
    if navigation.page in (Page.HOME, Page.WORKING) or work.session.clip is None:
        if navigation.page is not Page.HOME:
            navigation.go_home()
        field = work.part(HomePage).search.field
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        field.selectAll()
        return
    if navigation.page is not Page.EDITOR:
        navigation.open_editor()
        work.panel("transcript")  # made whole now: what is still being made takes no keys
    navigation.show_panel("transcript", "find")


ACTIONS = (
    ActionRow("find", "Find words", _find, ("Ctrl+F",), "magnifying-glass", first=True),
    ActionRow("undo", "Undo", _undo, ("Ctrl+Z",), "arrow-u-up-left", UNDOABLE, Group.CLIP, first=True),
    ActionRow(
        "redo",
        "Redo",
        lambda work: work.session.redo(),
        ("Ctrl+Shift+Z", "Ctrl+Y"),
        "arrow-u-up-right",
        REDOABLE,
        Group.CLIP,
        first=True,
    ),
    ActionRow("full_screen", "Full screen", _fill_screen, ("F11",), "corners-out", checkable=True),
    ActionRow("dark_theme", "Dark theme", partial(_choose_theme, "dark"), (), "moon", also="Colours, look"),
    ActionRow("light_theme", "Light theme", partial(_choose_theme, "light"), (), "sun", also="Colours, look"),
    ActionRow(
        "system_theme", "Same theme as the system", partial(_choose_theme, "system"), (), "circle-half"
    ),
    ActionRow("quit", "Quit", lambda work: work.window.close(), ("Ctrl+Q",), "x", also="Exit, close"),
)
