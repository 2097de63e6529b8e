"""The frame's panel: shape, crop, pictures over the clip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.gui.session.panels import Area, PanelRow, shows_panel

if TYPE_CHECKING:
    from viralclip_desktop.gui.reframe.reframe_panel import ReframePanel
    from viralclip_desktop.gui.session.workspace import Workspace


def _build(work: Workspace) -> ReframePanel:
    from viralclip_desktop.gui.preview.preview_panel import PreviewPanel
    from viralclip_desktop.gui.reframe.reframe_panel import ReframePanel

    panel = ReframePanel(work.session, work.context, work.pictures, work.player)
    picture = work.part(PreviewPanel).picture
    picture.add_overlay(panel.handles)
    panel.handles.clicked.connect(picture.clicked)
    return panel


def _reveal(panel: ReframePanel, layer_id: str) -> None:
    panel.show_layer(layer_id)


PANELS = (
    PanelRow(
        "frame",
        "Frame",
        "crop",
        Area.RIGHT,
        _build,
        shows_panel(
            "frame",
            "Show the frame panel",
            "Ctrl+6",
            "crop",
            also="Zoom, faces, picture, photo, video over it",
        ),
        _reveal,
    ),
)
