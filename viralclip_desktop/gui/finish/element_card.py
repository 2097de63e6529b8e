"""One element of a finish: a switch, and what can be changed of it while it is on."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from viralclip_desktop.domain.layers import Layer
from viralclip_desktop.features.finish import ElementRow
from viralclip_desktop.gui.finish.layer_form import LayerForm
from viralclip_desktop.gui.text import clock_time, tr
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.controls import Switch
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row


class ElementCard(QFrame):
    """Emits ``switched`` when it is to come or go, ``changed`` with a layer and the gesture, ``found`` with
    the moment to go to."""

    switched = Signal(bool)
    changed = Signal(object, str)
    found = Signal(object)

    def __init__(self, element: ElementRow) -> None:
        super().__init__()
        self.element = element
        self.form: LayerForm | None = None
        self._layers: tuple[Layer, ...] = ()
        self._clip_s = 0.0
        self.setProperty("role", "card")
        name = tr(element.label)
        self.setAccessibleName(name)
        self.switch = Switch(name)
        self.note = label("", "note", wrap=True)
        self.go = IconButton("crosshair-simple", tr("Go to its start"))
        head = row(column(label(name, "strong"), self.note, gap=0), gap=8)
        head.setStretch(0, 1)
        head.addWidget(self.go)
        head.addWidget(self.switch)
        self._inside = column(head, gap=8, margins=(12, 10, 12, 10))
        self.setLayout(self._inside)
        self.switch.clicked.connect(self.switched)
        on_click(self.go, lambda: self.found.emit(self._layers[0].range.start))
        self.show_layers((), on=False, clip_s=0.0)

    def add(self, control: QWidget) -> None:
        """What can be changed of an element that is no layer."""
        self._inside.addWidget(control)

    def show_layers(self, layers: Sequence[Layer], *, on: bool, clip_s: float) -> None:
        """What the clip has of it; one layer can be changed here, several on the timeline."""
        alike = [one.id for one in layers] == [one.id for one in self._layers]
        self._layers, self._clip_s = tuple(layers), clip_s
        self.switch.setChecked(on)
        self.go.setVisible(bool(layers))
        self.note.setText(self._told())
        if len(layers) == 1 and alike and self.form is not None:
            self.form.show_layer(layers[0], clip_s)
        elif not (alike and self.form is None):
            self._make_form()

    def _make_form(self) -> None:
        if self.form is not None:
            self._inside.removeWidget(self.form)
            self.form.deleteLater()
            self.form = None
        if len(self._layers) == 1:
            self.form = LayerForm(self._layers[0], self._clip_s)
            self.form.changed.connect(self.changed)
            self._inside.addWidget(self.form)

    def _told(self) -> str:
        if not self._layers:
            return tr(self.element.note)
        if len(self._layers) > 1:
            return tr("{n} on the timeline", n=len(self._layers))
        when = self._layers[0].range
        return f"{clock_time(when.start)} – {clock_time(when.end)}"
