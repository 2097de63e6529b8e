"""The bar at the top: where we are, and what can be done here."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QFrame, QLabel, QMenu

from viralclip_desktop.core.resources import resource
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, action_button, follow, no_resting_place
from viralclip_desktop.gui.widgets.labels import ElidedLabel
from viralclip_desktop.gui.widgets.layout import row

HEIGHT_PX = 52


class Header(QFrame):
    """Back, title, and the page's own buttons."""

    def __init__(self, actions: Mapping[str, QAction], menu: QMenu) -> None:
        super().__init__()
        self.setProperty("role", "bar")
        self.setFixedHeight(HEIGHT_PX)
        self._mark = QLabel()
        self._mark.setPixmap(QIcon(str(icon_path())).pixmap(QSize(24, 24)))
        self._back = action_button(actions["home"], "arrow-left")
        self._to_clips = action_button(actions["leave_editor"], "arrow-left")
        self._from_studio = action_button(actions["leave_studio"], "arrow-left")
        for button in (self._back, self._to_clips, self._from_studio):
            no_resting_place(button)
        self._title = ElidedLabel("", "section")
        self._undo = action_button(actions["undo"], "arrow-u-up-left")
        self._redo = action_button(actions["redo"], "arrow-u-up-right")
        self.studio = Button(tr("Audio studio"), "", "faders")
        follow(self.studio, actions["studio"])
        self.export_all = Button(tr("Export all"), "", "stack")
        follow(self.export_all, actions["export_all"])
        self.menu_button = IconButton("list", tr("Menu"))
        self.menu_button.setMenu(menu)
        layout = row(self._mark, self._back, self._to_clips, self._from_studio, gap=8, margins=(16, 0, 12, 0))
        layout.addWidget(self._title, 1)
        for part in (self._undo, self._redo, self.studio, self.export_all, self.menu_button):
            layout.addWidget(part)
        self.setLayout(layout)
        self.show_page(Page.HOME, "")

    def show_page(self, page: Page, title: str) -> None:
        """Another page is shown."""
        home, clips = page is Page.HOME, page is Page.CLIPS
        self._mark.setVisible(home)
        self._back.setVisible(not home and page not in (Page.REVIEW, Page.STUDIO))
        self._from_studio.setVisible(page is Page.STUDIO)
        self.studio.setVisible(home)
        self._to_clips.setVisible(page is Page.REVIEW)
        self._title.setText("ViralClip" if home else title)
        for part in (self._undo, self._redo):
            part.setVisible(clips or page is Page.REVIEW)
        self.export_all.setVisible(clips)


def icon_path() -> Path:
    """The program's own icon."""
    return resource("icons", "viralclip.svg")
