"""How a text is spoken: speed and pitch for every voice, and what its provider can set besides."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.engines.registry import TTS
from viralclip_desktop.engines.tts.base import FASTEST, PERCENT, SLOWEST, is_manner
from viralclip_desktop.features.voices import HIGHEST_ST, LOWEST_ST
from viralclip_desktop.gui.common.setting_fields import Field, field_for
from viralclip_desktop.gui.text import plain, tr, tr_message
from viralclip_desktop.gui.widgets.columns import TwoColumns
from viralclip_desktop.gui.widgets.controls import NumberSlider
from viralclip_desktop.gui.widgets.drop_down import DropDown
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column
from viralclip_desktop.gui.widgets.scaled_slider import ScaledSlider
from viralclip_desktop.gui.widgets.setting_row import setting_row

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.settings.declaration import Setting

_MODEL = "voice_model"
_NAME_PX = 84
_SETTLE_MS = 300  # a drag is stored when it rests


class Manner(QWidget):
    """``changed`` tells that speed or pitch is another one; ``stored`` that a provider's setting is."""

    changed = Signal()
    stored = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context, self._shown = context, ("", tuple[str, ...]())
        self.fields: dict[str, Field | NumberSlider | DropDown] = {}
        """The controls of the provider's own settings, by their keys."""
        self.speed = ScaledSlider(tr("Speed"), SLOWEST, FASTEST, 1.0, " ×", scale=100, decimals=2)
        self.pitch = ScaledSlider(
            tr("Pitch in semitones"), LOWEST_ST, HIGHEST_ST, 0.0, " st", scale=2, decimals=1
        )
        self.pitch.setToolTip(plain(tr("Semitones higher or lower; the length stays.")))
        self.note = label("", "note", wrap=True)
        self._own = QWidget()
        first = column(setting_row(tr("Speed"), self.speed, name_px=_NAME_PX))
        second = column(setting_row(tr("Pitch"), self.pitch, name_px=_NAME_PX))
        self._box: QVBoxLayout = column(TwoColumns(first, second, below=8), self._own, self.note, gap=8)
        self.setLayout(self._box)
        self.speed.scaled.connect(lambda _value, _gesture: self.changed.emit())
        self.pitch.scaled.connect(lambda _value, _gesture: self.changed.emit())
        self.note.hide()

    def show_values(self, speed: float, pitch_st: float) -> None:
        """Show speed and pitch without reporting them."""
        self.speed.show_number(speed)
        self.pitch.show_number(pitch_st)

    def show_provider(self, provider: str, models: tuple[str, ...] = ()) -> None:
        """What a provider can set, by its id; the sentence says so where it can set nothing. ``models``: to
        choose from, where it tells them."""
        if (provider, models) == self._shown:
            return
        self._shown, self.fields = (provider, models), {}
        rows = [self._row(setting, models) for setting in _settings(provider)]
        self._box.removeWidget(self._own)
        self._own.hide()
        self._own.deleteLater()
        self._own = _in_columns(rows)
        self._own.setVisible(bool(rows))
        self._box.insertWidget(1, self._own)
        self.note.setText(_lacking(provider))
        self.note.setVisible(bool(self.note.text()))

    def _row(self, setting: Setting, models: tuple[str, ...]) -> QWidget:
        value = self._context.services.settings.value(setting.key)
        is_model = setting.key.endswith(f".{_MODEL}")
        if setting.unit == PERCENT:
            self.fields[setting.key] = self._slider(setting, int(value))
        elif is_model and models:
            self.fields[setting.key] = self._models(setting, str(value), models)
        else:
            field = field_for(setting)
            field.show_value(value)
            field.changed.connect(partial(self._store, setting.key))
            self.fields[setting.key] = field
        name = tr("Model") if is_model else tr(setting.label)
        made = setting_row(name, self.fields[setting.key], name_px=_NAME_PX)
        made.setToolTip(plain(tr(setting.help)))
        return made

    def _slider(self, setting: Setting, value: int) -> NumberSlider:
        slider, resting = NumberSlider(tr(setting.label), 0, 100, int(setting.default), " %"), QTimer()
        slider.show_value(value)
        resting.setParent(slider)
        resting.setSingleShot(True)
        resting.setInterval(_SETTLE_MS)
        resting.timeout.connect(lambda: self._store(setting.key, slider.value))
        slider.moved.connect(lambda _value, _gesture: resting.start())
        return slider

    def _models(self, setting: Setting, value: str, models: tuple[str, ...]) -> DropDown:
        names = dict.fromkeys((*models, value))
        choice = DropDown(tr("Model"), [(name, name) for name in names])
        choice.show_value(value)
        choice.chosen.connect(partial(self._store, setting.key))
        return choice

    def _store(self, key: str, value: object) -> None:
        settings = self._context.services.settings

        def store() -> Fault | None:
            try:
                settings.set(**{key: value})
            except Fault as fault:
                return fault
            return None

        def done(fault: Fault | None) -> None:
            if fault is not None:
                self._context.trouble(fault)
            self.stored.emit()

        self._context.edits.submit(store).then(done)


def _settings(provider: str) -> list[Setting]:
    if not provider:
        return []
    info = TTS.info(provider)
    wanted = {info.setting_key(one.key) for one in info.settings if one.key == _MODEL or is_manner(one)}
    return [one for one in info.declared() if one.key in wanted]


def _in_columns(rows: list[QWidget]) -> QWidget:
    """The first half beside the second."""
    half = -(-len(rows) // 2)
    return TwoColumns(column(*rows[:half], gap=8), column(*rows[half:], gap=8), below=8)


def _lacking(provider: str) -> str:
    """Says what the voices of a provider do not have."""
    if not provider:
        return ""
    info = TTS.info(provider)
    if any(is_manner(one) for one in info.settings):
        return ""
    return tr("{name} has no settings for stability, clarity or emotion.", name=tr_message(info.name))
