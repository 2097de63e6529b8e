"""The calm place to drop a recording on, with the one primary button of the start page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.theme.tokens import RADIUS_CARD
from viralclip_desktop.gui.widgets.buttons import Button, follow
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.messages import IconLabel


class DropZone(QFrame):
    """Lights up while a file hovers over the window. The window itself takes the drop."""

    def __init__(self, open_action: QAction) -> None:
        super().__init__()
        self._lit = False
        self.button = Button(tr("Open a recording"), "primary", "folder-open")
        shortcut = open_action.shortcut().toString(open_action.shortcut().SequenceFormat.NativeText)
        self.button.setToolTip(tr("Open a recording ({shortcut})", shortcut=shortcut))
        follow(self.button, open_action)
        centre = Qt.AlignmentFlag.AlignHCenter
        layout = column(None, gap=8, margins=(24, 24, 24, 24))
        layout.addWidget(IconLabel("film-strip", 40, "accent"), 0, centre)
        layout.addSpacing(4)
        layout.addWidget(label(tr("Drop a video here"), "page"), 0, centre)
        note = tr("The best moments become captioned clips. Everything stays on this computer.")
        layout.addWidget(label(note, "quiet"), 0, centre)
        layout.addSpacing(8)
        layout.addWidget(self.button, 0, centre)
        layout.addStretch(1)
        self.setLayout(layout)
        self.setFixedHeight(260)
        self.setAccessibleName(tr("Drop a video here"))

    def light(self, lit: bool) -> None:
        """Show that a drop would be taken."""
        if lit != self._lit:
            self._lit = lit
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ground with a dashed border."""
        colours, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colours.colour("accent" if self._lit else "faint"), 2 if self._lit else 1.5)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(colours.colour("raised" if self._lit else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS_CARD, RADIUS_CARD)
