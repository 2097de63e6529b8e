"""The command palette's action."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.gui.session.actions import ActionRow, ActionTable

if TYPE_CHECKING:
    from viralclip_desktop.gui.palette.palette import CommandPalette
    from viralclip_desktop.gui.session.workspace import Workspace


def _made(work: Workspace) -> CommandPalette:
    from viralclip_desktop.gui.palette.palette import CommandPalette

    rows = work.part(ActionTable).rows
    palette = CommandPalette(work.window, rows, work.actions, work.memory.recent_commands)

    def keep_recent(names: list[str]) -> None:
        work.memory.recent_commands = names

    palette.used.connect(keep_recent)
    return palette


def _open(work: Workspace) -> None:
    from viralclip_desktop.gui.palette.palette import CommandPalette

    work.part(CommandPalette, lambda: _made(work)).open_over(work.window)


ACTIONS = (ActionRow("palette", "Find a command", _open, ("Ctrl+K",), "magnifying-glass", first=True),)
