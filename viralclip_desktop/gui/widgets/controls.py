"""Choice controls: segmented control, switch, and a slider with its number."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QGridLayout, QSlider, QSpinBox, QWidget

from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.theme.theme import theme
from viralclip_desktop.gui.widgets.layout import row
from viralclip_desktop.gui.widgets.own_keys import asks_for
from viralclip_desktop.gui.widgets.painting import paint_groove
from viralclip_desktop.gui.widgets.wheel import scroll_past

_GROOVE_PX, _APART_PX = 3, 2
_SEGMENT_PX = tokens.CONTROL_HEIGHT - 2 * _GROOVE_PX
_MANY = 4  # choices, which may stand in two rows
_OWN_KEYS = {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Space}


def keeps_key(event: QEvent) -> bool:
    """Whether this is the question if a focused control wants an arrow, Home, End or Space for itself."""
    return asks_for(event, _OWN_KEYS)


class _Segment(QAbstractButton):
    """One choice of a segmented control."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setText(text)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(text)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Wide enough for the words in bold."""
        metrics = theme().sized(tokens.TYPE_BODY, strong=True)
        width = self.fontMetrics().horizontalAdvance(self.text()) + metrics.pixelSize() // 2
        return QSize(width + 20, _SEGMENT_PX)

    def event(self, event: QEvent) -> bool:
        """Arrows move the choice, not the playhead, while the control has the focus."""
        if keeps_key(event):
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A pill where chosen, a ring where focused."""
        colours, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.isChecked() or self.underMouse():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.colour("accent_fill" if self.isChecked() else "line"))
            painter.drawRoundedRect(box, 5, 5)
        if self.hasFocus():
            ring = "text" if self.isChecked() else "accent"
            painter.setPen(QPen(colours.colour(ring), tokens.FOCUS_WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 4, 4)
        painter.setFont(colours.sized(tokens.TYPE_BODY, strong=self.isChecked()))
        name = "on_accent" if self.isChecked() else ("quiet" if self.isEnabled() else "faint")
        painter.setPen(colours.colour(name))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class SegmentedControl(QWidget):
    """Two to four choices side by side; ``chosen`` carries the value the user picked."""

    chosen = Signal(object)

    def __init__(self, name: str, choices: Sequence[tuple[object, str]]) -> None:
        super().__init__()
        self._values = [value for value, _text in choices]
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(_GROOVE_PX, _GROOVE_PX, _GROOVE_PX, _GROOVE_PX)
        self._grid.setSpacing(_APART_PX)
        for number, (_value, text) in enumerate(choices):
            segment = _Segment(text)
            segment.setAccessibleName(f"{name}: {text}")
            self._group.addButton(segment, number)
        self._columns = 0
        self._lay_out(len(choices))
        self.setAccessibleName(name)
        self._group.idClicked.connect(lambda number: self.chosen.emit(self._values[number]))

    @property
    def value(self) -> object | None:
        """The chosen value."""
        number = self._group.checkedId()
        return self._values[number] if number >= 0 else None

    def show_value(self, value: object) -> None:
        """Show a choice without reporting it."""
        if value in self._values:
            self._group.button(self._values.index(value)).setChecked(True)

    def button(self, value: object) -> QAbstractButton:
        """The button of one choice."""
        return self._group.button(self._values.index(value))

    def sizeHint(self) -> QSize:
        """All in one row."""
        return QSize(self._wide(len(self._values)), self.height())

    def minimumSizeHint(self) -> QSize:
        """Four may stand two and two."""
        return QSize(self._wide(self._fewest), self.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One row, or two where one has no room for the words."""
        super().resizeEvent(event)
        fits = event.size().width() >= self._wide(len(self._values))
        self._lay_out(len(self._values) if fits else self._fewest)

    @property
    def _fewest(self) -> int:
        count = len(self._values)
        return count // 2 if count >= _MANY and count % 2 == 0 else count

    def _wide(self, columns: int) -> int:
        hints = [button.sizeHint().width() for button in self._group.buttons()]
        widths = [max(hints[column::columns]) for column in range(columns)]
        return sum(widths) + _APART_PX * (columns - 1) + 2 * _GROOVE_PX

    def _lay_out(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, button in enumerate(self._group.buttons()):
            self._grid.addWidget(button, number // columns, number % columns)
        for column in range(len(self._values)):
            self._grid.setColumnStretch(column, int(column < columns))
        rows = -(-len(self._values) // columns)
        self.setFixedHeight(rows * _SEGMENT_PX + (rows - 1) * _APART_PX + 2 * _GROOVE_PX)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The groove the choices lie in."""
        paint_groove(QPainter(self), self.rect())


class Switch(QAbstractButton):
    """On or off."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedSize(44, 28)

    def event(self, event: QEvent) -> bool:
        """Space switches while the control has the focus."""
        if keeps_key(event):
            event.accept()
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A groove and a knob."""
        colours, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        groove = QRectF(4, 4, 36, 20)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("accent_fill" if self.isChecked() else "faint"))
        painter.drawRoundedRect(groove, 10, 10)
        painter.setBrush(colours.colour("on_accent"))
        painter.drawEllipse(QRectF(22 if self.isChecked() else 6, 6, 16, 16))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("accent"), tokens.FOCUS_WIDTH))
            painter.drawRoundedRect(groove.adjusted(-3, -3, 3, 3), 13, 13)


class PlainSlider(QSlider):
    """A thin slider in the theme's colours; double-click calls for the default."""

    reset_asked = Signal()

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(24)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The wheel turns the page: who scrolls by must not edit on the way."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """Arrows move the slider while it has the focus; Space, which it has no use for, plays."""
        if asks_for(event, _OWN_KEYS - {Qt.Key.Key_Space}):
            event.accept()
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The knob jumps to the pointer and follows it."""
        self.setSliderDown(True)
        self._follow(event.position().x())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the pointer."""
        if self.isSliderDown():
            self._follow(event.position().x())

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let go."""
        self.setSliderDown(False)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Back to the default."""
        self.reset_asked.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A groove filled up to the knob."""
        colours, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle, left, right = self.height() / 2, 9.0, self.width() - 9.0
        x = left + (right - left) * self._share()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colours.colour("line"))
        painter.drawRoundedRect(QRectF(left, middle - 2, right - left, 4), 2, 2)
        painter.setBrush(colours.colour("accent" if self.isEnabled() else "faint"))
        painter.drawRoundedRect(QRectF(left, middle - 2, x - left, 4), 2, 2)
        painter.drawEllipse(QRectF(x - 7, middle - 7, 14, 14))
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colours.colour("text"), tokens.FOCUS_WIDTH))
            painter.drawEllipse(QRectF(x - 8, middle - 8, 16, 16))

    def _share(self) -> float:
        return (self.value() - self.minimum()) / max(1, self.maximum() - self.minimum())

    def _follow(self, x: float) -> None:
        share = min(1.0, max(0.0, (x - 9) / max(1, self.width() - 18)))
        self.setValue(round(self.minimum() + share * (self.maximum() - self.minimum())))


