"""The bar over the editor: back, the title, undo and redo, the shape, the safe area, export."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QMenu, QSizePolicy

from viralclip_desktop.core.geometry import Aspect
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.features.editing import reshape_clip
from viralclip_desktop.gui.editor.title_line import TitleLine
from viralclip_desktop.gui.session.clip_session import ClipSession
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, action_button, follow, no_resting_place
from viralclip_desktop.gui.widgets.layout import row

HEIGHT_PX = 52

_SHAPES = {
    Aspect.VERTICAL: "9:16  Vertical",
    Aspect.PORTRAIT: "4:5  Portrait",
    Aspect.SQUARE: "1:1  Square",
    Aspect.WIDE: "16:9  Wide",
}


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
        self.shape = QComboBox()
        self.shape.setAccessibleName(tr("Shape"))
        self.shape.view().setAccessibleName(tr("Shapes"))
        self.shape.setToolTip(tr("Shape of the picture"))
        self.shape.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        for aspect, name in _SHAPES.items():
            self.shape.addItem(tr(name), aspect)
        self.export = Button(tr("Export"), "primary", "export")
        follow(self.export, actions["export"])
        self.setLayout(self._row(actions, view, menu))
        self.shape.activated.connect(self._shape_chosen)
        session.selected.connect(self._show_clip)
        session.clip_changed.connect(self._refresh)
        self._show_clip(session.clip)

    def _row(self, actions: Mapping[str, QAction], view: QMenu, menu: QMenu) -> QHBoxLayout:
        panels, more = IconButton("layout", tr("Panels")), IconButton("list", tr("Menu"))
        panels.setMenu(view)
        more.setMenu(menu)
        layout = row(self.back, gap=8, margins=(8, 0, 12, 0))
        layout.addWidget(self.title, 1)
        layout.addSpacing(8)
        for part in (
            action_button(actions["undo"], "arrow-u-up-left"),
            action_button(actions["redo"], "arrow-u-up-right"),
            self.shape,
            action_button(actions["safe_area"], "frame-corners"),
            panels,
            action_button(actions["palette"], "magnifying-glass"),
            more,
            self.export,
        ):
            layout.addWidget(part)
        return layout

    def _show_clip(self, clip: Clip | None) -> None:
        self.shape.setEnabled(clip is not None)
        if clip is not None:
            self.shape.setCurrentIndex(list(_SHAPES).index(clip.aspect))

    def _refresh(self, clip: Clip) -> None:
        if self._session.clip is not None and clip.id == self._session.clip.id:
            self._show_clip(clip)

    def _shape_chosen(self, index: int) -> None:
        self._session.edit(reshape_clip, list(_SHAPES)[index])
