"""The user's own voices: heard, renamed, shared as a file, removed."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QLineEdit, QWidget

from viralclip_desktop.core.errors import Cancelled
from viralclip_desktop.core.file_names import safe_name
from viralclip_desktop.domain.cloned_voice import ClonedVoice
from viralclip_desktop.engines.registry import TTS
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.engines.tts.blends import is_blend, shares_of
from viralclip_desktop.features.cloning import export_voice, import_voice, remove_voice, rename_voice
from viralclip_desktop.features.cloning.sharing import SUFFIX
from viralclip_desktop.features.common.targets import check_target
from viralclip_desktop.gui.common.samples import Samples
from viralclip_desktop.gui.dates import day_words
from viralclip_desktop.gui.studio.clone_name import NameField
from viralclip_desktop.gui.text import plural, tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, on_click
from viralclip_desktop.gui.widgets.dialogs import Question
from viralclip_desktop.gui.widgets.file_field import file_filter
from viralclip_desktop.gui.widgets.labels import label
from viralclip_desktop.gui.widgets.layout import column, row
from viralclip_desktop.gui.widgets.messages import EmptyState
from viralclip_desktop.gui.widgets.reveal import show_in_folder
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.domain.changes import Changes
    from viralclip_desktop.features.common.services import Services
    from viralclip_desktop.gui.session.workspace import Workspace

_LONGEST_SENTENCE = 160


class VoiceCard(QFrame):
    """A voice: its name, which can be typed over, and where it comes from."""

    renamed = Signal(str)
    hear_asked = Signal()
    export_asked = Signal()
    remove_asked = Signal()

    def __init__(self, voice: ClonedVoice, provider: str) -> None:
        super().__init__()
        self.voice = voice
        self.setProperty("role", "card")
        self.name = NameField(voice.name)
        self.told = label(_told(voice, provider), "note", wrap=True)
        self.origin = label(_origin(voice), "note", wrap=True)
        self.hear = IconButton("speaker-high", tr("Hear {name}", name=voice.name))
        self.export = IconButton("export", tr("Save {name} as a file", name=voice.name))
        self.remove = IconButton("trash", tr("Remove {name}", name=voice.name))
        head = row(gap=4)
        head.addWidget(self.hear)
        head.addWidget(self.name, 1)
        head.addWidget(self.export)
        head.addWidget(self.remove)
        words = column(self.told, self.origin, gap=2, margins=(48, 0, 8, 0))
        self.setLayout(column(head, words, gap=2, margins=(8, 8, 8, 12)))
        self.setAccessibleName(f"{voice.name}, {self.told.text()}")
        self.name.renamed.connect(self.renamed)
        on_click(self.hear, self.hear_asked.emit)
        on_click(self.export, self.export_asked.emit)
        on_click(self.remove, self.remove_asked.emit)

    def show_awaited(self, awaited: bool) -> None:
        """Whether it is being spoken with, to be heard in a moment."""
        name = tr("Hear {name}", name=self.voice.name)
        self.hear.set_icon("hourglass" if awaited else "speaker-high")
        self.hear.set_name(tr("It is heard in a moment") if awaited else name)


def _told(voice: ClonedVoice, provider: str) -> str:
    """``Kokoro · Spanish · made 3 May 2026 · 2 uses``."""
    uses = plural(voice.uses, "{n} use", "{n} uses") if voice.uses else tr("not used yet")
    language = tr_message(language_name(voice.language)) if voice.language else ""
    made = tr("made {day}", day=day_words(voice.created_at)) if voice.created_at else ""
    return " · ".join(part for part in (provider, language, made, uses) if part)


def _origin(voice: ClonedVoice) -> str:
    """Who allowed it, or of what it is blended."""
    if is_blend(voice.provider_voice):
        shares = shares_of(voice.provider_voice)
        parts = (f"{_short(share.name)} {round(100 * share.weight)} %" for share in shares)
        return tr("A blend of {parts}", parts=", ".join(parts))
    if not voice.consent:
        return tr("No consent is recorded.")
    day = day_words(voice.consented_at) if voice.consented_at else ""
    return tr("Consent: {who}", who=f"{voice.consent} ({day})" if day else voice.consent)


def _short(name: str) -> str:
    """``Heart`` of ``af_heart``, as built-in voices are named."""
    return name.partition("_")[2].title() or name


def _read(services: Services) -> list[tuple[ClonedVoice, str]]:
    """The voices, the newest first, each with its provider's name."""
    names = {info.id: info.name for info in TTS.infos()}
    voices = sorted(services.store.cloned_voices(), key=lambda one: -one.created_at)
    return [(voice, tr_message(names.get(voice.provider, voice.provider))) for voice in voices]


