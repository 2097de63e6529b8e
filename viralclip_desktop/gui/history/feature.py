"""The history's panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.gui.session.panels import Area, PanelRow, shows_panel

if TYPE_CHECKING:
    from viralclip_desktop.gui.history.history_panel import HistoryPanel
    from viralclip_desktop.gui.session.workspace import Workspace


def _build(work: Workspace) -> HistoryPanel:
    from viralclip_desktop.gui.history.history_panel import HistoryPanel

    return HistoryPanel(work.trail, work.actions)


PANELS = (
    PanelRow(
        "history",
        "History",
        "clock-counter-clockwise",
        Area.RIGHT,
        _build,
        shows_panel("history", "Show the history", "Ctrl+9", "clock-counter-clockwise"),
    ),
)
