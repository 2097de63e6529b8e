"""The action that asks for a batch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.gui.session.actions import ActionRow

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace


def open_batch_dialog(work: Workspace, recordings: Sequence[Path] = ()) -> None:
    """Ask what is to be made of some recordings, or go on asking for more of them."""
    from viralclip_desktop.gui.batches.batch_dialog import BatchDialog

    open_already = work.made(BatchDialog)
    if open_already is not None:
        open_already.add(recordings)
        open_already.raise_()
        return

    def closed(_result: int) -> None:
        work.drop(BatchDialog)
        dialog.deleteLater()

    dialog = work.keep(BatchDialog(work, recordings))
    dialog.finished.connect(closed)
    dialog.open()


ACTIONS = (
    ActionRow("batch", "Make a batch of clips", open_batch_dialog, ("Ctrl+Shift+M",), "stack", first=True),
)
