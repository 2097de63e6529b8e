"""The full-screen preview: only the picture, and the transport while the pointer moves."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QCloseEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from viralclip_desktop.gui.preview.picture import PictureView
from viralclip_desktop.gui.preview.preview_panel import connect_picture
from viralclip_desktop.gui.preview.transport import Transport
from viralclip_desktop.gui.session.player import Player
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.layout import column, frame

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context

_HIDE_MS = 2500  # the pointer at rest: nobody looks for a button
_WIDEST_PX = 720

KEYS = (
    "play", "forward", "pause", "reverse", "back", "ahead", "previous_frame", "next_frame", "to_start",
    "to_end", "set_in", "set_out", "clear_in_out", "full_still", "undo", "redo",
)  # fmt: skip
"""Actions whose keys work here too."""


class FullScreenPreview(QWidget):
    """Fills the screen with the player's picture; Escape or F leaves. ``left`` is emitted then."""

    left = Signal()

    def __init__(
        self, context: Context, player: Player, actions: Mapping[str, QAction], parent: QWidget
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setWindowTitle(tr("Preview"))
        self.setObjectName("full-preview")
        self.setAccessibleName(tr("Full-screen preview"))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.picture = PictureView()
        leave = IconButton("corners-in", tr("Leave full screen"), "Esc")
        self.transport = Transport(player, actions, [leave])
        self.bar = frame("float", column(self.transport, margins=(16, 8, 16, 8)), self)
        self.setLayout(column(self.picture, gap=0))
        self.bar.raise_()
        connect_picture(self.picture, player, context)
        for name in KEYS:
            self.addAction(actions[name])
        on_click(leave, self.close)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(_HIDE_MS)
        self._rest.timeout.connect(self._hide_bar)
        self._watch_pointer(player)

    def _watch_pointer(self, player: Player) -> None:
        for widget in (self, self.picture, self.bar):
            widget.setMouseTracking(True)
            widget.installEventFilter(self)
        player.playing_changed.connect(self._show_bar)

    def open_on(self, image_of: PictureView) -> None:
        """Fill the screen, beginning with the picture of another view."""
        self.picture.show_aspect(image_of.aspect)
        if not image_of.image.isNull():
            self.picture.show_image(image_of.image)
        self.showFullScreen()
        self.setFocus()
        self._show_bar()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and F leave."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_F):
            self.close()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Back to the window."""
        self._rest.stop()
        self.unsetCursor()
        super().closeEvent(event)
        self.left.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The bar stays at the bottom, in the middle."""
        super().resizeEvent(event)
        width = min(_WIDEST_PX, self.width() - 48)
        height = self.bar.sizeHint().height()
        self.bar.setGeometry((self.width() - width) // 2, self.height() - height - 24, width, height)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """The pointer moved: show what it may want."""
        if event.type() in (QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress):
            self._show_bar()
        return False

    def _show_bar(self) -> None:
        self.bar.show()
        self.unsetCursor()
        self._rest.start()

    def _hide_bar(self) -> None:
        if not self.bar.underMouse() and not self.bar.isAncestorOf(self.focusWidget() or self):
            self.bar.hide()
            self.setCursor(Qt.CursorShape.BlankCursor)
