"""The transcript's panel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from viralclip_desktop.gui.session.panels import Area, PanelRow, shows_panel

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace
    from viralclip_desktop.gui.transcript.panel import TranscriptPanel


def _build(work: Workspace) -> TranscriptPanel:
    from viralclip_desktop.gui.transcript.panel import TranscriptPanel

    return TranscriptPanel(work.session, work.context, work.player, work.actions)


def _reveal(panel: TranscriptPanel, words: Sequence[int]) -> None:
    if words:
        panel.show_word(words[0])


PANELS = (
    PanelRow(
        "transcript",
        "Transcript",
        "text-align-left",
        Area.LEFT,
        _build,
        shows_panel("transcript", "Show the transcript", "Ctrl+1", "text-align-left"),
        _reveal,
    ),
)
