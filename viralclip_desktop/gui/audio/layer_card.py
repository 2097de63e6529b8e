"""One piece of music or voice of a clip: level, fades, ducking, place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from viralclip_desktop.domain.edits.new_layers import START_DUCK_DB, start_db
from viralclip_desktop.domain.layers import LayerKind, MusicLayer, SoundLayer
from viralclip_desktop.domain.properties.layers import DUCK, LOOP, SOUND_FADE, VOLUME
from viralclip_desktop.gui.common.property_controls import property_slider, show_stored, stored
from viralclip_desktop.gui.text import clock_time, plain, tr
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.controls import Switch
from viralclip_desktop.gui.widgets.labels import ElidedLabel, label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import IconLabel
from viralclip_desktop.gui.widgets.setting_row import setting_row

_ICONS = {
    LayerKind.MUSIC: ("music-notes", "track_music"),
    LayerKind.VOICE: ("microphone", "track_voice"),
    LayerKind.EFFECT: ("speaker-high", "track_voice"),
}
_NAMES = {LayerKind.MUSIC: "Music", LayerKind.VOICE: "Voice", LayerKind.EFFECT: "Sound effects"}
_NAME_PX = 68


class LayerCard(QFrame):
    """Emits ``changed`` with the layer and the gesture, ``removed`` with its id, ``found`` to go to it."""

    changed = Signal(object, str)
    removed = Signal(str)
    found = Signal(object)

    def __init__(self, layer: SoundLayer, path: str) -> None:
        super().__init__()
        self.layer = layer
        self.setProperty("role", "card")
        music = layer.kind is LayerKind.MUSIC
        name = Path(path).name
        self.setAccessibleName(f"{tr(_NAMES[layer.kind])}: {name}")
        self._name = ElidedLabel(name, "strong")
        self._when = label("", "note")
        self.go = IconButton("crosshair-simple", tr("Go to its start"))
        self.remove = IconButton("trash", tr("Remove {name}", name=name))
        self.volume = property_slider(VOLUME, start_db(layer.kind))
        self.fade = property_slider(SOUND_FADE, 0)
        self.ducks = Switch(tr("Lower under speech"))
        self.duck = property_slider(DUCK, START_DUCK_DB)
        for slider in (self.volume, self.fade, self.duck):
            slider.field.setFixedWidth(72)
        self.loop = Switch(tr(LOOP.label))
        self.loop.setToolTip(tr("Begins again when the file is over, as long as there is room"))
        self._music = QWidget()
        under = setting_row(tr("Lower under speech"), self.ducks, wide=False, name_px=150)
        self._duck_row = setting_row(tr(DUCK.label), self.duck, name_px=_NAME_PX)
        again = setting_row(tr(LOOP.label), self.loop, wide=False, name_px=150)
        self._music.setLayout(column(again, under, self._duck_row, gap=6))
        self._lay_out()
        self._music.setVisible(music)
        self._connect()
        self.show_layer(layer, path)

    def _lay_out(self) -> None:
        icon, colour = _ICONS[self.layer.kind]
        words = column(self._name, self._when, gap=0)
        head = row(IconLabel(icon, 20, colour), gap=8)
        head.addLayout(words, 1)
        head.addWidget(self.go)
        head.addWidget(self.remove)
        self.setLayout(
            column(
                head,
                setting_row(tr(VOLUME.label), self.volume, name_px=_NAME_PX),
                setting_row(tr(SOUND_FADE.label), self.fade, name_px=_NAME_PX),
                self._music,
                gap=6,
                margins=(12, 10, 12, 10),
            )
        )

    def _connect(self) -> None:
        self.volume.scaled.connect(lambda value, n: self._set(f"volume-{n}", volume_db=stored(VOLUME, value)))
        self.fade.scaled.connect(lambda value, n: self._set(f"fade-{n}", fade=stored(SOUND_FADE, value)))
        self.duck.scaled.connect(lambda value, n: self._set(f"duck-{n}", duck_db=stored(DUCK, value)))
        self.ducks.clicked.connect(lambda on: self._set("", duck_db=START_DUCK_DB if on else 0.0))
        self.loop.clicked.connect(lambda on: self._set("", loop=bool(on)))
        on_click(self.go, lambda: self.found.emit(self.layer.range.start))
        on_click(self.remove, lambda: self.removed.emit(self.layer.id))

    def show_layer(self, layer: SoundLayer, path: str, duck_db: float | None = None) -> None:
        """The layer as it is stored, and where its file lies; ``duck_db``: how far the mix lets it go."""
        self.layer = layer
        missing = not Path(path).is_file()
        when = f"{clock_time(layer.range.start)} – {clock_time(layer.range.end)}"
        self._when.setText(tr("The file is missing") if missing else when)
        self._when.setProperty("role", "bad" if missing else "note")
        self.setToolTip(plain(path))
        show_stored(self.volume, VOLUME, layer.volume_db)
        show_stored(self.fade, SOUND_FADE, layer.fade)
        if isinstance(layer, MusicLayer):
            self.loop.setChecked(layer.loop)
            down_db = START_DUCK_DB if duck_db is None else duck_db
            down_db = down_db if layer.duck_db is None else layer.duck_db
            self.ducks.setChecked(down_db < 0)
            self._duck_row.setVisible(down_db < 0)
            if down_db < 0:
                self.duck.show_number(-down_db)

    def _set(self, gesture: str, **values: object) -> None:
        self.layer = replace(self.layer, **values)  # type: ignore[arg-type]
        self.changed.emit(self.layer, gesture)
