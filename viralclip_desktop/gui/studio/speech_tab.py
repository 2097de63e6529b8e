"""A text spoken by a voice: by all voices that speak here, or by those of one service."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QFocusEvent, QHideEvent, QKeyEvent, QKeySequence, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from viralclip_desktop.engines.registry import TTS
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.features.voices import OfferedVoice, lacking_voices, text_in
from viralclip_desktop.gui.common.voice_book import VoiceBook
from viralclip_desktop.gui.studio.speech_draft import Draft
from viralclip_desktop.gui.studio.speech_gallery import VoiceGallery, in_order
from viralclip_desktop.gui.studio.speech_manner import Manner
from viralclip_desktop.gui.studio.speech_outlook import Reckoner
from viralclip_desktop.gui.studio.speech_result import SpeechResult
from viralclip_desktop.gui.studio.speech_run import SpeechRun
from viralclip_desktop.gui.studio.speech_service import ServiceHead
from viralclip_desktop.gui.studio.speech_text import TextBox
from viralclip_desktop.gui.text import decimal, plain, tr, tr_fault, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, on_click
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, frame, row, scrolled

if TYPE_CHECKING:
    from viralclip_desktop.gui.session.workspace import Workspace
    from viralclip_desktop.gui.studio.tabs import StudioPlace

_LEAST_PX, _MOST_PX, _SHARE = 284, 340, 0.232  # of the outer columns
_KEEP_MS = 600  # after the last key
_CENT_USD = 0.01
_START_KEYS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)  # with Ctrl


class SpeechTab(QWidget):
    """Three columns: who speaks, what and how, what came of it. ``services``: only the voices of one service
    at a time, with what its account has left. What is typed and set is kept."""

    def __init__(self, work: Workspace, place: StudioPlace, *, services: bool) -> None:
        super().__init__()
        self._work, self._context = work, work.context
        self._name = "services" if services else "speech"
        self.service = ServiceHead(work.context) if services else None
        self.book = VoiceBook(work.context, self)
        self.gallery = VoiceGallery(work.context, work.player, categories=not services)
        self.box, self.manner = TextBox(), Manner(work.context)
        self.run = SpeechRun(work.context, self)
        self.run.moved.connect(self._take_focus_back)  # before the result hides what has it
        self.reckoner = Reckoner(work.context, self)
        self.result = SpeechResult(work, place, self.run)
        self.told = label("", "note", wrap=True)
        self.caution = label("", "caution", wrap=True)
        self.generate = Button(tr("Generate"), "primary", icon="speaker-high")
        native = QKeySequence("Ctrl+Return").toString(QKeySequence.SequenceFormat.NativeText)
        self.generate.setToolTip(plain(f"{tr('Generate')} ({native})"))
        self._resting = QTimer(self)
        self._resting.setSingleShot(True)
        self._resting.setInterval(_KEEP_MS)
        self._build()
        self.draft = Draft.of(work.memory.draft(self._name))
        self._show_draft()
        self._connect()
        if self.draft.job:
            self.run.work.follow(self.draft.job)

    # --- what is seen ------------------------------------------------------------------------------------

    def _build(self) -> None:
        who = (self.service, self.gallery) if self.service is not None else (self.gallery,)
        left = frame(
            "column-left", column(label(tr("Voice"), "section"), *who, gap=12, margins=(16, 16, 12, 12))
        )
        foot = row(gap=16, margins=(20, 0, 20, 16))
        foot.addLayout(column(self.told, self.caution, gap=2), 1)
        foot.addWidget(self.generate)
        writing = QWidget()
        inside = column(self.box, self.manner, gap=12, margins=(20, 16, 20, 4))
        inside.setStretch(0, 1)
        writing.setLayout(inside)
        middle = column(scrolled(writing), foot, gap=8)
        middle.setStretch(0, 1)
        right = frame("column-right", column(scrolled(self.result), gap=0))
        self._sides = (left, right)
        layout = row(left, gap=0)
        layout.addLayout(middle, 1)
        layout.addWidget(right)
        self.setLayout(layout)
        self._share(self.width())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The outer columns give way on a small screen."""
        super().resizeEvent(event)
        self._share(event.size().width())

    def _share(self, width_px: int) -> None:
        for side in self._sides:
            side.setFixedWidth(max(_LEAST_PX, min(_MOST_PX, round(width_px * _SHARE))))

    def _connect(self) -> None:
        self.box.edited.connect(self._change)
        self.box.brought.connect(self._read)
        self.manner.changed.connect(self._change)
        self.manner.stored.connect(self._settings_changed)
        self.gallery.chosen.connect(self._choose)
        self.gallery.filtered.connect(self._change)
        self.gallery.hears.connect(self.result.hearing.stop)
        self.result.hearing.moved.connect(self._heard)
        self.reckoner.changed.connect(self._show_told)
        self.run.moved.connect(self._run_moved)
        self.book.changed.connect(self._show_voices)
        self._resting.timeout.connect(self._keep)
        on_click(self.generate, self.start)
        if self.service is not None:
            self.service.chosen.connect(self._choose_service)
            self.service.read.connect(self._show_voices)
            self.service.settings_asked.connect(self._open_settings)

    def showEvent(self, event: QShowEvent) -> None:
        """Which voices there are is asked anew: a key may have come, a model, a voice of one's own."""
        super().showEvent(event)
        if not event.spontaneous():
            self.box.field.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.service is not None:
            self.service.look()
        else:
            self.book.read()
            services = self._context.services
            self._context.tasks.run(lambda: lacking_voices(services), self.gallery.show_lacking)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Whoever comes here types what is to be spoken."""
        super().focusInEvent(event)
        self.box.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter generates, from wherever it is typed on the tab."""
        if event.key() in _START_KEYS and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.generate.click()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing goes on sounding, and what is typed is kept; work goes on."""
        super().hideEvent(event)
        self.gallery.samples.stop()
        self.result.hearing.stop()
        self._keep()

    def _show_draft(self) -> None:
        draft = self.draft
        self.box.show_text(draft.text)
        self.manner.show_values(draft.speed, draft.pitch_st)
        self.manner.show_provider(self._provider, self._models)
        if self.service is not None:
            self.service.show_service(draft.service)
        self._show_voices()
        self.gallery.show_filter(draft.language, draft.category)
        self._ask()

    @property
    def offers(self) -> list[OfferedVoice]:
        """The voices that can be chosen."""
        return list(self.service.offers) if self.service is not None else self.book.offers

    @property
    def _known(self) -> bool:
        return self.service.state is not None if self.service is not None else self.book.known

    @property
    def _offer(self) -> OfferedVoice | None:
        return next((one for one in self.offers if one.voice.id == self.draft.voice), None)

    @property
    def _provider(self) -> str:
        return self.service.provider if self.service is not None else self.draft.voice.partition(":")[0]

    @property
    def _models(self) -> tuple[str, ...]:
        state = self.service.state if self.service is not None else None
        return state.models if state is not None else ()

    def _show_voices(self) -> None:
        """The first voice is chosen where the one from before is not there."""
        offers = self.offers
        if self._known and offers and self._offer is None:
            self.draft = replace(self.draft, voice=in_order(offers)[0].voice.id)
        self.gallery.show_voices(offers, self.draft.voice, known=self._known)
        self.manner.show_provider(self._provider, self._models)
        self._ask()

    def _show_told(self) -> None:
        """Length and cost before the work, and what speaks against it."""
        outlook, fault = self.reckoner.outlook, self.reckoner.fault
        self.box.show_outlook(outlook.text if outlook is not None else None)
        told = _cost_words(outlook.price_usd, self._offer) if outlook is not None else ""
        self.told.setText(told)
        self.told.setVisible(bool(told))
        caution = tr_fault(fault) if fault is not None else self._language_words()
        self.caution.setText(caution)
        self.caution.setVisible(bool(caution))
        self._show_button()

    def _language_words(self) -> str:
        """That the voice speaks another language than the text."""
        offer, outlook = self._offer, self.reckoner.outlook
        written = outlook.text.language if outlook is not None else ""
        if offer is None or not written or offer.speaks(written):
            return ""
        names = [tr_message(language_name(code)) for code in (written, offer.voice.language)]
        told = tr("The text seems to be {language}, but this voice speaks {other}.", language=names[0],
                  other=names[1])  # fmt: skip
        return f"{told} {tr('Choose another voice.')}"

    def _show_button(self) -> None:
        ready = bool(self.draft.text.strip()) and self._offer is not None and self.reckoner.fault is None
        paid = self._offer is not None and self._offer.paid
        if self.run.work.running and self.window().focusWidget() is self.generate:
            self.result.cancel.setFocus(Qt.FocusReason.TabFocusReason)
        self.generate.setEnabled(ready and not self.run.work.running)
        self.result.show_current(self.draft.order, paid=paid, ready=ready)

    # --- what is done ------------------------------------------------------------------------------------

    def start(self) -> None:
        """Speak what is typed."""
        self.gallery.samples.stop()
        self.result.hearing.stop()
        self.run.start(self.draft.order)

    def _change(self) -> None:
        """Something was typed or set."""
        self.draft = replace(
            self.draft,
            text=self.box.text,
            speed=self.manner.speed.number,
            pitch_st=self.manner.pitch.number,
            language=str(self.gallery.language.value or ""),
            category=str(self.gallery.category.value or ""),
        )
        self._resting.start()
        self._ask()

    def _read(self, files: Sequence[Path]) -> None:
        """The texts of files come in where the cursor stands."""
        self._context.tasks.run(lambda: "\n\n".join(text_in(one) for one in files), self.box.insert)

    def _choose(self, voice_id: str) -> None:
        self.draft = replace(self.draft, voice=voice_id)
        self.manner.show_provider(self._provider, self._models)
        self._resting.start()
        self._ask()

    def _choose_service(self, provider: str) -> None:
        self.draft = replace(self.draft, service=provider)
        self._resting.start()
        self._show_voices()

    def _open_settings(self) -> None:
        needs_key = bool(TTS.info(self._provider).keys)
        self._work.actions["keys" if needs_key else "settings"].trigger()

    def _settings_changed(self) -> None:
        self.reckoner.ask(self.draft.order, anew=True)

    def _ask(self) -> None:
        offer = self._offer
        self.reckoner.ask(replace(self.draft.order, voice=offer.voice.id if offer is not None else ""))
        self._show_told()

    def _run_moved(self) -> None:
        job = self.run.work.job
        if job is not None and job.id != self.draft.job:
            self.draft = replace(self.draft, job=job.id)
            self._resting.start()
        if not self.run.work.running and self._offer is not None and self._offer.paid:
            self.reckoner.ask(self.draft.order, anew=True)  # what was spoken is not paid for again
        self._show_button()

    def _take_focus_back(self) -> None:
        """Who stands on Cancel at the end of the work goes on with the text."""
        if not self.run.work.running and self.window().focusWidget() is self.result.cancel:
            self._show_button()
            next_one = self.generate if self.generate.isEnabled() else self.box.field
            next_one.setFocus(Qt.FocusReason.TabFocusReason)

    def _heard(self) -> None:
        if self.result.hearing.heard:
            self.gallery.samples.stop()

    def _keep(self) -> None:
        self._resting.stop()
        self._work.memory.keep_draft(self._name, self.draft.kept())


def _cost_words(price_usd: float, offer: OfferedVoice | None) -> str:
    if offer is None:
        return ""
    if not offer.paid:
        return tr("This voice costs nothing.")
    if not price_usd:
        return tr("All of it was spoken before: it costs nothing again.")
    price = decimal(price_usd, 2) if price_usd >= _CENT_USD else ""
    cost = tr("about ${price}", price=price) if price else tr("less than a cent")
    return tr("Generating costs {cost}. What was spoken before is not paid for again.", cost=cost)
