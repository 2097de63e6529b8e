"""The voices that can speak here, as the panel offers them; read in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.features.voices import OfferedVoice, offered_voices
from viralclip_desktop.gui.text import tr, tr_message

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.bridge.tasks import Ticket


class VoiceBook(QObject):
    """``changed`` tells that the voices were read."""

    changed = Signal()

    def __init__(self, context: Context, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self._reading: Ticket | None = None
        self._offers: list[OfferedVoice] = []
        self.languages: frozenset[str] = frozenset()
        """The codes of all languages that somebody here speaks."""
        self.known = False
        """Whether they have been read."""

    def read(self) -> None:
        """Ask for the voices; those that are known stay until others come."""
        if self._reading is None:
            services = self._context.services
            self._reading = self._context.tasks.run(
                lambda: offered_voices(services), self._take, self._failed
            )

    def speaking(self, language: str) -> list[OfferedVoice]:
        """Those of a language, the best first."""
        return [offer for offer in self._offers if offer.speaks(language)]

    def offer(self, voice_id: str) -> OfferedVoice | None:
        """A voice by its id."""
        return next((offer for offer in self._offers if offer.voice.id == voice_id), None)

    def _take(self, offers: list[OfferedVoice]) -> None:
        self._reading = None
        self._offers, self.known = offers, True
        spoken = (code for offer in offers for code in (offer.voice.language, *offer.voice.others))
        self.languages = frozenset(spoken)
        self.changed.emit()

    def _failed(self, error: Exception) -> None:
        self._take([])
        self._context.trouble(error)


def voice_words(offer: OfferedVoice) -> str:
    """``Dora, female, ES  ·  Kokoro``."""
    voice = offer.voice
    gender = {"female": tr("female"), "male": tr("male")}.get(voice.gender, "")
    accent = tr("Latin America") if voice.accent == "419" else voice.accent
    accent = accent if accent != voice.language else ""  # French of France is called so by nobody
    language = language_name(voice.language)
    name = tr_message(language) if voice.label == language else voice.label or voice.name
    who = ", ".join(part for part in (name, gender, accent) if part)
    return "  ·  ".join(part for part in (who, offer.provider, tr("paid") if offer.paid else "") if part)
