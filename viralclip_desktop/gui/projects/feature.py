"""The actions of the start page: opening recordings and projects."""

from __future__ import annotations

from viralclip_desktop.gui.projects import opening
from viralclip_desktop.gui.session.actions import AWAY, ActionRow

ACTIONS = (
    ActionRow("open", "Open a recording", opening.choose_files, ("Ctrl+O",), "folder-open", first=True),
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
