"""The transcript's panel."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from viralclip_desktop.gui.session.panels import Area, PanelRow, shows_panel
from viralclip_desktop.gui.transcript.keys import Command

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace
    from viralclip_desktop.gui.transcript.panel import TranscriptPanel


def _build(work: Workspace) -> TranscriptPanel:
    from viralclip_desktop.gui.transcript.panel import TranscriptPanel

    return TranscriptPanel(work.session, work.context, work.player, work.actions)


def _reveal(panel: TranscriptPanel, words: Sequence[int] | str) -> None:
    """Words by their numbers, or a command by its name."""
    if isinstance(words, str):
        panel.do(Command(words))
    elif words:
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
