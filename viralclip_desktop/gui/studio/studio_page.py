"""The audio studio: a page with tabs for what makes sounds, and their library."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QFont, QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QWidget

from viralclip_desktop.gui.common.incoming import local_files
from viralclip_desktop.gui.studio.library_tab import LibraryTab
from viralclip_desktop.gui.studio.tabs import TabRow, studio_place
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.layout import column, frame, row
from viralclip_desktop.gui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace


_LIBRARY = "library"


class StudioPage(QWidget):
    """A tab is made when it is shown for the first time."""

    def __init__(self, work: Workspace, tabs: Sequence[TabRow]) -> None:
        super().__init__()
        self.setObjectName("page")
        self._work, self._place = work, studio_place(work)
        self._rows = {tab.id: tab for tab in tabs}
        self._made: dict[str, QWidget] = {}
        self._stack, self._group = QStackedWidget(), QButtonGroup(self)
        self.buttons = {tab.id: self._button(tab) for tab in tabs}
        self.shown = ""
        bar = frame("bar", row(*self.buttons.values(), None, gap=4, margins=(16, 6, 16, 6)))
        bar.setAccessibleName(tr("Audio studio"))
        bar.setVisible(len(tabs) > 1)
        layout = column(bar, self._stack, gap=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self.setAcceptDrops(True)
        self.show_tab(tabs[0].id)

    @property
    def in_front(self) -> QWidget:
        """The tab that is shown."""
        return self.tab(self.shown)

    def tab(self, tab_id: str) -> QWidget:
        """A tab, made now if it was never shown. Raises KeyError for one that there is not."""
        if tab_id not in self._made:
            self._made[tab_id] = self._rows[tab_id].build(self._work, self._place)
            self._stack.addWidget(self._made[tab_id])
        return self._made[tab_id]

    def show_tab(self, tab_id: str) -> None:
        """Bring a tab to the front."""
        self._stack.setCurrentWidget(self.tab(tab_id))
        self.buttons[tab_id].setChecked(True)
        self.shown = tab_id

    def search(self) -> None:
        """Bring the search of the tab in front under the keyboard, else that of the library."""
        if self.in_front.findChild(SearchField) is None:
            self.show_tab(_LIBRARY)
        for field in self.in_front.findChildren(SearchField)[:1]:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            field.selectAll()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome on every tab; not our own, on their way to another program."""
        if event.source() is None and local_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Take them into the library, and show that."""
        event.acceptProposedAction()
        self.show_tab(_LIBRARY)
        library = self.in_front
        assert isinstance(library, LibraryTab)
        library.bring(local_files(event.mimeData()))

    def _button(self, tab: TabRow) -> Button:
        button = Button(tr(tab.title), "nav", tab.icon)
        button.setCheckable(True)
        button.setMinimumWidth(button.sizeHint().width() + _wider_when_chosen(button))
        self._group.addButton(button)
        on_click(button, partial(self.show_tab, tab.id))
        return button


def _wider_when_chosen(button: Button) -> int:
    """How many pixels the name of a tab takes more when it is in front, and heavier."""
    button.ensurePolished()
    heavy = QFont(button.font())
    heavy.setWeight(QFont.Weight.DemiBold)
    plain, chosen = (QFontMetrics(font).horizontalAdvance(button.text()) for font in (button.font(), heavy))
    return max(0, chosen - plain)
