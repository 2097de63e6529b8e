"""A panel whose handles on the picture can be taken hold of while it is in sight."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid


class Handles(Protocol):
    """What lies over the picture and can be moved there."""

    def set_active(self, active: bool) -> None:
        """Whether it can be taken hold of; else clicks on the picture play and pause."""


class HandlesPanel(QWidget):
    """``handles`` are active while the panel is shown."""

    handles: Handles

    def showEvent(self, event: QShowEvent) -> None:
        """In sight: the picture can be taken hold of."""
        super().showEvent(event)
        self.handles.set_active(True)

    def hideEvent(self, event: QHideEvent) -> None:
        """Out of sight: the picture is for playing again, or another panel's."""
        super().hideEvent(event)
        if isValid(self.handles):  # they belong to the picture, which may go before this panel does
            self.handles.set_active(False)
