"""What the composer is asked: a preset, typed words, and how it is to sound."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from viralclip_desktop.core.time import Time
from viralclip_desktop.features.music.composing import FASTEST, LONGEST_S, SHORTEST_S, SLOWEST
from viralclip_desktop.features.music.prompt import understood
from viralclip_desktop.gui.studio.music_presets import PresetGallery
from viralclip_desktop.gui.studio.music_values import (
    HIGHEST_NUMBER,
    USUAL_LENGTH_S,
    MusicValues,
    cuts_of,
)
from viralclip_desktop.gui.studio.music_words import (
    STEMS,
    mood_choices,
    stem_words,
    tonic_choices,
    understood_words,
)
from viralclip_desktop.gui.text import duration, tr
from viralclip_desktop.gui.widgets.controls import NumberSlider, Switch
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.setting_row import setting_row
from viralclip_desktop.gui.widgets.toggles import Toggles
from viralclip_desktop.music.presets import presets
from viralclip_desktop.music.theory import MAJOR, MINOR

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip

_NAME_PX = 96


class MusicForm(QWidget):
    """``changed`` tells that a value is another one. ``values`` are those in force, ``own`` those that were
    set by hand: what the words ask for lies over them."""

    changed = Signal()

    def __init__(self, values: MusicValues, own: MusicValues | None = None) -> None:
        super().__init__()
        self.values, self.own = values, own or replace(values, prompt="")
        self._clip: Clip | None = None
        self._make_controls()
        self._lay_out()
        self._connect()
        self.show_values(values)
        self.show_clip(None)
        self._tell_understood()

    def _make_controls(self) -> None:
        self.prompt = QLineEdit()
        self.prompt.setAccessibleName(tr("What it should sound like"))
        self.prompt.setPlaceholderText(tr("For example: calm lo-fi, slow, 30 s, without drums"))
        self.prompt.setMaxLength(300)
        self.told = label("", "note", wrap=True)
        self.gallery = PresetGallery()
        self.mood = DropDown(tr("Mood"), mood_choices())
        self.own_tempo = Switch(tr("Own tempo"))
        self.tempo = NumberSlider(tr("Tempo"), int(SLOWEST), int(FASTEST), 100)
        self.tonic = DropDown(tr("Key"), tonic_choices())
        modes: list[tuple[object, str]] = [
            ("", tr("As the mood")),
            (MAJOR, tr("major")),
            (MINOR, tr("minor")),
        ]
        self.mode = DropDown(tr("Major or minor"), modes)
        self.parts = Toggles(tr("Instruments"), [(stem, stem_words(stem)) for stem in STEMS])
        self.as_clip = Switch(tr("As long as the open clip"))
        self.length = NumberSlider(
            tr("Length"), int(SHORTEST_S), int(LONGEST_S), USUAL_LENGTH_S, f" {tr('s')}"
        )
        self.loops = Switch(tr("A loop: its end leads into its beginning"))
        self.hits = Switch(tr("Accents on the cuts of the open clip"))

    def _lay_out(self) -> None:
        tempo, key = row(self.own_tempo, gap=8), row(gap=8)
        tempo.addWidget(self.tempo, 1)
        key.addWidget(self.tonic, 1)
        key.addWidget(self.mode, 1)
        self._clip_words, self._hit_words = label("", "quiet", wrap=True), label("", "quiet", wrap=True)
        self._as_clip_row = _switch_row(self.as_clip, self._clip_words)
        self._hits_row = _switch_row(self.hits, self._hit_words)
        loop = label(tr("A loop: its end leads into its beginning"), "quiet", wrap=True)
        self.setLayout(
            column(
                self.prompt,
                self.told,
                4,
                self.gallery,
                8,
                setting_row(tr("Mood"), self.mood, name_px=_NAME_PX),
                setting_row(tr("Tempo"), _holding(tempo), name_px=_NAME_PX),
                setting_row(tr("Key"), _holding(key), name_px=_NAME_PX),
                setting_row(tr("Instruments"), self.parts, name_px=_NAME_PX),
                setting_row(tr("Length"), self.length, name_px=_NAME_PX),
                self._as_clip_row,
                self._hits_row,
                _switch_row(self.loops, loop),
                None,
            )
        )

    def _connect(self) -> None:
        self.prompt.textEdited.connect(self._read_prompt)
        self.gallery.chosen.connect(self._take_preset)
        self.mood.chosen.connect(lambda mood: self._put(mood=str(mood)))
        self.own_tempo.clicked.connect(lambda on: self._put(tempo=self._usual_tempo() if on else 0))
        self.tempo.moved.connect(lambda tempo, _gesture: self._put(tempo=tempo))
        self.tonic.chosen.connect(lambda tonic: self._put(tonic=tonic, mode=self.values.mode))
        self.mode.chosen.connect(lambda mode: self._put(tonic=self.values.tonic, mode=str(mode)))
        self.parts.chosen.connect(self._take_parts)
        self.length.moved.connect(
            lambda length, _gesture: self._put(length_s=length, as_clip=self.values.as_clip)
        )
        self.as_clip.clicked.connect(lambda on: self._put(as_clip=bool(on)))
        self.loops.clicked.connect(lambda on: self._put(loops=bool(on)))
        self.hits.clicked.connect(lambda on: self._put(hits=bool(on)))

    def show_clip(self, clip: Clip | None) -> None:
        """The open clip, whose length and cuts can be taken; None for none."""
        self._clip = clip
        cuts = len(cuts_of(clip)) if clip is not None else 0
        if clip is not None:
            length = duration(Time.from_seconds(round(clip.duration.seconds)))
            self._clip_words.setText(tr("As long as the open clip ({length})", length=length))
        self._hit_words.setText(tr("Accents on the cuts of the open clip ({n})", n=cuts))
        self._as_clip_row.setVisible(clip is not None)
        self._hits_row.setVisible(bool(cuts))
        self.show_values(self.values)

    def show_values(self, values: MusicValues) -> None:
        """Show values without reporting them."""
        self.values = values
        if self.prompt.text() != values.prompt:
            self.prompt.setText(values.prompt)
        self.gallery.show_preset(values.preset)
        self.mood.show_value(values.mood)
        self.own_tempo.setChecked(values.tempo > 0)
        self.tempo.setEnabled(values.tempo > 0)
        self.tempo.show_value(values.tempo or self._usual_tempo())
        self.tonic.show_value(values.tonic)
        self.mode.show_value(values.mode)
        self._show_parts()
        as_clip = values.as_clip and self._clip is not None
        self.as_clip.setChecked(values.as_clip)
        self.length.setEnabled(not as_clip)
        self.length.show_value(round(values.length(self._clip)))
        self.loops.setChecked(values.loops)
        self.hits.setChecked(values.hits)

    def take_over(self, values: MusicValues) -> None:
        """Show values as if they had been set by hand; words that led to others go."""
        self.own = replace(values, prompt="")
        self.show_values(self.own)
        self._tell_understood()
        self.changed.emit()

    def take_number(self, number: int) -> None:
        """Ask for another of the many pieces."""
        self._put(number=min(HIGHEST_NUMBER, max(0, number)))

    def _take_preset(self, preset: str) -> None:
        """A preset comes with its own mood, tempo, key and players; words that were typed before go."""
        usual = MusicValues(preset=preset)
        names = ("preset", "mood", "tempo", "tonic", "mode", "without")
        self.take_over(replace(self.own, **{name: getattr(usual, name) for name in names}))

    def _show_parts(self) -> None:
        playing = presets()[self.values.preset].stems
        for stem in STEMS:
            self.parts.button(stem).setEnabled(stem in playing)
        self.parts.show_values([stem for stem in playing if stem not in self.values.without])

    def _take_parts(self, chosen: object) -> None:
        """All that play but those switched off; the last one stays."""
        on = chosen if isinstance(chosen, tuple) else ()
        playing = [stem for stem in presets()[self.values.preset].stems if stem in STEMS]
        if on:
            self._put(without=tuple(stem for stem in playing if stem not in on))
        else:
            self._show_parts()

    def _usual_tempo(self) -> int:
        low, high = presets()[self.values.preset].tempo
        return round((low + high) / 2)

    def _read_prompt(self, text: str) -> None:
        self.show_values(self.values.reworded(self.own, text))
        self._tell_understood()
        self.changed.emit()

    def _tell_understood(self) -> None:
        text = self.prompt.text()
        words = understood_words(understood(text))
        nothing = tr("None of these words says how it should sound. Choose below.") if text.strip() else ""
        self.told.setText(words or nothing or tr("Type a few words, or choose below."))

    def _put(self, **values: Any) -> None:
        self.own = replace(self.own, **values)
        self.show_values(replace(self.values, **values))
        self.changed.emit()


def _holding(layout: Any) -> QWidget:
    made = QWidget()
    layout.setContentsMargins(0, 0, 0, 0)
    made.setLayout(layout)
    return made


def _switch_row(switch: Switch, words: QWidget) -> QWidget:
    layout = row(_NAME_PX + 8, switch, gap=8)
    layout.addWidget(words, 1)
    return _holding(layout)
