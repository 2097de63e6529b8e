"""A colour: a swatch that opens a picker, and its hex beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget

from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.colour_picker import ColourPicker
from viralclip_desktop.gui.widgets.layout import row

NO_COLOUR = "#00000000"
_HEX = re.compile(r"^#?([0-9a-fA-F]{3}|[0-9a-fA-F]{6}|[0-9a-fA-F]{8})$")


def qcolor(value: str) -> QColor:
    """``#RRGGBB`` or ``#RRGGBBAA`` as Qt has it."""
    colour = QColor(value[:7])
    colour.setAlpha(int(value[7:9], 16) if len(value) == 9 else 255)
    return colour


def hex_of(colour: QColor) -> str:
    """A Qt colour as ``#RRGGBB``, with ``AA`` where it is not opaque."""
    return colour.name().upper() + (f"{colour.alpha():02X}" if colour.alpha() < 255 else "")


def read_hex(text: str) -> str | None:
    """What was typed as ``#RRGGBB`` or ``#RRGGBBAA``; None when it is no colour."""
    found = _HEX.match(text.strip())
    if found is None:
        return None
    digits = found[1]
    digits = "".join(digit * 2 for digit in digits) if len(digits) == 3 else digits
    return f"#{digits.upper()}"


class Swatch(QAbstractButton):
    """A colour as a small button; a chequered ground shows through what is not opaque."""

    def __init__(self, name: str, value: str = "#FFFFFF") -> None:
        super().__init__()
        self.value = value
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(QSize(tokens.CONTROL_HEIGHT, tokens.CONTROL_HEIGHT))

    def show_value(self, value: str) -> None:
        """Show another colour."""
        self.value = value
        self.setAccessibleDescription(value)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The colour, a line through it where there is none, a ring where focused."""
        painter, colours = QPainter(self), theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, colour = QRectF(self.rect()).adjusted(4, 4, -4, -4), qcolor(self.value)
        painter.setPen(Qt.PenStyle.NoPen)
        if colour.alpha() < 255:
            painter.setBrush(colours.colour("raised"))
            painter.drawRoundedRect(box, 5, 5)
            painter.setBrush(QBrush(colours.colour("faint"), Qt.BrushStyle.Dense6Pattern))
            painter.drawRoundedRect(box, 5, 5)
        painter.setBrush(colour)
        painter.setPen(QPen(colours.colour("faint"), 1))
        painter.setOpacity(1.0 if self.isEnabled() else 0.4)
        painter.drawRoundedRect(box, 5, 5)
        if colour.alpha() == 0:
            painter.setPen(QPen(colours.colour("bad"), 2))
            painter.drawLine(box.bottomLeft() + QPoint(3, -3), box.topRight() + QPoint(-3, 3))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("accent"), tokens.FOCUS_WIDTH))
            painter.drawRoundedRect(box.adjusted(-3, -3, 3, 3), 7, 7)


class ColourField(QWidget):
    """Emits ``moved`` with the colour and the number of the gesture: a drag in the picker is one."""

    moved = Signal(str, int)

    def __init__(self, name: str, value: str = "#FFFFFF", *, optional: bool = False, alpha: bool = True):
        super().__init__()
        self._name, self._gesture, self._alpha = name, 0, alpha
        self._last = "#FFFFFF"
        self.palette_colours: Sequence[str] = ()
        self.swatch = Swatch(name, value)
        self.field = QLineEdit()
        self.field.setAccessibleName(tr("{name}, as hex", name=name))
        self.field.setMinimumWidth(76)
        self.none = IconButton("x", tr("No colour: {name}", name=name))
        self.none.setProperty("size", "small")
        layout = row(self.swatch, gap=6)
        layout.addWidget(self.field, 1)
        layout.addWidget(self.none)
        self.setLayout(layout)
        self.none.setVisible(optional)
        on_click(self.swatch, self.open)
        on_click(self.none, lambda: self._choose(NO_COLOUR))
        self.field.editingFinished.connect(self._typed)
        self.show_value(value)

    @property
    def value(self) -> str:
        """The colour shown."""
        return self.swatch.value

    def show_value(self, value: str) -> None:
        """Show a colour without reporting it."""
        none = qcolor(value).alpha() == 0
        if not none:
            self._last = value
        self.swatch.show_value(value)
        self.none.setEnabled(not none)
        if not self.field.hasFocus() or read_hex(self.field.text()) not in (value, None):
            self.field.setText(tr("None") if none else value.upper())

    def open(self) -> ColourPicker:
        """Open the picker below the swatch."""
        self._gesture += 1
        start = self._last if qcolor(self.value).alpha() == 0 else self.value
        picker = ColourPicker(self, qcolor(start), self._alpha, self.palette_colours)
        picker.picked.connect(self._picked)
        picker.settled.connect(self._next_gesture)
        place = self.mapToGlobal(QPoint(0, self.height() + 4))
        screen = self.screen().availableGeometry()
        if place.y() + picker.height() > screen.bottom():
            place = self.mapToGlobal(QPoint(0, -picker.height() - 4))
        place.setX(max(screen.left(), min(place.x(), screen.right() - picker.width())))
        picker.move(place)
        picker.show()
        return picker

    def _next_gesture(self) -> None:
        self._gesture += 1

    def _picked(self, colour: QColor) -> None:
        self._report(hex_of(colour))

    def _typed(self) -> None:
        value = read_hex(self.field.text())
        if value is not None and not self._alpha:
            value = value[:7]
        if value is None or value == self.value:
            self.field.setText(tr("None") if qcolor(self.value).alpha() == 0 else self.value.upper())
        else:
            self._choose(value)

    def _choose(self, value: str) -> None:
        self._gesture += 1
        self._report(value)

    def _report(self, value: str) -> None:
        self.show_value(value)
        self.moved.emit(value, self._gesture)
