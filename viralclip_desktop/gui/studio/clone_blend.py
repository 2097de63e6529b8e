"""A new voice blended of two built-in ones, offline."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from viralclip_desktop.engines.tts.base import Voice
from viralclip_desktop.features.voices import OfferedVoice
from viralclip_desktop.gui.common.voice_book import voice_words
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.controls import NumberSlider
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.search_drop_down import SearchDropDown
from viralclip_desktop.gui.widgets.setting_row import setting_row

_NAME_PX = 110


class BlendForm(QWidget):
    """``changed`` tells that it is another blend, ``hear_asked`` that it is to be heard."""

    changed = Signal()
    hear_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._voices: tuple[Voice, ...] = ()
        self.first = SearchDropDown(tr("First voice"))
        self.second = SearchDropDown(tr("Second voice"))
        self.first_share = NumberSlider(tr("Share of the first voice"), 0, 100, 50, " %")
        self.second_share = NumberSlider(tr("Share of the second voice"), 0, 100, 50, " %")
        self.hear = Button(tr("Hear the blend"), "", "speaker-high")
        self.setLayout(
            column(
                setting_row(tr("First voice"), self.first, name_px=_NAME_PX),
                setting_row(tr("Its share"), self.first_share, name_px=_NAME_PX),
                4,
                setting_row(tr("Second voice"), self.second, name_px=_NAME_PX),
                setting_row(tr("Its share"), self.second_share, name_px=_NAME_PX),
                4,
                row(None, self.hear),
            )
        )
        self.first.chosen.connect(lambda _voice: self._offer_seconds())
        self.second.chosen.connect(lambda _voice: self.changed.emit())
        self.first_share.moved.connect(lambda _value, _gesture: self.changed.emit())
        self.second_share.moved.connect(lambda _value, _gesture: self.changed.emit())
        on_click(self.hear, self.hear_asked.emit)

    def show_voices(self, voices: Sequence[Voice]) -> None:
        """The voices that can be blended; what was chosen stays."""
        self._voices = tuple(voices)
        self.first.show_choices([(voice.name, _words(voice)) for voice in voices])
        if self._voice(self.first.value) is None and voices:
            self.first.show_value(voices[0].name)
        self._offer_seconds()

    @property
    def language(self) -> str:
        """The code of the language that it speaks."""
        first = self._voice(self.first.value)
        return first.language if first is not None else ""

    @property
    def recipe(self) -> str:
        """As a blend is written, ``kokoro:af_heart*60+af_bella*40``; empty where it is none."""
        first, second = self._voice(self.first.value), self._voice(self.second.value)
        shares = self.first_share.value, self.second_share.value
        if first is None or second is None or first == second or not all(shares):
            return ""
        return f"{first.provider}:{first.name}*{shares[0]}+{second.name}*{shares[1]}"

    @property
    def lacking(self) -> str:
        """Why it is no blend; empty where it is one."""
        if self.recipe:
            return ""
        if not (self.first_share.value and self.second_share.value):
            return tr("Give each of the two voices a share.")
        return tr("Choose two voices.")

    def show_awaited(self, awaited: bool) -> None:
        """Whether it is being spoken with, to be heard in a moment."""
        self.hear.setText(tr("It is heard in a moment") if awaited else tr("Hear the blend"))

    def _offer_seconds(self) -> None:
        """Only voices of one language can be blended."""
        others = [voice for voice in self._voices if voice.language == self.language]
        others = [voice for voice in others if voice.name != self.first.value]
        self.second.show_choices([(voice.name, _words(voice)) for voice in others])
        if self.second.value not in [voice.name for voice in others]:
            self.second.show_value(others[0].name if others else "")
        self.second.setEnabled(bool(others))
        self.changed.emit()

    def _voice(self, name: object) -> Voice | None:
        return next((voice for voice in self._voices if voice.name == name), None)


def _words(voice: Voice) -> str:
    return voice_words(OfferedVoice(voice, "", paid=False))
