"""The captions' panel, and the action that switches them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.features.editing import switch_captions
from viralclip_desktop.gui.session.actions import WITH_CLIP, ActionRow, Group
from viralclip_desktop.gui.session.panels import Area, PanelRow, shows_panel

if TYPE_CHECKING:
    from viralclip_desktop.gui.captions.captions_panel import CaptionsPanel
    from viralclip_desktop.gui.session.workspace import Workspace


def _build(work: Workspace) -> CaptionsPanel:
    from viralclip_desktop.gui.captions.captions_panel import CaptionsPanel

    panel, guides = CaptionsPanel(work.session, work.context, work.pictures, work.player), work.safe_area
    panel.safe_area.show_value(guides.platform)
    panel.safe_area_chosen.connect(guides.show_platform)
    guides.changed.connect(panel.safe_area.show_value)
    return panel


def _switch(work: Workspace) -> None:
    clip = work.session.clip
    if clip is not None:
        work.session.do(switch_captions, clip.id, not clip.captions_on)


PANELS = (
    PanelRow(
        "captions",
        "Captions",
        "closed-captioning",
        Area.RIGHT,
        _build,
        shows_panel(
            "captions",
            "Show the captions panel",
            "Ctrl+4",
            "closed-captioning",
            also="Subtitles, style, font, translate, second language",
        ),
    ),
)

ACTIONS = (
    ActionRow(
        "captions",
        "Captions on or off",
        _switch,
        ("C",),
        "closed-captioning",
        WITH_CLIP,
        Group.CLIP,
        checkable=True,
    ),
)
