"""OpenAI's voices, and servers that speak the same language (``openai_base_url``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.http.service import Service
from viralclip_desktop.engines.provider import NETWORK, Need, ProviderInfo
from viralclip_desktop.engines.stt.languages import LANGUAGE_NAMES
from viralclip_desktop.engines.tts.base import INSTRUCTIONS, Gender, Voice
from viralclip_desktop.engines.tts.remote import RemoteVoices, Sound, price_setting, usual_price
from viralclip_desktop.settings.declaration import provider_setting

if TYPE_CHECKING:
    from viralclip_desktop.engines.http.client import HttpSync

KEY: Final = "OPENAI_API_KEY"
_URL: Final = "https://api.openai.com/v1"
_PRICE_USD: Final = 15.0  # of a million characters of tts-1 (OpenAI's price list)
_RATE_HZ: Final = 24_000  # of its "pcm"
_VOICES: Final[tuple[tuple[str, Gender], ...]] = (
    ("alloy", ""), ("ash", "male"), ("ballad", "male"), ("coral", "female"), ("echo", "male"),
    ("fable", ""), ("nova", "female"), ("onyx", "male"), ("sage", "female"), ("shimmer", "female"),
    ("verse", "male"),
)  # fmt: skip
"""The service does not list them; these are the names its reference has."""


class OpenAiVoices(RemoteVoices):
    """Voices that speak every language they are given."""

    key = KEY
    longest = 4000  # characters; the service takes 4,096
    info = ProviderInfo(
        "openai",
        "OpenAI voices",
        "tts",
        needs=(Need("key", KEY, "OpenAI"), NETWORK),
        capabilities=("any_language", "models"),
        costs=usual_price(_PRICE_USD),
        settings=(
            provider_setting(
                "voice_model",
                "gpt-4o-mini-tts",
                "OpenAI model for voices",
                "Such as tts-1; another server may have its own.",
            ),
            provider_setting(
                INSTRUCTIONS,
                "",
                "How it speaks",
                "Such as: cheerful and warm, a little faster towards the end. The tts-1 models can’t.",
            ),
            price_setting(_PRICE_USD),
        ),
    )

    def models(self) -> list[str]:
        """See :class:`~viralclip_desktop.engines.tts.base.TellsModels`: those that are named so."""
        with self._http(self._listing) as http:
            told = http.request("GET", "models").value("data", kind=list)
        names = [str(one.get("id", "")) for one in told if isinstance(one, dict)]
        return sorted(name for name in names if "tts" in name)

    def _at(self) -> Service:
        return Service(
            "OpenAI",
            self._setup.options.get("openai_base_url") or _URL,
            headers={"Authorization": " ".join(("Bearer", self._secret))},
            secrets=(self._secret,),
        )

    def _listed(self, http: HttpSync) -> list[Voice]:  # noqa: ARG002 - no request tells them
        others = tuple(code for code in LANGUAGE_NAMES if code != "en")
        return [
            Voice(self.info.id, name, "en", gender, label=name.capitalize(), others=others)
            for name, gender in _VOICES
        ]

    def _sound(self, http: HttpSync, text: str, voice: str, cancel: CancelToken) -> Sound:
        asked = {"model": str(self._option("voice_model")), "input": text, "voice": voice}
        told = str(self._option(INSTRUCTIONS)).strip()
        if told and not asked["model"].startswith("tts-1"):
            asked["instructions"] = told
        answer = http.request("POST", "audio/speech", json=asked | {"response_format": "pcm"}, cancel=cancel)
        return self._pcm(answer.binary("audio/", "application/octet-stream"), _RATE_HZ)
