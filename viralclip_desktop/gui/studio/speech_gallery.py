"""The voices as cards: search, language, categories, and hearing each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.features.voices import OfferedVoice
from viralclip_desktop.gui.common.samples import Samples
from viralclip_desktop.gui.common.voice_book import voice_kind, voice_name
from viralclip_desktop.gui.language import ENGLISH, language
from viralclip_desktop.gui.studio.speech_rows import SoundRow, SoundRows
from viralclip_desktop.gui.text import plural, tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.controls import SegmentedControl
from viralclip_desktop.gui.widgets.dialogs import Note
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.search_drop_down import SearchDropDown
from viralclip_desktop.gui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from viralclip_desktop.engines.provider import Standing
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.session.player import Player

ALL = "all"


class VoiceGallery(QWidget):
    """``chosen`` carries the id of a voice. Hearing one speaks its sample as a job and keeps what it looks
    like."""

    chosen = Signal(str)
    hears = Signal()
    """A sample was asked for: what else is heard should stop."""
    filtered = Signal()
    """Another language or category is looked at."""

    def __init__(self, context: Context, player: Player, *, categories: bool) -> None:
        super().__init__()
        self._offers: list[OfferedVoice] = []
        self._outline: dict[str, tuple[int, ...]] = {}
        self._voice, self._known, self._of_many = "", False, categories
        self.samples = Samples(context, player, self)
        self.search = SearchField(tr("Search voices"))
        self.language = SearchDropDown(tr("Language"), [("", tr("All languages"))])
        self.category = SegmentedControl(tr("Kind of voice"), _categories())
        self.category.setVisible(categories)
        self.category.show_value(ALL)
        self.rows = SoundRows(tr("Voices"))
        self.rows.setMinimumHeight(24)
        self.count = label("", "note", wrap=True)
        self.more = Button(tr("More natural voices…"), "plain")
        self.more.hide()
        self._lacking: list[Standing] = []
        foot = row(self.count, gap=8)
        foot.setStretch(0, 1)
        foot.addWidget(self.more)
        self.setLayout(column(self.search, self.language, self.category, self.rows, foot, gap=8))
        on_click(self.more, self._tell_lacking)
        self.language.show_value("")
        self.search.textChanged.connect(self._show)
        self.search.entered_results.connect(self.rows.setFocus)
        self.language.chosen.connect(self._filter)
        self.category.chosen.connect(self._filter)
        self.rows.chosen.connect(self._choose)
        self.rows.played.connect(self.hear)
        self.rows.acted.connect(self.hear)
        self.samples.moved.connect(self._show_awaited)
        self.samples.heard.connect(self._keep_outline)

    @property
    def voice(self) -> str:
        """The id of the chosen voice; empty for none."""
        return self._voice

    def show_filter(self, language: str, category: str) -> None:
        """What is looked at, without reporting it."""
        self.language.show_value(language)
        self.category.show_value(category or ALL)
        self._show()

    def show_voices(self, offers: Sequence[OfferedVoice], chosen: str, *, known: bool) -> None:
        """The voices there are, one of them chosen; before they are ``known`` it says that it looks."""
        self._offers, self._voice, self._known = in_order(offers), chosen, known
        codes = {code for offer in offers for code in (offer.voice.language, *offer.voice.others)}
        named = sorted(((code, tr_message(language_name(code))) for code in codes), key=lambda one: one[1])
        self.language.show_choices([("", tr("All languages")), *named])
        self._show()

    def show_lacking(self, standings: Sequence[Standing]) -> None:
        """Which engines of this computer would speak if something more were installed."""
        self._lacking = list(standings)
        self.more.setVisible(bool(standings))

    def _tell_lacking(self) -> None:
        told = [f"{tr_message(one.info.name)}: {tr_message(one.problem or '')}" for one in self._lacking]
        Note(self.window(), tr("More natural voices"), "\n\n".join(told)).open()

    def hear(self, voice_id: str) -> None:
        """Hear a voice, or no more of the one that is awaited."""
        self.hears.emit()
        if self.samples.awaited == voice_id:
            self.samples.stop()
        else:
            self.samples.hear(voice_id)

    def _filter(self, _value: object) -> None:
        self._show()
        self.filtered.emit()

    def _choose(self, voice_id: str) -> None:
        self._voice = voice_id
        self.chosen.emit(voice_id)

    def _keep_outline(self, voice_id: str, outline: tuple[int, ...]) -> None:
        self._outline[voice_id] = outline
        self.rows.rows.change(voice_id, outline=outline)

    def _show_awaited(self) -> None:
        for one in self.rows.rows.rows:
            self.rows.rows.change(one.id, icon=self._icon(one.id))

    def _icon(self, voice_id: str) -> str:
        return "hourglass" if self.samples.awaited == voice_id else "play"

    def _show(self) -> None:
        words = self.search.text().casefold().split()
        shown = [offer for offer in self._offers if self._fits(offer, words)]
        self.rows.show_rows([self._row(offer) for offer in shown], self._voice)
        self.count.setText(self._told(len(shown)))

    def _told(self, count: int) -> str:
        if not self._known:
            return tr("Looking for voices…")
        if count:
            told = plural(count, "{n} voice", "{n} voices")
            paid = not self._of_many and any(offer.paid for offer in self._offers)
            return f"{told}. {tr('Hearing one is paid for once.')}" if paid else told
        if self.category.isVisibleTo(self) and self.category.value == "premium" and not self.search.text():
            return tr("Voices of services are here once a key is in the settings: see the tab AI voice.")
        if self.category.isVisibleTo(self) and self.category.value == "custom" and not self.search.text():
            return tr("You have no voice of your own yet.")
        return tr("No voice fits. Search for less, or choose all languages.") if self._offers else ""

    def _fits(self, offer: OfferedVoice, words: Sequence[str]) -> bool:
        language, category = str(self.language.value or ""), self.category.value
        if (language and not offer.speaks(language)) or category not in (ALL, offer.category):
            return False
        told = _all_words(offer).casefold()
        return all(word in told for word in words)

    def _row(self, offer: OfferedVoice) -> SoundRow:
        voice_id = offer.voice.id
        outline = self._outline.get(voice_id, ())
        note = _note(offer, provider=self._of_many)
        return SoundRow(voice_id, voice_name(offer.voice), note, self._icon(voice_id), outline)


def in_order(offers: Sequence[OfferedVoice]) -> list[OfferedVoice]:
    """Those of the window's language first, then those of English."""
    speech = language()
    first = [speech.code if speech is not None else ENGLISH, ENGLISH]
    return sorted(
        offers, key=lambda one: first.index(one.voice.language) if one.voice.language in first else 2
    )


def _categories() -> list[tuple[object, str]]:
    return [
        (ALL, tr("All")),
        ("standard", tr("Standard")),
        ("premium", tr("Premium")),
        ("custom", tr("My own")),
    ]


def _note(offer: OfferedVoice, *, provider: bool = True) -> str:
    """``female, US  ·  English  ·  Kokoro``; ``provider``: with its name, and whether it is paid for."""
    language, kind = tr_message(language_name(offer.voice.language)), ", ".join(voice_kind(offer.voice))
    language = "" if language == voice_name(offer.voice) else language
    told = (tr_message(offer.provider), tr("paid") if offer.paid else "") if provider else ()
    return "  ·  ".join(part for part in (kind, language, *told) if part)


def _all_words(offer: OfferedVoice) -> str:
    return f"{voice_name(offer.voice)} {_note(offer)} {language_name(offer.voice.language)} {offer.voice.id}"
