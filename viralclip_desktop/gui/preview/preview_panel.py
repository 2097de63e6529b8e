"""The editor's middle: the picture with what lies over it, and the transport."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QWidget

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.gui.preview.picture import PictureView
from viralclip_desktop.gui.preview.transport import Transport
from viralclip_desktop.gui.session.player import Player
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import action_button
from viralclip_desktop.gui.widgets.layout import column

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.gui.bridge.context import Context

MENU_ACTIONS = ("play", "", "full_still", "save_still", "cover", "", "safe_area", "full_preview")
"""What a right click on the picture offers; empty for a line."""


class _Follower(QObject):
    """Carries what a player tells to a picture, for as long as there is the picture."""

    def __init__(self, picture: PictureView, context: Context) -> None:
        super().__init__(picture)
        self._picture, self._context = picture, context

    def take_plan(self, plan: RenderPlan) -> None:
        """The shape the next pictures have."""
        self._picture.show_aspect(plan.aspect)

    def fail(self, error: Exception) -> None:
        """Say why there is no picture."""
        known = isinstance(error, Fault)
        self._picture.show_message(str(error) if known else tr("This clip can't be shown."))
        if not known and self._picture.isVisible():
            self._context.trouble(error)


def connect_picture(picture: PictureView, player: Player, context: Context) -> None:
    """Show what a player shows. Several views may follow one player; the one in sight sets its size."""
    follower = _Follower(picture, context)
    player.pictured.connect(picture.show_image)
    player.plan_changed.connect(follower.take_plan)
    player.failed.connect(follower.fail)
    picture.room_changed.connect(player.set_room)
    picture.clicked.connect(player.toggle)
    if player.plan is not None:  # it is being shown already
        follower.take_plan(player.plan)


class PreviewPanel(QWidget):
    """A picture and a transport on one player."""

    def __init__(self, context: Context, player: Player, actions: Mapping[str, QAction]) -> None:
        super().__init__()
        self._player, self._actions = player, actions
        self.picture = PictureView()
        self.picture.setCursor(Qt.CursorShape.PointingHandCursor)
        full = action_button(actions["full_preview"], "corners-out")
        self.transport = Transport(player, actions, [full])
        below = column(self.transport, gap=0, margins=(16, 4, 16, 8))
        layout = column(self.picture, below, gap=0)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        connect_picture(self.picture, player, context)
        self.picture.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.picture.customContextMenuRequested.connect(self._show_menu)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A column has height for a second row below the picture."""
        super().resizeEvent(event)
        self.transport.stack(event.size().height() > event.size().width())

    def menu(self) -> QMenu:
        """What can be done with the picture."""
        menu = QMenu(self)
        for name in MENU_ACTIONS:
            if name:
                menu.addAction(self._actions[name])
            else:
                menu.addSeparator()
        return menu

    def _show_menu(self, where: QPoint) -> None:
        menu = self.menu()
        menu.exec(self.picture.mapToGlobal(where))
        menu.deleteLater()
