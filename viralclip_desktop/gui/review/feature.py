"""The action that opens the review."""

from __future__ import annotations

from viralclip_desktop.gui.session.actions import WITH_CLIPS, ActionRow, Group

ACTIONS = (
    ActionRow(
        "review",
        "Review the clips",
        lambda work: work.navigation.open_review(),
        ("Ctrl+R",),
        "check-square",
        WITH_CLIPS,
        Group.CLIP,
    ),
)
