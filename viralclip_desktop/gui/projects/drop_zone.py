"""The calm place to drop a recording on, with the one primary button of the start page."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QAction, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame

from viralclip_desktop.gui.text import plain, tr
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.theme.tokens import RADIUS_CARD
from viralclip_desktop.gui.widgets.buttons import Button, follow
from viralclip_desktop.gui.widgets.controls import Switch
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import IconLabel

_HEIGHT_PX, _GROWN_PX = 116, 200


class DropZone(QFrame):
    """Lights up while a file hovers over the window. The window itself takes the drop. ``switched``: whether
    all is to be done without a question."""

    switched = Signal(bool)

    def __init__(self, open_action: QAction, batch_action: QAction) -> None:
        super().__init__()
        self._lit = False
        self.button = Button(tr("Open a recording"), "primary", "folder-open")
        shortcut = open_action.shortcut().toString(open_action.shortcut().SequenceFormat.NativeText)
        self.button.setToolTip(plain(tr("Open a recording ({shortcut})", shortcut=shortcut)))
        follow(self.button, open_action)
        self.batch = Button(tr("Make a batch"), "", "stack")
        follow(self.batch, batch_action)
        self.hands_off = Switch(tr("Do it all"))
        self.hands_off.clicked.connect(lambda on: self.switched.emit(bool(on)))
        self._note = label("", "quiet")
        words = column(None, label(tr("Drop a video here"), "page"), self._note, None, gap=4)
        switch = row(None, label(tr("Do it all"), "quiet"), self.hands_off, gap=4)
        buttons = column(None, row(None, self.batch, self.button), switch, None, gap=8)
        layout = row(IconLabel("film-strip", 40, "accent"), gap=24, margins=(32, 0, 32, 0))
        layout.addLayout(words, 1)
        layout.addLayout(buttons)
        self.setLayout(layout)
        self.show_hands_off(False)
        self.setMinimumHeight(_HEIGHT_PX)
        self.setMaximumHeight(_HEIGHT_PX)
        self.setAccessibleName(tr("Drop a video here"))

    def show_hands_off(self, on: bool) -> None:
        """Say what becomes of a recording."""
        found = tr("The best moments become captioned clips. Everything stays on this computer.")
        all_of_it = tr("Its best moments are tightened, finished and exported. Then you keep or drop them.")
        self.hands_off.setChecked(on)
        self._note.setText(all_of_it if on else found)

    def light(self, lit: bool) -> None:
        """Show that a drop would be taken."""
        if lit != self._lit:
            self._lit = lit
            self.update()

    def grow(self, grown: bool) -> None:
        """Take more room if there is any: while there is nothing else on the page."""
        self.setMaximumHeight(_GROWN_PX if grown else _HEIGHT_PX)

    def sizeHint(self) -> QSize:
        """As high as it may be."""
        return QSize(super().sizeHint().width(), self.maximumHeight())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ground with a dashed border."""
        colours, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(colours.colour("accent" if self._lit else "faint"), 2 if self._lit else 1.5)
        pen.setDashPattern([4, 4])
        painter.setPen(pen)
        painter.setBrush(colours.colour("raised" if self._lit else "surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), RADIUS_CARD, RADIUS_CARD)
