"""The dub panel, and the way to it from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.gui.session.actions import WITH_CLIP, ActionRow, Group
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.session.panels import Area, PanelRow, shows_panel

if TYPE_CHECKING:
    from viralclip_desktop.gui.dubbing.dubbing_panel import DubbingPanel
    from viralclip_desktop.gui.session.workspace import Workspace

_ID = "dubbing"


def _build(work: Workspace) -> DubbingPanel:
    from viralclip_desktop.gui.dubbing.dubbing_panel import DubbingPanel

    return DubbingPanel(work.session, work.context, work.player)


def _reveal(panel: DubbingPanel, _content: object) -> None:
    panel.begin()


def _dub(work: Workspace) -> None:
    """The panel, ready for a language."""
    if work.navigation.page is not Page.EDITOR:
        work.navigation.open_editor()
    work.navigation.show_panel(_ID, True)


PANELS = (
    PanelRow(
        _ID,
        "Dub",
        "globe",
        Area.RIGHT,
        _build,
        shows_panel(_ID, "Show the dub panel", "Ctrl+Shift+D", "globe"),
        _reveal,
    ),
)

ACTIONS = (ActionRow("dub", "Dub…", _dub, (), "globe", WITH_CLIP, Group.CLIP),)
