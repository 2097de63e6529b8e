"""A part of a panel that can be folded away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.layout import column, row


class Fold(QWidget):
    """A heading that shows and hides what is below it."""

    toggled = Signal(bool)

    def __init__(self, title: str, content: QWidget, unfolded: bool = False) -> None:
        super().__init__()
        self._title, self.content = title, content
        self.button = Button(title, "plain", "caret-right")
        self.button.setStyleSheet("text-align: left; padding: 0 4px;")
        self.setLayout(column(row(self.button, None), content, gap=4))
        on_click(self.button, lambda: self.unfold(content.isHidden()))
        theme().changed.connect(self._show_state)
        self.unfold(unfolded)

    @property
    def unfolded(self) -> bool:
        """Whether the content shows."""
        return not self.content.isHidden()

    def unfold(self, unfolded: bool) -> None:
        """Show or hide the content."""
        changed = unfolded == self.content.isHidden()
        self.content.setVisible(unfolded)
        self._show_state()
        if changed:
            self.toggled.emit(unfolded)

    def _show_state(self) -> None:
        self.button.setIcon(theme().icon("caret-down" if self.unfolded else "caret-right", "quiet"))
        self.button.setAccessibleDescription("" if self.unfolded else tr("folded"))
