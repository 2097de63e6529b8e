"""The bar over the editor: back, the title, undo and redo, the shape, the safe area, export."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.features.editing import reshape_clip
from viralclip_desktop.gui.editor.title_line import TitleLine
from viralclip_desktop.gui.session.clip_session import ClipSession
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, action_button, follow, no_resting_place
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.layout import row

HEIGHT_PX = 52
_LEAST_PX, _SHAPE_PX = 560, 86
_ROOM_FOR_PX = (620, 680, 760)
"""From which width on the panels, the safe area and the palette have a button here."""

_SHAPES = {
    Aspect.VERTICAL: "9:16  Vertical",
    Aspect.PORTRAIT: "4:5  Portrait",
    Aspect.SQUARE: "1:1  Square",
    Aspect.WIDE: "16:9  Wide",
}


class ShapeChoice(DropDown):
    """Says the shape's numbers, and in its list also the name."""

    def __init__(self) -> None:
        super().__init__(tr("Shape"), [(aspect, tr(name)) for aspect, name in _SHAPES.items()])
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_value(self, value: object) -> None:
        """Show a shape; what the button is for is in its tooltip."""
        super().show_value(value)
        self.setToolTip(tr("Shape of the picture"))

    def sizeHint(self) -> QSize:
        """As wide as the numbers."""
        return QSize(_SHAPE_PX, tokens.CONTROL_HEIGHT)

    def words(self) -> str:
        """``9:16``."""
        return super().words().partition(" ")[0]


class EditorHeader(QFrame):
    """Shows the session's clip; the buttons are the window's actions."""

    def __init__(
        self, session: ClipSession, actions: Mapping[str, QAction], view: QMenu, menu: QMenu
    ) -> None:
        super().__init__()
        self._session = session
        self.setProperty("role", "bar")
        self.setFixedHeight(HEIGHT_PX)
        self.back = Button(tr("Clips"), "plain", "arrow-left")
        follow(self.back, actions["leave_editor"])
        no_resting_place(self.back)
        self.title = TitleLine(session)
        self.shape = ShapeChoice()
        self.export = Button(tr("Export"), "primary", "export")
        follow(self.export, actions["export"])
        self.setLayout(self._row(actions, view, menu))
        self.shape.chosen.connect(lambda aspect: session.edit(reshape_clip, aspect))
        session.selected.connect(self._show_clip)
        session.clip_changed.connect(self._refresh)
        self._show_clip(session.clip)

    def _row(self, actions: Mapping[str, QAction], view: QMenu, menu: QMenu) -> QHBoxLayout:
        panels, more = IconButton("layout", tr("Panels")), IconButton("list", tr("Menu"))
        panels.setMenu(view)
        more.setMenu(menu)
        safe_area = action_button(actions["safe_area"], "frame-corners")
        palette = action_button(actions["palette"], "magnifying-glass")
        self._extra = (panels, safe_area, palette)
        layout = row(self.back, gap=8, margins=(8, 0, 12, 0))
        layout.addWidget(self.title, 1)
        layout.addSpacing(8)
        for part in (
            action_button(actions["undo"], "arrow-u-up-left"),
            action_button(actions["redo"], "arrow-u-up-right"),
            *(self.shape, safe_area, panels, palette, more, self.export),
        ):
            layout.addWidget(part)
        return layout

    def minimumSizeHint(self) -> QSize:
        """As little as is left when everything gave way that may."""
        return QSize(_LEAST_PX, HEIGHT_PX)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, what is in the menu too gives way to the title."""
        super().resizeEvent(event)
        for button, room in zip(self._extra, _ROOM_FOR_PX, strict=True):
            button.setVisible(event.size().width() >= room)

    def _show_clip(self, clip: Clip | None) -> None:
        self.shape.setEnabled(clip is not None)
        if clip is not None:
            self.shape.show_value(clip.aspect)

    def _refresh(self, clip: Clip) -> None:
        if self._session.clip is not None and clip.id == self._session.clip.id:
            self._show_clip(clip)
