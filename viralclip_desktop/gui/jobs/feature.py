"""The actions that show the work under way and the messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.gui.session.actions import ActionRow

if TYPE_CHECKING:
    from viralclip_desktop.gui.jobs.queue_panel import QueuePanel
    from viralclip_desktop.gui.session.workspace import Workspace


def _panel(work: Workspace) -> QueuePanel:
    from viralclip_desktop.gui.jobs.queue_panel import QueuePanel

    return work.part(QueuePanel)


ACTIONS = (
    ActionRow(
        "queue",
        "Show the activity",
        lambda work: _panel(work).toggle(),
        ("Ctrl+J",),
        "queue",
        also="Jobs, progress",
    ),
    ActionRow(
        "messages",
        "Show the messages",
        lambda work: _panel(work).toggle_messages(),
        ("Ctrl+Shift+J",),
        "chat-circle",
        also="Errors, notifications",
    ),
)
