"""The tighten panel's row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.gui.session.panels import Area, PanelRow, shows_panel

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace
    from viralclip_desktop.gui.tighten.tighten_panel import TightenPanel


def _build(work: Workspace) -> TightenPanel:
    from viralclip_desktop.gui.tighten.tighten_panel import TightenPanel

    return TightenPanel(work.session, work.context, work.player)


PANELS = (
    PanelRow(
        "tighten",
        "Tighten",
        "scissors",
        Area.RIGHT,
        _build,
        shows_panel("tighten", "Show the tighten panel", "Ctrl+Shift+T", "scissors"),
    ),
)
