"""Where a panel of the editor stands; it is made when it comes in sight."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from viralclip_desktop.gui.bridge.slices import Slices
from viralclip_desktop.gui.session.panels import PanelRow
from viralclip_desktop.gui.widgets.layout import column

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace


class PanelShelf(QWidget):
    """Holds a panel, which is made after it came in sight for the first time: nine at once would keep the
    user waiting for six that are behind others. Until then the shelf is empty."""

    def __init__(self, row: PanelRow, work: Workspace, slices: Slices) -> None:
        """``slices``: makes one panel at a time."""
        super().__init__()
        self._row, self._work, self._slices = row, work, slices
        self._content: QWidget | None = None
        self._in_sight = self._focus_waits = False
        self._inside = column(gap=0)
        self.setLayout(self._inside)

    @property
    def content(self) -> QWidget:
        """The panel itself; made now if it was not there yet."""
        if self._content is None:
            self._content = self._row.build(self._work)
            self._inside.addWidget(self._content)
            self._content.setVisible(self._in_sight)
            if self._focus_waits:  # now: later it would take it from a part that was asked for
                self.take_focus()
        return self._content

    def put_in_sight(self, seen: bool) -> None:
        """Show the panel, or hide it: behind other tabs Qt only moves it out of the picture, and it would
        go on working."""
        came, self._in_sight = seen and not self._in_sight, seen
        if self._content is not None:
            self._content.setVisible(seen)
        elif came:
            self._slices.add(self._make_if_seen)

    def take_focus(self) -> None:
        """Give the panel the focus, as soon as it is there."""
        self._focus_waits = self._content is None
        if self._content is not None:
            self._content.setFocus()

    def _make_if_seen(self) -> None:
        if self._in_sight:
            self.content.show()
