"""The sound's panel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.gui.session.panels import Area, PanelRow, shows_panel

if TYPE_CHECKING:
    from viralclip_desktop.gui.audio.audio_panel import AudioPanel
    from viralclip_desktop.gui.session.workspace import Workspace


def _build(work: Workspace) -> AudioPanel:
    from viralclip_desktop.gui.audio.audio_panel import AudioPanel

    return AudioPanel(work.session, work.context, work.pictures, work.player)


def _reveal(panel: AudioPanel, layer_id: str) -> None:
    panel.show_layer(layer_id)


PANELS = (
    PanelRow(
        "audio",
        "Audio",
        "speaker-high",
        Area.RIGHT,
        _build,
        shows_panel(
            "audio",
            "Show the audio panel",
            "Ctrl+7",
            "speaker-high",
            also="Music, sound, voice, volume, noise, dubbing",
        ),
        _reveal,
    ),
)
