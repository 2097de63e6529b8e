"""One picture or film over a clip: size, place, opacity, fade, time."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.brand import Corner
from viralclip_desktop.domain.edits.placing import START_WIDTH, corner_of, in_corner
from viralclip_desktop.domain.layers import PictureLayer
from viralclip_desktop.domain.properties.layers import OPACITY, PICTURE_FADE, WIDTH
from viralclip_desktop.gui.common.corner_picker import CornerPicker
from viralclip_desktop.gui.common.property_controls import property_slider, show_stored, stored
from viralclip_desktop.gui.text import clock_time, plain, tr
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.controls import SegmentedControl
from viralclip_desktop.gui.widgets.labels import ElidedLabel, label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import IconLabel
from viralclip_desktop.gui.widgets.scaled_slider import ScaledSlider
from viralclip_desktop.gui.widgets.setting_row import setting_row

SHORTEST_S = 0.2
_NAME_PX = 68


class PictureCard(QFrame):
    """Emits ``changed`` with the layer and the gesture, ``removed`` with its id, ``found`` to go to it."""

    changed = Signal(object, str)
    removed = Signal(str)
    found = Signal(object)

    def __init__(self, layer: PictureLayer, path: str, clip_s: float, frame_ratio: float) -> None:
        super().__init__()
        self._path = path
        self.layer, self._frame_ratio, self._ratio = layer, frame_ratio, 16 / 9
        self.setProperty("role", "card")
        name, seconds = Path(path).name, f" {tr('s')}"
        self.setAccessibleName(f"{tr('Overlay')}: {name}")
        self._name, self._when = ElidedLabel(name, "strong"), label("", "note")
        self.go = IconButton("crosshair-simple", tr("Go to its start"))
        self.remove = IconButton("trash", tr("Remove {name}", name=name))
        self.whole = SegmentedControl(tr("Size"), [(True, tr("Whole frame")), (False, tr("Part of it"))])
        self.corner = CornerPicker(tr("Place"))
        self.width_share = property_slider(WIDTH, START_WIDTH)
        self.opacity = property_slider(OPACITY, 1)
        self.fade = property_slider(PICTURE_FADE, 0)
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
        width = setting_row(tr(WIDTH.label), self.width_share, name_px=_NAME_PX)
        self._part.setLayout(column(place, width, gap=6))
        rows = [
            setting_row(words, slider, name_px=_NAME_PX)
            for words, slider in (
                (tr(OPACITY.label), self.opacity),
                (tr(PICTURE_FADE.label), self.fade),
                (tr("Start"), self.start),
                (tr("Length"), self.length),
            )
        ]
        self.setLayout(column(head, self.whole, self._part, *rows, gap=6, margins=(12, 10, 12, 10)))

    def _connect(self) -> None:
        self.whole.chosen.connect(self._size_chosen)
        self.corner.chosen.connect(lambda corner: self._put(corner, self.layer.width, ""))
        self.width_share.scaled.connect(
            lambda value, n: self._put(self.corner.value, stored(WIDTH, value), f"width-{n}")
        )
        self.opacity.scaled.connect(
            lambda value, n: self._set(f"opacity-{n}", opacity=stored(OPACITY, value))
        )
        self.fade.scaled.connect(lambda value, n: self._set(f"fade-{n}", fade=stored(PICTURE_FADE, value)))
        self.start.scaled.connect(self._start_moved)
        self.length.scaled.connect(self._length_moved)
        on_click(self.go, lambda: self.found.emit(self.layer.range.start))
        on_click(self.remove, lambda: self.removed.emit(self.layer.id))

    def show_ratio(self, ratio: float) -> None:
        """The picture's width over its height, once that is known."""
        self._ratio = ratio
        self.show_layer(self.layer, self._frame_ratio)

    def show_layer(self, layer: PictureLayer, frame_ratio: float) -> None:
        """The layer as it is stored, over a frame of some shape."""
        self.layer, self._frame_ratio = layer, frame_ratio
        missing = not Path(self._path).is_file()
        when = f"{clock_time(layer.range.start)} – {clock_time(layer.range.end)}"
        self._when.setText(tr("The file is missing") if missing else when)
        self._when.setProperty("role", "bad" if missing else "note")
        self.setToolTip(plain(self._path))
        whole = layer.width >= 1
        self.whole.show_value(whole)
        self._part.setVisible(not whole)
        if not whole:
            self.corner.show_value(corner_of(layer, self._ratio, frame_ratio))
            show_stored(self.width_share, WIDTH, layer.width)
        show_stored(self.opacity, OPACITY, layer.opacity)
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

    def _tell(self, layer: PictureLayer, gesture: str) -> None:
        self.layer = layer
        self.changed.emit(layer, gesture)
