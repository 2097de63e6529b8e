"""Controls made from the tables of what can be set (``domain/properties``)."""

from __future__ import annotations

from typing import Any

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.properties.rows import Choice, Number, OnOff
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.controls import SegmentedControl
from viralclip_desktop.gui.widgets.scaled_slider import ScaledSlider


def property_slider(row: Number, usual: float, name: str = "", most: float | None = None) -> ScaledSlider:
    """A slider over a number; double-click brings ``usual`` (as stored) back. ``name``: what screen readers
    say in the place of the label; ``most``: a higher end than the table's (as shown)."""
    low, high = row.shown
    suffix = f" {tr('s') if row.unit == 's' else row.unit}" if row.unit else ""
    return ScaledSlider(
        name or tr(row.label),
        low,
        high if most is None else most,
        usual * row.scale,
        suffix,
        scale=10**row.decimals,
        decimals=row.decimals,
    )


def stored(row: Number, number: float) -> Any:
    """A number of a slider as it is stored."""
    value = number / row.scale
    if row.whole:
        return round(value)
    return Time.from_seconds(value) if row.is_time else round(value, 5)


def show_stored(slider: ScaledSlider, row: Number, value: Any) -> None:
    """Show what is stored without reporting it."""
    number = value.seconds if isinstance(value, Time) else value
    slider.show_number(number * row.scale)


def property_choice(row: Choice | OnOff, name: str = "") -> SegmentedControl:
    """One of a few choices. ``name``: what screen readers say in the place of the label."""
    words = tuple(enumerate(row.words)) if isinstance(row, OnOff) else row.choices
    pairs = [(bool(value) if isinstance(row, OnOff) else value, tr(text)) for value, text in words]
    return SegmentedControl(name or tr(row.label), pairs)
