"""The actions of the start page: opening recordings and projects."""

from __future__ import annotations

from viralclip_desktop.gui.projects import opening
from viralclip_desktop.gui.session.actions import AWAY, ActionRow, When
from viralclip_desktop.gui.session.navigation import Page

_AT_START = When(lambda state: state.page is Page.HOME, "On the start page")

ACTIONS = (
    ActionRow("open", "Open a recording", opening.choose_files, ("Ctrl+O",), "folder-open", first=True),
    ActionRow("paste_link", "Paste a link", opening.paste_link, ("Ctrl+V",), "link", _AT_START, first=True),
    ActionRow(
        "import_project",
        "Import a project",
        opening.choose_project,
        ("Ctrl+Shift+O",),
        "folder-plus",
        first=True,
    ),
    ActionRow(
        "home",
        "Back to the start page",
        lambda work: work.navigation.go_home(),
        ("Alt+Home",),
        "house",
        AWAY,
        first=True,
    ),
)
