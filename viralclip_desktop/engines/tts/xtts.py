"""An XTTS server of one's own (xtts-api-server): voices copied from samples that lie in its folder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.http.service import Service
from viralclip_desktop.engines.provider import NETWORK, Need, ProviderInfo
from viralclip_desktop.engines.stt.languages import LANGUAGE_NAMES, language_code
from viralclip_desktop.engines.tts.base import Voice
from viralclip_desktop.engines.tts.remote import RemoteVoices, Sound
from viralclip_desktop.settings.declaration import provider_setting

if TYPE_CHECKING:
    from viralclip_desktop.engines.http.client import HttpSync

_AT: Final = "@"
"""Between a speaker and the server's code of the language: it speaks each of its languages in each voice."""


class XttsVoices(RemoteVoices):
    """Every speaker in every language of the server."""

    longest = 240  # characters; the model loses words of longer texts
    info = ProviderInfo(
        "xtts",
        "XTTS server",
        "tts",
        needs=(Need("address", "address", "the server"), NETWORK),
        settings=(provider_setting("address", "", "Server address", "Such as http://127.0.0.1:8020."),),
    )

    def _at(self) -> Service:
        return Service("XTTS server", str(self._option("address")).strip())

    def _listed(self, http: HttpSync) -> list[Voice]:
        languages = http.request("GET", "languages").value("languages", kind=dict)
        speakers = [str(one) for one in http.request("GET", "speakers_list").value(kind=list)]
        return [
            Voice(self.info.id, f"{speaker}{_AT}{told}", code, label=speaker)
            for told in map(str, languages.values())
            if (code := language_code(told)) in LANGUAGE_NAMES
            for speaker in speakers
        ]

    def _sound(self, http: HttpSync, text: str, voice: str, cancel: CancelToken) -> Sound:
        speaker, _, language = voice.rpartition(_AT)
        asked = {"text": text, "speaker_wav": speaker, "language": language}
        answer = http.request("POST", "tts_to_audio/", json=asked, repeatable=True, cancel=cancel)
        return self._wav(answer.binary("audio/"))
