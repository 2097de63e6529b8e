"""The toy in the window."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel

from viralclip_desktop.gui.session.actions import ActionRow
from viralclip_desktop.gui.session.panels import Area, PanelRow, shows_panel

PANELS = (
    PanelRow("toy", "Toy", "", Area.LEFT, lambda _work: QLabel("Toy"), shows_panel("toy", "Toy", "", "")),
)
ACTIONS = (ActionRow("wind_up", "Wind the toy up", lambda work: work.player.toggle(), ("Ctrl+Alt+W",)),)
