"""Where the window's one export panel stands while the editor is in view."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from viralclip_desktop.gui.session.navigation import Navigation, Page
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column


class ExportPlace(QWidget):
    """Takes the panel when the editor is entered; the page of the clips takes it back."""

    def __init__(self, panel: QWidget, navigation: Navigation) -> None:
        super().__init__()
        heading = column(label(tr("Export"), "section"), margins=(16, 16, 16, 0))
        self._panel, self._inside = panel, column(heading, None, gap=0)
        self.setLayout(self._inside)
        navigation.entered.connect(self._hold)
        self._hold(navigation.page)

    def _hold(self, page: Page, _title: str = "") -> None:
        if page is not Page.EDITOR:
            return
        if self._inside.indexOf(self._panel) < 0:
            self._inside.insertWidget(1, self._panel)
        self._panel.show()
