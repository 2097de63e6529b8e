"""The finish panel's row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.gui.session.panels import Area, PanelRow, shows_panel

if TYPE_CHECKING:
    from viralclip_desktop.gui.finish.finish_panel import FinishPanel
    from viralclip_desktop.gui.session.workspace import Workspace


def _build(work: Workspace) -> FinishPanel:
    from viralclip_desktop.gui.finish.finish_panel import FinishPanel
    from viralclip_desktop.gui.preview.preview_panel import PreviewPanel

    panel = FinishPanel(work.session, work.context, work.player)
    work.part(PreviewPanel).picture.add_overlay(panel.handles)
    return panel


PANELS = (
    PanelRow(
        "finish",
        "Finish",
        "sparkle",
        Area.RIGHT,
        _build,
        shows_panel("finish", "Show the finish panel", "Ctrl+Shift+Y", "sparkle"),
    ),
)
