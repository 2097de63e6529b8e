"""A place where the player may stand."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from viralclip_desktop.gui.widgets.layout import column


class Seat(QFrame):
    """Empty until it takes the player."""

    def __init__(self, role: str = "") -> None:
        super().__init__()
        self.setProperty("role", role)
        self.setMinimumSize(1, 1)
        self._inside = column(gap=0)
        self.setLayout(self._inside)

    @property
    def taken(self) -> bool:
        """Whether the player is here."""
        return self._inside.count() > 0

    def take(self, player: QWidget) -> None:
        """Hold the player, which leaves where it was."""
        self._inside.addWidget(player)
        player.show()
