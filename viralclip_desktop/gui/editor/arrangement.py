"""Where the editor's parts stand: the header and the panels, and the player among them or beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QWidget

from viralclip_desktop.gui.editor.division import GAP_PX, Sizes, column_px, first_sizes, is_upright
from viralclip_desktop.gui.editor.seat import Seat
from viralclip_desktop.gui.widgets.layout import column

if TYPE_CHECKING:
    from viralclip_desktop.core.geometry import Aspect
    from viralclip_desktop.gui.editor.docks import DockArea
    from viralclip_desktop.gui.session.memory import WindowMemory


class Arrangement(QSplitter):
    """Follows the shape of the clip and the size of the page, until the user takes hold of an edge. The parts
    stay the same ones: what is selected, scrolled to, played and typed in stays as it is."""

    def __init__(
        self, header: QWidget, docks: DockArea, preview: QWidget, aspect: Aspect, memory: WindowMemory
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setObjectName("editor")
        self._docks, self._preview, self._memory = docks, preview, memory
        self._aspect = aspect
        self._chosen: dict[bool, Sizes] = {}
        panels = QWidget()
        panels.setLayout(column(header, docks, gap=0))
        self.column = Seat("player")
        self.addWidget(panels)
        self.addWidget(self.column)
        self.setChildrenCollapsible(False)
        self.setHandleWidth(GAP_PX)
        self.setStretchFactor(0, 1)
        self.splitterMoved.connect(self._column_moved)
        docks.edge_moved.connect(self._edge_moved)
        self._seat_player()

    @property
    def upright(self) -> bool:
        """Whether the player has a column of its own."""
        return is_upright(self._aspect)

    def show_aspect(self, aspect: Aspect) -> None:
        """The clip has another shape now."""
        if aspect is self._aspect:
            return
        before, self._aspect = self.upright, aspect
        if self.upright is not before:
            self._seat_player()
        self._place_column()
        self._docks.fit(self._sizes)

    def recall(self) -> None:
        """At the first visit everything lies as it was left; sizes that the program chose, it chooses
        again."""
        memory = self._memory
        self._place_column()
        known = self._docks.recall(memory.layout, self._sizes)
        if known and memory.sizes_of == self._shape:
            self._chosen[self.upright] = self._docks.sizes
        self._docks.fit(self._sizes)

    def keep(self) -> None:
        """Remember how everything lies."""
        self._memory.layout = self._docks.remembered()
        self._memory.sizes_of = self._shape if self.upright in self._chosen else ""

    def reset(self) -> None:
        """Everything where it lies at first."""
        self._memory.column_px = 0
        self._chosen.clear()
        self._place_column()
        self._docks.lay_out(self._sizes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More room or less."""
        super().resizeEvent(event)
        self._place_column()
        if self.isVisible():
            self._docks.fit(self._sizes)

    # --- inside ------------------------------------------------------------------------------------------

    @property
    def _shape(self) -> str:
        return "upright" if self.upright else "wide"

    @property
    def _sizes(self) -> Sizes:
        """The sizes of the panels: the user's, else what suits the page as it is."""
        return self._chosen.get(self.upright) or first_sizes(self.size(), self._column_px)

    @property
    def _column_px(self) -> int:
        own = self._memory.column_px if self.upright else 0
        return own or column_px(self.size(), self._aspect)

    def _seat_player(self) -> None:
        """Put the player into its column or among the panels. Qt takes the focus from what moves."""
        focused = QApplication.focusWidget()
        self.column.setVisible(self.upright)
        (self.column if self.upright else self._docks.seat).take(self._preview)
        if focused is not None and self._preview.isAncestorOf(focused):
            focused.setFocus()

    def _place_column(self) -> None:
        if self.upright:
            self.setSizes([self.width() - self._column_px - GAP_PX, self._column_px])

    def _column_moved(self) -> None:
        self._memory.column_px = self.column.width()
        self._docks.fit(self._sizes)

    def _edge_moved(self) -> None:
        self._chosen[self.upright] = self._docks.sizes
        self._docks.fit(self._sizes)
