"""A slider for numbers that are not whole: seconds, ems, decibels."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QSpinBox

from viralclip_desktop.gui.text import decimal, read_number
from viralclip_desktop.gui.widgets.controls import NumberSlider


class DecimalField(QSpinBox):
    """Whole steps inside, a decimal number outside: ``scale`` steps are 1."""

    def __init__(self, scale: int, decimals: int) -> None:
        super().__init__()
        self._scale, self._decimals = scale, decimals

    def textFromValue(self, value: int) -> str:
        """The number as it is shown."""
        return decimal(value / self._scale, self._decimals)

    def valueFromText(self, text: str) -> int:
        """What was typed, in steps."""
        try:
            return round(self._number(text) * self._scale)
        except ValueError:
            return self.value()

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        """Any number, finished or not."""
        try:
            number = round(self._number(text) * self._scale)
        except ValueError:
            unfinished = all(sign in "-+.,0123456789 " for sign in text.removesuffix(self.suffix()))
            state = QValidator.State.Intermediate if unfinished else QValidator.State.Invalid
            return state, text, at
        inside = self.minimum() <= number <= self.maximum()
        return (QValidator.State.Acceptable if inside else QValidator.State.Intermediate), text, at

    def _number(self, text: str) -> float:
        return read_number(text.removesuffix(self.suffix()))


class ScaledSlider(NumberSlider):
    """A :class:`NumberSlider` for decimal numbers; ``scaled`` carries the number and the gesture."""

    scaled = Signal(float, int)

    def __init__(
        self,
        name: str,
        low: float,
        high: float,
        default: float,
        suffix: str = "",
        *,
        scale: int = 10,
        decimals: int = 1,
    ) -> None:
        steps = (round(low * scale), round(high * scale), round(default * scale))
        super().__init__(name, *steps, suffix, field=DecimalField(scale, decimals))
        self._scale = scale
        self.moved.connect(lambda value, gesture: self.scaled.emit(value / scale, gesture))

    @property
    def number(self) -> float:
        """The number shown."""
        return self.value / self._scale

    def fit_numbers(self, low: float, high: float) -> None:
        """Let it go from one number to another; nothing is reported."""
        self.fit(round(low * self._scale), round(high * self._scale))

    def show_number(self, number: float) -> None:
        """Show a number without reporting it; a drag in progress is left alone."""
        self.show_value(round(number * self._scale))
