"""The voices that can speak here, as they are offered; read in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.features.voices import OfferedVoice, offered_voices
from viralclip_desktop.gui.text import tr, tr_message

if TYPE_CHECKING:
    from viralclip_desktop.engines.tts.base import Voice
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

    @property
    def offers(self) -> list[OfferedVoice]:
        """All of them, those of the best provider first."""
        return list(self._offers)

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


def voice_name(voice: Voice) -> str:
    """What a voice is called."""
    language = language_name(voice.language)
    return tr_message(language) if voice.label == language else voice.label or voice.name


def voice_kind(voice: Voice) -> list[str]:
    """``female``, ``ES``: as far as they are known."""
    gender = {"female": tr("female"), "male": tr("male")}.get(voice.gender, "")
    accent = _accents().get(voice.accent.casefold(), voice.accent)
    accent = accent if accent != voice.language else ""  # French of France is called so by nobody
    return [part for part in (gender, accent) if part]


def _accents() -> dict[str, str]:
    """Regions whose codes nobody reads."""
    return {
        "419": tr("Latin America"),
        "029": tr("Caribbean"),
        "latn": tr("Latin letters"),
        "latn-pinyin": tr("Pinyin"),
        "shaw": tr("Shavian letters"),
        "vn-x-central": tr("central Vietnam"),
        "vn-x-south": tr("southern Vietnam"),
        "gb-scotland": tr("Scotland"),
        "gb-x-gbclan": tr("Lancashire"),
        "gb-x-gbcwmd": tr("West Midlands"),
        "gb-x-rp": tr("Received Pronunciation"),
        "us-nyc": tr("New York"),
    }


def voice_words(offer: OfferedVoice) -> str:
    """``Dora, female, ES  ·  Kokoro``."""
    who = ", ".join([voice_name(offer.voice), *voice_kind(offer.voice)])
    return "  ·  ".join(part for part in (who, offer.provider, tr("paid") if offer.paid else "") if part)