class VoiceList(QWidget):
    """All of them, with a sentence to try them with."""

    def __init__(self, work: Workspace, samples: Samples) -> None:
        super().__init__()
        self._work, self._context, self._samples = work, work.context, samples
        self.cards: dict[str, VoiceCard] = {}
        self.bring = Button(tr("Import a voice"), "", "download-simple")
        self.sentence = QLineEdit()
        self.sentence.setAccessibleName(tr("Sentence to hear voices with"))
        self.sentence.setPlaceholderText(tr("A sentence to hear voices with, in their language"))
        self.sentence.setMaxLength(_LONGEST_SENTENCE)
        self.empty = EmptyState("user-plus", tr("You have no voice of your own yet. Add one at the left."))
        head = row(label(tr("Your voices"), "section"), None, self.bring)
        self._list = column(head, self.sentence, self.empty, None, gap=12)
        self.setLayout(self._list)
        on_click(self.bring, self._ask_import)
        samples.moved.connect(self._show_awaited)
        work.context.events.changed.connect(self._take_changes)
        self.read()

    def read(self) -> None:
        """Read them anew, off the GUI thread."""
        services = self._context.services
        self._context.tasks.run(lambda: _read(services), self._show)

    def _take_changes(self, changes: Changes) -> None:
        if changes.ids("cloned_voice"):
            self.read()

    def _show(self, found: Sequence[tuple[ClonedVoice, str]]) -> None:
        for card in self.cards.values():
            self._list.removeWidget(card)
            card.deleteLater()
        self.cards = {voice.id: self._made_card(voice, provider) for voice, provider in found}
        for place, card in enumerate(self.cards.values()):
            self._list.insertWidget(place + 3, card)
        self.empty.setVisible(not found)
        self.sentence.setVisible(bool(found))

    def _made_card(self, voice: ClonedVoice, provider: str) -> VoiceCard:
        card = VoiceCard(voice, provider)
        card.renamed.connect(partial(self._rename, voice))
        card.hear_asked.connect(partial(self._hear, voice))
        card.export_asked.connect(partial(self._ask_export, voice))
        card.remove_asked.connect(partial(self._ask_remove, voice))
        return card

    def _hear(self, voice: ClonedVoice) -> None:
        self._samples.hear(voice.voice_id, self.sentence.text())

    def _show_awaited(self) -> None:
        for card in self.cards.values():
            card.show_awaited(card.voice.voice_id == self._samples.awaited)

    def _rename(self, voice: ClonedVoice, name: str) -> None:
        store = self._context.services.store

        def failed(error: Exception) -> None:
            self.read()
            self._context.trouble(error)

        self._context.tasks.run(lambda: rename_voice(store, voice.id, name), None, failed)

    def _ask_export(self, voice: ClonedVoice) -> None:
        start = Path(self._work.memory.last_folder or QDir.homePath())
        name = f"{safe_name(voice.name, 'Voice', 80)}{SUFFIX}"
        kinds = file_filter(tr("Voices"), SUFFIX.lstrip("."))
        path, _ = QFileDialog.getSaveFileName(self, tr("Save the voice"), str(start / name), kinds)
        if path:
            self.export(voice, Path(path if path.lower().endswith(SUFFIX) else path + SUFFIX))

    def export(self, voice: ClonedVoice, out: Path) -> None:
        """Write a voice into a file, with its samples."""
        services, tell = self._context.services, self._context.tell

        def work() -> None:
            check_target(services.store, services.paths, out, (SUFFIX,))
            export_voice(services, voice.id, out)

        def told(_nothing: None) -> None:
            text = tr("Saved as {name}. Whoever has this file can speak with the voice.", name=out.name)
            tell(ToastText(text, action=tr("Show in folder"), then=partial(show_in_folder, out, tell)))

        self._context.tasks.run(work, told)

    def _ask_import(self) -> None:
        kinds = file_filter(tr("Voices"), SUFFIX.lstrip("."))
        start = self._work.memory.last_folder
        path, _ = QFileDialog.getOpenFileName(self, tr("Import a voice"), start, kinds)
        if path:
            self.take_file(Path(path))

    def take_file(self, path: Path) -> None:
        """Take a voice out of a file."""
        services, tell = self._context.services, self._context.tell
        self._context.tasks.run(
            lambda: import_voice(services, path),
            lambda voice: tell(ToastText(tr("{name} is among your voices.", name=voice.name))),
        )

    def _ask_remove(self, voice: ClonedVoice) -> None:
        text = tr("It can’t be used any more. What was spoken with it stays.")
        if not is_blend(voice.provider_voice):
            text = tr("Its provider is asked to forget it, too. What was spoken with it stays.")
        self._ask(voice, text, partial(self._remove, voice))

    def _ask(self, voice: ClonedVoice, text: str, then: partial[None]) -> None:
        title = tr("Remove the voice {name}?", name=voice.name)
        question = Question(self.window(), title, text, stay=tr("Keep it"), go=tr("Remove"))
        question.accepted.connect(then)
        question.finished.connect(question.deleteLater)
        question.open()

    def _remove(self, voice: ClonedVoice, *, only_here: bool = False) -> None:
        services, tell = self._context.services, self._context.tell

        def told(gone: bool) -> None:
            kept = tr("Removed here; its provider keeps it.")
            tell(ToastText(tr("{name} was removed.", name=voice.name) if gone else kept))

        def failed(error: Exception) -> None:
            self._context.trouble(error)
            if not (only_here or isinstance(error, Cancelled)):
                text = tr("Its provider could not be asked to forget it. Remove it here only?")
                self._ask(voice, text, partial(self._remove, voice, only_here=True))

        self._context.tasks.run(lambda: remove_voice(services, voice.id, only_here=only_here), told, failed)
