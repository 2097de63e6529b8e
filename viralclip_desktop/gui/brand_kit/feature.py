"""The brand kit's panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.gui.session.panels import Area, PanelRow, shows_panel

if TYPE_CHECKING:
    from viralclip_desktop.gui.brand_kit.brand_panel import BrandPanel
    from viralclip_desktop.gui.session.workspace import Workspace


def _build(work: Workspace) -> BrandPanel:
    from viralclip_desktop.gui.brand_kit.brand_panel import BrandPanel

    return BrandPanel(work.session, work.context, work.pictures)


PANELS = (
    PanelRow(
        "brand",
        "Brand",
        "palette",
        Area.RIGHT,
        _build,
        shows_panel(
            "brand",
            "Show the brand kit panel",
            "Ctrl+5",
            "palette",
            also="Logo, watermark, colours, intro, outro, name line",
        ),
    ),
)
