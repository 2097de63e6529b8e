"""What can be changed of a layer that finishing laid: its text, and the rows of its kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.edits.new_layers import START_DUCK_DB
from viralclip_desktop.domain.layers import Layer, LayerKind, TitleLayer, TitleLook
from viralclip_desktop.domain.properties import layers as properties
from viralclip_desktop.domain.properties.rows import Choice, Colour, Number, Property
from viralclip_desktop.gui.common.property_controls import (
    property_choice,
    property_slider,
    show_stored,
    stored,
)
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.colour_field import NO_COLOUR, ColourField, qcolor
from viralclip_desktop.gui.widgets.fold import Fold
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.scaled_slider import ScaledSlider
from viralclip_desktop.gui.widgets.setting_row import setting_row
from viralclip_desktop.gui.widgets.typed import show_stored_text

_NAME_PX = 68
_SHORTEST_S = 0.3
_OFFERED: dict[LayerKind, tuple[Property, ...]] = {
    LayerKind.TITLE: (
        properties.SIZE,
        properties.TOP,
        properties.COLOUR,
        properties.PLATE,
        properties.MOTION,
    ),
    LayerKind.PROGRESS: (properties.HEIGHT, properties.TOP, properties.COLOUR, properties.TRACK),
    LayerKind.MUSIC: (properties.VOLUME, properties.DUCK),
    LayerKind.EFFECT: (properties.VOLUME,),
    LayerKind.PICTURE: (properties.OPACITY, properties.PICTURE_FADE, properties.MOTION),
}
_HEIGHTS = replace(properties.TOP, label="Place", low=0, high=1)
"""A layer's height on the picture, as it is offered here."""


