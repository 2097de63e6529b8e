"""Deepgram's voices (Aura)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.http.service import Service
from viralclip_desktop.engines.provider import NETWORK, Need, ProviderInfo
from viralclip_desktop.engines.stt.languages import LANGUAGE_NAMES, language_code
from viralclip_desktop.engines.tts.base import Gender, Voice
from viralclip_desktop.engines.tts.remote import RemoteVoices, Sound, price_setting, usual_price
from viralclip_desktop.settings.declaration import provider_setting

if TYPE_CHECKING:
    from viralclip_desktop.engines.http.client import HttpSync

KEY: Final = "DEEPGRAM_API_KEY"
_PRICE_USD: Final = 30.0  # of a million characters of Aura-2 (Deepgram's price list)
_RATE_HZ: Final = 24_000
_GENDERS: Final[dict[str, Gender]] = {"feminine": "female", "masculine": "male"}


class DeepgramVoices(RemoteVoices):
    """Each voice is a model of its own and speaks one language."""

    key = KEY
    longest = 1900  # characters; the service takes 2,000
    info = ProviderInfo(
        "deepgram",
        "Deepgram voices",
        "tts",
        needs=(Need("key", KEY, "Deepgram"), NETWORK),
        costs=usual_price(_PRICE_USD),
        settings=(
            provider_setting(
                "address",
                "https://api.deepgram.com",
                "Server address",
                "Of the service, or of a server of your own.",
            ),
            price_setting(_PRICE_USD),
        ),
    )

    def _at(self) -> Service:
        return Service(
            "Deepgram",
            str(self._option("address")).strip(),
            headers={"Authorization": " ".join(("Token", self._secret))},
            secrets=(self._secret,),
        )

    def _listed(self, http: HttpSync) -> list[Voice]:
        found = [self._voice(one) for one in http.request("GET", "v1/models").value("tts", kind=list)]
        return [voice for voice in found if voice is not None]

    def _voice(self, one: Any) -> Voice | None:
        if not isinstance(one, dict) or not isinstance(name := one.get("canonical_name"), str):
            return None
        languages = one.get("languages")
        codes = [language_code(str(code)) for code in languages] if isinstance(languages, list) else []
        code = next((code for code in codes if code in LANGUAGE_NAMES), "")
        about = one.get("metadata")
        about = about if isinstance(about, dict) else {}
        tags = about.get("tags")
        known = [_GENDERS[str(tag)] for tag in tags if str(tag) in _GENDERS] if isinstance(tags, list) else []
        gender: Gender = known[0] if known else ""
        label = str(one.get("name") or name).capitalize()
        return (
            Voice(self.info.id, name, code, gender, str(about.get("accent") or ""), label) if code else None
        )

    def _sound(self, http: HttpSync, text: str, voice: str, cancel: CancelToken) -> Sound:
        shape = {"encoding": "linear16", "container": "none", "sample_rate": _RATE_HZ}
        answer = http.request(
            "POST", "v1/speak", params={"model": voice} | shape, json={"text": text}, cancel=cancel
        )
        return self._pcm(answer.binary("audio/"), _RATE_HZ)
