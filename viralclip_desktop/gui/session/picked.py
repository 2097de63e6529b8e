"""The one thing of a clip that is selected: what the picture frames is what the timeline has selected."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class Picked(QObject):
    """A layer by its id, or a part of the picture that is none by its own (the captions, the logo). What
    shows it follows, and tells when the user selects another thing there."""

    changed = Signal(str)
    """Its id; empty for nothing, or for what has no place on the picture."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.id = ""

    def pick(self, item_id: str) -> None:
        """Select a thing, also one that is only on its way to the store; an empty id for none."""
        if item_id != self.id:
            self.id = item_id
            self.changed.emit(item_id)