class LayerForm(QWidget):
    """Emits ``changed`` with the layer and the gesture."""

    changed = Signal(object, str)

    def __init__(self, layer: Layer, clip_s: float) -> None:
        super().__init__()
        self.layer = layer
        self.texts = [_text_field(name) for name in _text_names(layer)]
        self.fields: dict[str, Any] = {}
        self._show: list[Callable[[Layer], None]] = []
        rows = [self._row(_HEIGHTS if row is properties.TOP else row) for row in _OFFERED[layer.kind]]
        if layer.kind is not LayerKind.PROGRESS:
            rows += self._time_rows()
        inside = QWidget()
        inside.setLayout(column(*rows, gap=6))
        self.more = Fold(tr("Adjust"), inside)
        self.setLayout(column(*self.texts, self.more, gap=6))
        for field in self.texts:
            field.editingFinished.connect(self._typed)
        self.show_layer(layer, clip_s)

    @property
    def first_field(self) -> QWidget:
        """Where the keyboard begins."""
        field: QWidget = next(iter(self.fields.values())).field
        return field

    def show_layer(self, layer: Layer, clip_s: float) -> None:
        """The layer as it is stored, on a clip of so many seconds."""
        self.layer = layer
        self._show_text()
        for name, shortest in (("start", 0.0), ("length", _SHORTEST_S)):
            if name in self.fields:
                self.fields[name].fit_numbers(shortest, max(shortest, clip_s - _SHORTEST_S + shortest))
        for show in self._show:
            show(layer)

    def _show_text(self) -> None:
        if isinstance(self.layer, TitleLayer):
            text, count = self.layer.text, len(self.texts)
            lines = text.split("\n", count - 1) if count > 1 else [text]
            for field, line in zip(self.texts, [*lines, ""], strict=False):
                show_stored_text(field, line)

    def _typed(self) -> None:
        for field in self.texts:
            field.setModified(False)
        text = "\n".join(field.text().strip() for field in self.texts).strip()
        if isinstance(self.layer, TitleLayer) and text and text != self.layer.text:
            self._set("", text=text)
        else:
            self._show_text()

    def _row(self, row: Property) -> QWidget:
        match row:
            case Number():
                control: Any = property_slider(row, _value(self.layer, row.field))
                control.scaled.connect(
                    lambda value, n: self._set(f"{row.field}-{n}", **{row.field: stored(row, value)})
                )
                control.field.setFixedWidth(72)
                self._show.append(lambda layer: show_stored(control, row, _value(layer, row.field)))
            case Colour():
                control = ColourField(tr(row.label), _colour(self.layer, row.field), optional=row.optional)
                control.moved.connect(
                    lambda value, n: self._set(f"{row.field}-{n}", **_coloured(self.layer, row.field, value))
                )
                self._show.append(lambda layer: control.show_value(_colour(layer, row.field)))
            case Choice():
                control = property_choice(row)
                control.chosen.connect(lambda value: self._set("", **{row.field: value}))
                self._show.append(lambda layer: control.show_value(getattr(layer, row.field)))
            case _:
                raise ValueError(f"no control for {row}")
        self.fields[row.field] = control
        return setting_row(tr(row.label), control, name_px=_NAME_PX)

    def _time_rows(self) -> list[QWidget]:
        unit = f" {tr('s')}"
        start = ScaledSlider(tr("Start"), 0, 0, 0, unit)
        length = ScaledSlider(tr("Length"), _SHORTEST_S, _SHORTEST_S, 2.5, unit)
        start.scaled.connect(lambda value, n: self._set_range(f"start-{n}", start_s=value))
        length.scaled.connect(lambda value, n: self._set_range(f"length-{n}", length_s=value))
        self._show.append(lambda layer: start.show_number(layer.range.start.seconds))
        self._show.append(lambda layer: length.show_number(layer.range.duration.seconds))
        self.fields |= {"start": start, "length": length}
        for slider in (start, length):
            slider.field.setFixedWidth(72)
        named = ((tr("Start"), start), (tr("Length"), length))
        return [setting_row(name, slider, name_px=_NAME_PX) for name, slider in named]

    def _set_range(self, gesture: str, start_s: float | None = None, length_s: float | None = None) -> None:
        start = self.layer.range.start if start_s is None else Time.from_seconds(start_s)
        length = self.layer.range.duration if length_s is None else Time.from_seconds(length_s)
        self._set(gesture, range=TimeRange(start, start + length))

    def _set(self, gesture: str, **values: Any) -> None:
        self.layer = replace(self.layer, **values)
        self.changed.emit(self.layer, gesture)


def _value(layer: Layer, field: str) -> float:
    """A number of a layer; times in seconds."""
    value = getattr(layer, field)
    if isinstance(value, Time):
        return value.seconds
    return START_DUCK_DB if value is None else float(value)  # a depth that the mix decides


def _colour(layer: Layer, field: str) -> str:
    """A colour of a layer as it is seen: letters that stand on nothing have no plate."""
    if field == properties.PLATE.field and isinstance(layer, TitleLayer) and layer.look is TitleLook.PLAIN:
        return NO_COLOUR
    return str(getattr(layer, field))


def _coloured(layer: Layer, field: str, value: str) -> dict[str, Any]:
    """What changes with a colour: letters that get a plate stand on it, and on nothing without one."""
    changes: dict[str, Any] = {field: value}
    if field == properties.PLATE.field and isinstance(layer, TitleLayer):
        if qcolor(value).alpha() == 0 and layer.look is TitleLook.PLATE:
            return {"look": TitleLook.PLAIN}
        if layer.look is TitleLook.PLAIN:
            changes["look"] = TitleLook.PLATE
    return changes


def _text_names(layer: Layer) -> list[str]:
    if not isinstance(layer, TitleLayer):
        return []
    return [tr("Name"), tr("Below it")] if layer.look is TitleLook.LOWER_THIRD else [tr("Text")]


def _text_field(name: str) -> QLineEdit:
    made = QLineEdit()
    made.setAccessibleName(name)
    made.setPlaceholderText(name)
    return made
