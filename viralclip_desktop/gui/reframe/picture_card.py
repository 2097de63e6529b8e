"""One picture or film over a clip: size, place, opacity, fade, time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from viralclip_desktop.core.time import Time, TimeRange, format_clock
from viralclip_desktop.domain.brand import Corner
from viralclip_desktop.domain.clip import Layer
from viralclip_desktop.gui.common.corner_picker import CornerPicker
from viralclip_desktop.gui.reframe.placing import START_WIDTH, corner_of, in_corner
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.controls import NumberSlider, SegmentedControl
from viralclip_desktop.gui.widgets.labels import ElidedLabel, label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import IconLabel
from viralclip_desktop.gui.widgets.scaled_slider import ScaledSlider
from viralclip_desktop.gui.widgets.setting_row import setting_row

LONGEST_FADE_S, SHORTEST_S = 5.0, 0.2
_NAME_PX = 68


class PictureCard(QFrame):
    """Emits ``changed`` with the layer and the gesture, ``removed`` with its id, ``found`` to go to it."""

    changed = Signal(object, str)
    removed = Signal(str)
    found = Signal(object)

    def __init__(self, layer: Layer, clip_s: float, frame_ratio: float) -> None:
        super().__init__()
        self.layer, self._frame_ratio, self._ratio = layer, frame_ratio, 16 / 9
        self.setProperty("role", "card")
        name, seconds = Path(layer.path).name, f" {tr('s')}"
        self.setAccessibleName(f"{tr('Overlay')}: {name}")
        self._name, self._when = ElidedLabel(name, "strong"), label("", "note")
        self.go = IconButton("crosshair-simple", tr("Go to its start"))
        self.remove = IconButton("trash", tr("Remove {name}", name=name))
        self.whole = SegmentedControl(tr("Size"), [(True, tr("Whole frame")), (False, tr("Part of it"))])
        self.corner = CornerPicker(tr("Place"))
        self.width_share = NumberSlider(tr("Width"), 5, 95, round(100 * START_WIDTH), " %")
        self.opacity = NumberSlider(tr("Opacity"), 5, 100, 100, " %")
        self.fade = ScaledSlider(tr("Fade"), 0, LONGEST_FADE_S, 0, seconds)
        self.start = ScaledSlider(tr("Start"), 0, max(0.0, clip_s - SHORTEST_S), 0, seconds)
        self.length = ScaledSlider(tr("Length"), SHORTEST_S, max(SHORTEST_S, clip_s), 4, seconds)
        for slider in (self.width_share, self.opacity, self.fade, self.start, self.length):
            slider.field.setFixedWidth(72)
        self._lay_out()
        self._connect()
        self.show_layer(layer, frame_ratio)

    def _lay_out(self) -> None:
        head = row(IconLabel("image", 20, "track_overlay"), gap=8)
        head.addLayout(column(self._name, self._when, gap=0), 1)
        head.addWidget(self.go)
        head.addWidget(self.remove)
        self._part = QWidget()
        place = setting_row(tr("Place"), self.corner, wide=False, name_px=_NAME_PX)
        width = setting_row(tr("Width"), self.width_share, name_px=_NAME_PX)
        self._part.setLayout(column(place, width, gap=6))
        rows = [
            setting_row(words, slider, name_px=_NAME_PX)
            for words, slider in (
                (tr("Opacity"), self.opacity),
                (tr("Fade"), self.fade),
                (tr("Start"), self.start),
                (tr("Length"), self.length),
            )
        ]
        self.setLayout(column(head, self.whole, self._part, *rows, gap=6, margins=(12, 10, 12, 10)))

    def _connect(self) -> None:
        self.whole.chosen.connect(self._size_chosen)
        self.corner.chosen.connect(lambda corner: self._put(corner, self.layer.width, ""))
        self.width_share.moved.connect(
            lambda value, n: self._put(self.corner.value, value / 100, f"width-{n}")
        )
        self.opacity.moved.connect(lambda value, n: self._set(f"opacity-{n}", opacity=value / 100))
        self.fade.scaled.connect(lambda value, n: self._set(f"fade-{n}", fade=Time.from_seconds(value)))
        self.start.scaled.connect(self._start_moved)
        self.length.scaled.connect(self._length_moved)
        on_click(self.go, lambda: self.found.emit(self.layer.range.start))
        on_click(self.remove, lambda: self.removed.emit(self.layer.id))

    def show_ratio(self, ratio: float) -> None:
        """The picture's width over its height, once that is known."""
        self._ratio = ratio
        self.show_layer(self.layer, self._frame_ratio)

    def show_layer(self, layer: Layer, frame_ratio: float) -> None:
        """The layer as it is stored, over a frame of some shape."""
        self.layer, self._frame_ratio = layer, frame_ratio
        missing = not Path(layer.path).is_file()
        when = f"{format_clock(layer.range.start)} – {format_clock(layer.range.end)}"
        self._when.setText(tr("The file is missing") if missing else when)
        self._when.setProperty("role", "bad" if missing else "note")
        self.setToolTip(layer.path)
        whole = layer.width >= 1
        self.whole.show_value(whole)
        self._part.setVisible(not whole)
        if not whole:
            self.corner.show_value(corner_of(layer, self._ratio, frame_ratio))
            self.width_share.show_value(round(100 * layer.width))
        self.opacity.show_value(round(100 * layer.opacity))
        self.fade.show_number(layer.fade.seconds)
        self.start.show_number(layer.range.start.seconds)
        self.length.show_number(layer.range.duration.seconds)

    def _size_chosen(self, whole: object) -> None:
        if whole:
            self._set("", width=1.0, x=0.0, y=0.0)
        elif self.layer.width >= 1:
            self._put(Corner.TOP_RIGHT, START_WIDTH, "")

    def _put(self, corner: object, width: float, gesture: str) -> None:
        if isinstance(corner, Corner):
            self._tell(in_corner(self.layer, corner, width, self._ratio, self._frame_ratio), gesture)

    def _start_moved(self, seconds: float, gesture: int) -> None:
        start = Time.from_seconds(seconds)
        self._set(f"start-{gesture}", range=TimeRange(start, start + self.layer.range.duration))

    def _length_moved(self, seconds: float, gesture: int) -> None:
        start = self.layer.range.start
        self._set(f"length-{gesture}", range=TimeRange(start, start + Time.from_seconds(seconds)))

    def _set(self, gesture: str, **values: object) -> None:
        self._tell(replace(self.layer, **values), gesture)  # type: ignore[arg-type]

    def _tell(self, layer: Layer, gesture: str) -> None:
        self.layer = layer
        self.changed.emit(layer, gesture)