class NumberSlider(QWidget):
    """A slider with its number beside it; double-click on the slider brings the default back.

    ``moved`` carries the value and the number of the gesture, so that one drag is one edit.
    """

    moved = Signal(int, int)

    def __init__(
        self,
        name: str,
        low: int,
        high: int,
        default: int,
        suffix: str = "",
        *,
        field: QSpinBox | None = None,
    ) -> None:
        super().__init__()
        self._gesture, self._default = 0, default
        self.slider, self.field = PlainSlider(), field or QSpinBox()
        for part in (self.slider, self.field):
            part.setRange(low, high)
            part.setValue(default)
            part.setAccessibleName(name)
        self.field.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.field.setSuffix(suffix)
        metrics = self.field.fontMetrics()
        longer = metrics.horizontalAdvance(suffix) - metrics.horizontalAdvance(" dB")
        self.field.setFixedWidth(64 + max(0, longer))  # units are words in some languages
        self.field.setKeyboardTracking(False)
        self.setLayout(row(self.slider, self.field))
        scroll_past(self.field)
        self.slider.sliderPressed.connect(self._next_gesture)
        self.slider.valueChanged.connect(self._from_slider)
        self.field.valueChanged.connect(self._from_field)
        self.slider.reset_asked.connect(lambda: self.slider.setValue(self._default))

    @property
    def value(self) -> int:
        """The number shown."""
        return self.field.value()

    def show_value(self, value: int) -> None:
        """Show a number without reporting it; a drag in progress is left alone."""
        if self.slider.isSliderDown():
            return
        for part in (self.slider, self.field):
            part.blockSignals(True)
            part.setValue(value)
            part.blockSignals(False)
        self.slider.update()

    def fit(self, low: int, high: int) -> None:
        """Let it go from one number to another; nothing is reported."""
        for part in (self.slider, self.field):
            part.blockSignals(True)
            part.setRange(low, high)
            part.blockSignals(False)
        self.slider.update()

    def _next_gesture(self) -> None:
        self._gesture += 1

    def _from_slider(self, value: int) -> None:
        if not self.slider.isSliderDown():
            self._next_gesture()
        self.field.blockSignals(True)
        self.field.setValue(value)
        self.field.blockSignals(False)
        self.moved.emit(value, self._gesture)

    def _from_field(self, value: int) -> None:
        self._next_gesture()
        self.slider.blockSignals(True)
        self.slider.setValue(value)
        self.slider.blockSignals(False)
        self.slider.update()
        self.moved.emit(value, self._gesture)
