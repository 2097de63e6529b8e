"""The bar above the tracks: what is done often, snapping, ripple and zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QWidget

from viralclip_desktop.gui.text import plain, tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, on_click
from viralclip_desktop.gui.widgets.layout import row

if TYPE_CHECKING:
    from viralclip_desktop.gui.timeline.control import TimelineControl

HEIGHT_PX = 36


class ToolToggle(IconButton):
    """An icon button that stays pressed; the accent shows that it is."""

    def __init__(self, icon: str, name: str, shortcut: str = "") -> None:
        super().__init__(icon, name, shortcut)
        self.setCheckable(True)
        small(self)
        self.toggled.connect(lambda _on: self._paint_icon())

    def _paint_icon(self) -> None:
        self.setIcon(theme().icon(self._icon_name, "accent" if self.isChecked() else "quiet"))


class TimelineBar(QFrame):
    """Buttons only: the panel ties them to what they do."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "strip")
        self.split = tool("scissors", tr("Split at the playhead"), "S")
        self.lift = tool("trash", tr("Delete"), "Del")
        self.ripple_delete = tool(
            "arrows-in-line-horizontal", tr("Ripple delete: close the gap"), "Shift+Del"
        )
        self.marker = tool("flag", tr("Add a marker"), "M")
        self.title = tool("text-t", tr("Add a title"), "Ctrl+T")
        self.snap = ToolToggle("magnet", tr("Snap"), "N")
        self.ripple = ToolToggle("link-simple", tr("Ripple: what lies behind moves along"))
        self.items = ToolToggle("list-bullets", tr("Items as a list"))
        self.zoom_out, self.zoom_in = tool("minus", tr("Zoom out")), tool("plus", tr("Zoom in"))
        self.fit = Button(tr("Fit"), "plain")
        self.fit.setToolTip(plain(tr("Show the whole clip") + " (\\)"))
        self.fit.setFixedHeight(tokens.CONTROL_HEIGHT_SMALL)
        self.fit.setStyleSheet(_SMALL)
        left = row(self.split, self.lift, self.ripple_delete, divider(), self.marker, self.title, gap=4)
        right = row(
            self.items, self.snap, self.ripple, divider(), self.zoom_out, self.fit, self.zoom_in, gap=4
        )
        layout = row(gap=8, margins=(8, 4, 8, 3))
        layout.addLayout(left)
        layout.addStretch(1)
        layout.addLayout(right)
        self.setLayout(layout)
        self.setFixedHeight(HEIGHT_PX)
        self.setAccessibleName(tr("Timeline tools"))

    def show_state(self, control: TimelineControl) -> None:
        """Enable what makes sense and press what is on."""
        with_clip = control.clip is not None
        some = bool(control.selection.keys)
        for button in (self.split, self.marker, self.title, self.zoom_in, self.zoom_out, self.fit):
            button.setEnabled(with_clip)
        self.lift.setEnabled(with_clip and (some or control.scene.loop is not None))
        self.ripple_delete.setEnabled(self.lift.isEnabled())
        self.snap.setChecked(control.snapping)
        self.ripple.setChecked(control.ripple)


_SMALL = "QPushButton { min-height: 24px; max-height: 24px; padding: 0 6px; }"
_SMALL_TOOL = "QToolButton { min-width: 24px; max-width: 24px; min-height: 24px; max-height: 24px; }"


def tool(icon: str, name: str, shortcut: str = "") -> IconButton:
    """An icon button of the bar's height."""
    return small(IconButton(icon, name, shortcut))


def small(button: IconButton) -> IconButton:
    """28 pixels instead of 32."""
    button.setStyleSheet(_SMALL_TOOL)
    button.setIconSize(QSize(tokens.ICON_SMALL, tokens.ICON_SMALL))
    return button


def divider() -> QWidget:
    """A short upright line between groups."""
    made = QFrame()
    made.setProperty("role", "line")
    made.setFixedSize(1, 16)
    made.setStyleSheet("min-height: 16px; max-height: 16px;")
    return made


def tie(bar: TimelineBar, control: TimelineControl) -> None:
    """Toggles and zoom act on the control and show its state."""
    bar.snap.clicked.connect(control.set_snapping)
    bar.ripple.clicked.connect(control.set_ripple)
    on_click(bar.zoom_in, control.zoom_in)
    on_click(bar.zoom_out, control.zoom_out)
    on_click(bar.fit, control.fit)
    for signal in (control.selection_changed, control.remodelled, control.loop_changed):
        signal.connect(lambda *_: bar.show_state(control))
    for toggled in (control.snap_changed, control.ripple_changed):
        toggled.connect(lambda _on: bar.show_state(control))
    bar.show_state(control)
