"""The dub panel: languages and their voices, what is heard besides, the lines and how they fit, the dubs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.domain.translation import Translation, in_language
from viralclip_desktop.engines.stt.languages import LANGUAGE_NAMES, language_name
from viralclip_desktop.features.voices import OfferedVoice
from viralclip_desktop.features.workflows.dub import submit_dub
from viralclip_desktop.features.workflows.dub_first import DubbedBefore, dubbed_before
from viralclip_desktop.gui.bridge.later import later
from viralclip_desktop.gui.common.samples import Samples
from viralclip_desktop.gui.common.voice_book import VoiceBook
from viralclip_desktop.gui.dubbing.choices import DubChoices, first_choices
from viralclip_desktop.gui.dubbing.cost import Cost, Question
from viralclip_desktop.gui.dubbing.dub_list import DubList
from viralclip_desktop.gui.dubbing.language_card import LanguageCard
from viralclip_desktop.gui.dubbing.line_table import LineTable
from viralclip_desktop.gui.dubbing.sound_choice import SoundChoice
from viralclip_desktop.gui.dubbing.start_bar import StartBar
from viralclip_desktop.gui.text import tr, tr_message
from viralclip_desktop.gui.theme import tokens
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.columns import TwoColumns
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, scrolled
from viralclip_desktop.gui.widgets.search_drop_down import SearchDropDown

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket
    from viralclip_desktop.gui.dubbing.dub_row import DubRow
    from viralclip_desktop.gui.session.clip_session import ClipSession
    from viralclip_desktop.gui.session.player import Player


class DubbingPanel(QWidget):
    """Follows the selected clip while it is in sight. Everything that takes a while is read in the background
    or is a job; nothing is queued by looking."""

    def __init__(self, session: ClipSession, context: Context, player: Player) -> None:
        super().__init__()
        self._session, self._context, self._player = session, context, player
        self._chosen: dict[str, DubChoices] = {}
        """What was chosen for each recording since the window was opened."""
        self._first: dict[str, DubChoices] = {}
        """What each clip starts from where nothing is chosen."""
        self._before: list[DubbedBefore] = []
        self._followed = ("", "")
        self._translations: list[Translation] = []
        self._reading: Ticket | None = None
        self._awaits_row = False
        self._ended = set[str]()
        self.voices = VoiceBook(context, self)
        self.samples = Samples(context, player, self)
        self.cost = Cost(context, self)
        self.cards: dict[str, LanguageCard] = {}
        self._build()
        self._connect()

    @property
    def choices(self) -> DubChoices:
        """What is chosen for the open recording, else what its clip starts from."""
        chosen = self._chosen.get(self._source_id)
        return chosen if chosen is not None else self._first.get(self._followed[0], DubChoices())

    def begin(self) -> None:
        """Ready for the keyboard, where a language is added."""
        self.add.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # --- what is seen ------------------------------------------------------------------------------------

    def _build(self) -> None:
        self.empty = label("", "quiet", wrap=True)
        self._cards = column(gap=8)
        self.add = SearchDropDown(tr("Add a language"))
        self.sound = SoundChoice()
        self.price = label("", "note", wrap=True)
        self.dub = Button(tr("Dub this clip"), "primary", icon="globe")
        self.dub_all = Button(tr("Dub the whole recording"))
        self.dubs = DubList(self._context)
        self.table = LineTable(self._session, self._context, self._player)
        self.start = StartBar(self.price, self.dub, self.dub_all)
        title = label(tr("Languages"), "section")
        title.setMinimumHeight(tokens.CONTROL_HEIGHT)  # on one line with the other column's
        languages = column(title, self.empty, self._cards, self.add, gap=8)
        content = QWidget()
        content.setLayout(
            column(
                TwoColumns(column(languages, self.sound, self.dubs, gap=16), column(self.table), below=20),
                None,
                margins=(16, 8, 16, 16),
            )
        )
        self.area = scrolled(content)
        self.setLayout(column(self.area, self.start, gap=0))

    def _connect(self) -> None:
        session = self._session
        session.selected.connect(self.show_clip)
        session.clip_changed.connect(self._clip_changed)
        session.reread.connect(lambda _loaded: self._refresh())
        self._context.events.changed.connect(self._take_changes)
        self.voices.changed.connect(self._refresh)
        self.samples.moved.connect(self._show_awaited)
        self.cost.changed.connect(self._show_cost)
        self.dubs.read.connect(self._take_dubs)
        self.dubs.moved.connect(self._dubs_moved)
        self.dubs.came.connect(self._show_row)
        self.table.run.moved.connect(self._refresh)
        self.add.chosen.connect(self.add_language)
        self.sound.changed.connect(self._choose_sound)
        on_click(self.dub, self.dub_clip)
        on_click(self.dub_all, self.dub_recording)

    def showEvent(self, event: QShowEvent) -> None:
        """What may have changed meanwhile is read anew."""
        super().showEvent(event)
        self.voices.read()
        self.table.run.look_for_an_engine()
        self.show_clip(self._session.clip)

    def hideEvent(self, event: QHideEvent) -> None:
        """Who cannot see it hears no samples."""
        super().hideEvent(event)
        self.samples.stop()

    def show_clip(self, clip: Clip | None) -> None:
        """A clip, with its translations and the dubs that were made of it."""
        if not self.isVisible():
            return
        followed = (clip.id, clip.source_id) if clip is not None else ("", "")
        if followed[1] != self._followed[1]:
            self._translations = []
        self._followed = followed
        if clip is not None:
            self._read(*followed)
        self._refresh()

    def _clip_changed(self, clip: Clip) -> None:
        if self.isVisible() and clip.id == self._followed[0]:
            self._refresh()

    def _take_changes(self, changes: Any) -> None:
        if self.isVisible() and self._followed[0] and (changes.ids("translation") or not changes.items):
            self._read(*self._followed)

    def _read(self, clip_id: str, source_id: str) -> None:
        """The translations, and then the dubs: what is chosen at first follows from both."""
        if self._reading is not None:
            self._reading.forget()
        services = self._context.services

        def read() -> tuple[list[Translation], list[DubbedBefore]]:
            before = dubbed_before(services, clip_id) or dubbed_before(services, source_id)
            return services.store.translations(source_id), before

        def show(found: tuple[list[Translation], list[DubbedBefore]]) -> None:
            self._reading = None
            self._translations, self._before = found
            self.dubs.follow(clip_id, source_id)
            self._refresh()

        self._reading = self._context.tasks.run(read, show)

    def _take_dubs(self, dubs: Sequence[Job]) -> None:
        clip_id, own = self._followed[0], self._own_language
        if clip_id and clip_id not in self._first:
            translated = [one.language for one in self._translations if one.lines and one.language != own]
            self._first[clip_id] = first_choices(self._before, dubs, translated)
        self._refresh()

    @property
    def _source_id(self) -> str:
        return self._followed[1]

    @property
    def _own_language(self) -> str:
        """The language of the recording; empty where it is not known."""
        return self._transcript.language if self._transcript is not None else ""

    @property
    def _transcript(self) -> Transcript | None:
        """What is known to be said in the recording, if anything is."""
        loaded = self._session.loaded
        transcript = loaded.transcript if loaded is not None else None
        return transcript if transcript is not None and transcript.words else None

    def _refresh(self) -> None:
        """Everything that follows from what is known and chosen."""
        clip = self._session.clip
        self._settle_voices()
        chosen, told = self.choices, self._transcript is not None
        self.setEnabled(clip is not None)
        self.empty.setText(_empty_words() if told else _wordless())
        self.empty.setVisible(not chosen.languages or not told)
        self.add.setVisible(told)
        self._show_cards(chosen if told else DubChoices())
        self.add.show_choices([("", tr("Add a language")), *self._offered()])
        self.add.show_value("")
        self.sound.show_choice(chosen.mode, chosen.separator, tracks=chosen.tracks, slow=chosen.slow)
        for part in (self.sound, self.start):
            part.setVisible(bool(chosen.languages) and told)
        offers = {code: self._offer(code) for code in chosen.languages} if told else {}
        self.table.show_clip(clip, self._translations, offers, slow=chosen.slow)
        self._reckon()
        self._show_cost()

    def _settle_voices(self) -> None:
        """A language without a voice has the best one; so has one whose voice is not here any more."""
        if not self.voices.known:
            return
        for code in self.choices.languages:
            speaking = self.voices.speaking(code)
            there = {offer.voice.id for offer in speaking}
            if speaking and self.choices.voices.get(code) not in there:
                self._put(self.choices.with_voice(code, speaking[0].voice.id))

    def _put(self, settled: DubChoices) -> None:
        """In the place of what is chosen, or started from, now."""
        if self._source_id in self._chosen:
            self._chosen[self._source_id] = settled
        else:
            self._first[self._followed[0]] = settled

    def _offer(self, code: str) -> OfferedVoice | None:
        return self.voices.offer(self.choices.voices.get(code, ""))

    def _show_cards(self, chosen: DubChoices) -> None:
        for code in [code for code in self.cards if code not in chosen.languages]:
            card = self.cards.pop(code)
            self._cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        for code in chosen.languages:
            card = self.cards.get(code) or self._add_card(code)
            card.show_voices(self.voices.speaking(code), chosen.voices.get(code, ""), known=self.voices.known)
            card.show_note(*self._note(code))
        self._show_awaited()

    def _add_card(self, code: str) -> LanguageCard:
        card = self.cards[code] = LanguageCard(code)
        self._cards.addWidget(card)
        card.removed.connect(self.remove_language)
        card.voice_chosen.connect(self.choose_voice)
        card.hear_asked.connect(self._hear)
        return card

    def _note(self, code: str) -> tuple[str, str]:
        """How the translation of a language stands, and how that is shown."""
        if code in self._translated():
            return "", "note"
        if self.table.run.possible:
            return tr("It is translated when you dub."), "note"
        return tr("It needs a translation first: see its lines."), "caution"

    def _translated(self) -> set[str]:
        return {one.language for one in self._translations if one.lines}

    def _offered(self) -> list[tuple[object, str]]:
        """The languages that can be added: those with a translation first, none that nobody here speaks."""
        there = self._translated()
        codes = [
            code
            for code in LANGUAGE_NAMES
            if code != self._own_language
            and code not in self.choices.languages
            and (not self.voices.known or code in self.voices.languages)
        ]
        named = [(code, tr_message(language_name(code))) for code in codes]
        named.sort(key=lambda one: (one[0] not in there, one[1].casefold()))
        return [
            (code, tr("{language}, translated", language=name) if code in there else name)
            for code, name in named
        ]

    def _show_awaited(self) -> None:
        for card in self.cards.values():
            card.show_awaited(self.samples.awaited)

    # --- what is chosen ----------------------------------------------------------------------------------

    def add_language(self, code: object) -> None:
        """Dub into one language more."""
        if code and self._source_id:
            self._choose(self.choices.with_language(str(code)))
            self.table.show_language(code)
            self.cards[str(code)].voice.setFocus(Qt.FocusReason.OtherFocusReason)

    def remove_language(self, code: str) -> None:
        """Dub into one language less."""
        self._choose(self.choices.without_language(code))
        self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def choose_voice(self, code: str, voice_id: str) -> None:
        """Another voice speaks a language."""
        self._choose(self.choices.with_voice(code, voice_id))
        self.table.show_language(code)

    def _choose_sound(self, changed: dict[str, Any]) -> None:
        self._choose(replace(self.choices, **changed))

    def _choose(self, chosen: DubChoices) -> None:
        self._chosen[self._source_id] = chosen
        self._refresh()

    def _hear(self, code: str, voice_id: str) -> None:
        """What is said first in the language, or numbers where nothing is."""
        there = in_language(self._translations, code)
        first = there.lines[0].text if there is not None and there.lines else ""
        self.samples.hear(voice_id, self.table.first_text if self.table.language == code else first)

    # --- the dub -----------------------------------------------------------------------------------------

    def dub_clip(self) -> None:
        """Dub the clip into the languages that it is not being dubbed into already."""
        self._dub(self._followed[0])

    def dub_recording(self) -> None:
        """Dub the whole recording likewise."""
        self._dub(self._source_id)

    def _dub(self, subject: str) -> None:
        services, order, tracks = self._context.services, self.choices.order(subject), self.choices.tracks
        languages = self.choices.language_orders(self._ready(subject))
        if languages:
            self._awaits_row = True
            self._context.tasks.run(lambda: submit_dub(services, order, languages, tracks=tracks))

    def _dubs_moved(self) -> None:
        """Once a voice has spoken, how long its lines are is known."""
        ended = {row.job.id for row in self.dubs.rows.values() if row.job.state.ended}
        if ended - self._ended:
            self.table.look_again()
        self._ended |= ended
        self._show_cost()

    def _show_row(self, row: DubRow) -> None:
        """Who started a dub sees how far it is."""
        if self._awaits_row and not row.job.state.ended:
            self._awaits_row = False
            later(self, 0, lambda: self.area.ensureWidgetVisible(self.dubs))

    def _ready(self, subject: str) -> list[str]:
        """The languages that a dub of a clip or recording could begin with now."""
        return [
            code
            for code in self.choices.languages
            if self._can_begin(code) and not self.dubs.under_way(subject, code)
        ]

    def _left_out(self) -> str:
        """Which languages a dub would leave out, where it could begin with others."""
        codes = [code for code in self.choices.languages if not self._can_begin(code)]
        if not codes or len(codes) == len(self.choices.languages) or not self.voices.known:
            return ""
        names = ", ".join(tr_message(language_name(code)) for code in codes)
        return tr("Left out for now: {languages}.", languages=names)

    def _can_begin(self, code: str) -> bool:
        """Whether somebody speaks a language, and there is something to say in it or somebody to translate
        it."""
        return self._offer(code) is not None and (code in self._translated() or self.table.run.possible)

    def _reckon(self) -> None:
        """What is asked for costs something where a voice is paid for, or a translation is to be made."""
        clip_id, source_id = self._followed
        codes = [code for code in self.choices.languages if self._offer(code) is not None]
        paid, translated = [code for code in codes if self._is_paid(code)], self._translated()
        made = [code for code in codes if code not in translated and self.table.run.possible]
        costly, question = list(dict.fromkeys([*paid, *made])), None
        if clip_id and costly:
            order, orders = self.choices.order, self.choices.language_orders(costly)
            said = tuple(
                (one.language, sum(len(line.text) for line in one.lines)) for one in self._translations
            )
            question = Question(order(clip_id), order(source_id), tuple(orders), said, bool(paid))
        self.cost.ask(question)

    def _is_paid(self, code: str) -> bool:
        offer = self._offer(code)
        return offer is not None and offer.paid

    def _show_cost(self) -> None:
        told = " ".join(part for part in (self.cost.told, self._left_out()) if part)
        self.price.setText(told)
        self.price.setVisible(bool(told))
        free = not self.cost.reckoning
        self.dub.setEnabled(free and bool(self._ready(self._followed[0])))
        self.dub_all.setEnabled(free and bool(self._ready(self._source_id)))


def _empty_words() -> str:
    return tr("Add a language, and this clip is spoken in it, each line where the original says it.")


def _wordless() -> str:
    return tr("Nothing is known to be said here. It can be dubbed once it is transcribed.")
