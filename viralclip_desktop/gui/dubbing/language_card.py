"""A language that a clip is to be dubbed into: who speaks it, and whether it is translated."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.features.voices import OfferedVoice
from viralclip_desktop.gui.common.voice_book import voice_words
from viralclip_desktop.gui.text import tr, tr_message
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.labels import ElidedLabel, label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.search_drop_down import SearchDropDown


class LanguageCard(QFrame):
    """``voice_chosen`` and ``hear_asked`` carry the language and the id of a voice, ``removed`` the
    language."""

    voice_chosen = Signal(str, str)
    hear_asked = Signal(str, str)
    removed = Signal(str)

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code, name = code, tr_message(language_name(code))
        self.setProperty("role", "card")
        self.setAccessibleName(name)
        self._paid = False
        self._name = ElidedLabel(name, "strong")
        self.note = label("", "note", wrap=True)
        self.remove = IconButton("x", tr("Don’t dub into {language}", language=name))
        self.voice = SearchDropDown(tr("Voice for {language}", language=name))
        self.hear = IconButton("speaker-high", tr("Hear it"))
        head = row(self._name, gap=8)
        head.setStretch(0, 1)
        head.addWidget(self.remove)
        voice = row(gap=4)
        voice.addWidget(self.voice, 1)
        voice.addWidget(self.hear)
        self.setLayout(column(head, voice, self.note, gap=4, margins=(12, 6, 8, 10)))
        self.voice.chosen.connect(lambda voice_id: self.voice_chosen.emit(code, str(voice_id)))
        on_click(self.hear, lambda: self.hear_asked.emit(code, str(self.voice.value)))
        on_click(self.remove, lambda: self.removed.emit(code))

    def show_voices(self, offers: Sequence[OfferedVoice], chosen: str, *, known: bool) -> None:
        """The voices of the language, before they are ``known`` none."""
        words = tr("Looking for voices…") if not known else tr("No voice here speaks it")
        choices: list[tuple[object, str]] = [(offer.voice.id, voice_words(offer)) for offer in offers]
        self.voice.show_choices(choices or [("", words)])
        self.voice.show_value(chosen if choices else "")
        self._paid = any(offer.paid for offer in offers if offer.voice.id == chosen)
        self.voice.setEnabled(bool(choices))
        self.hear.setEnabled(bool(choices))

    def show_awaited(self, voice_id: str) -> None:
        """Which voice is being spoken with, to be heard in a moment."""
        waits = bool(voice_id) and voice_id == self.voice.value
        self.hear.set_icon("hourglass" if waits else "speaker-high")
        name = tr("Hear it: this voice is paid for") if self._paid else tr("Hear it")
        self.hear.set_name(tr("It is heard in a moment") if waits else name)

    def show_note(self, text: str, role: str = "note") -> None:
        """How its translation stands."""
        self.note.setText(text)
        if self.note.property("role") != role:
            self.note.setProperty("role", role)
            self.note.style().unpolish(self.note)
            self.note.style().polish(self.note)
        self.note.setVisible(bool(text))
