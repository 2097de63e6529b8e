"""ElevenLabs' voices, with the time of each letter."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final

from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.engines.http.answer import Answer
from viralclip_desktop.engines.http.service import Service
from viralclip_desktop.engines.provider import NETWORK, Need, ProviderInfo
from viralclip_desktop.engines.stt.languages import LANGUAGE_NAMES, language_code
from viralclip_desktop.engines.tts.base import PERCENT, ClonedFrom, Gender, Quota, SpokenWord, Voice
from viralclip_desktop.engines.tts.remote import (
    RemoteVoices,
    Sound,
    price_setting,
    usual_price,
    voice_setting,
)
from viralclip_desktop.settings.declaration import provider_setting

if TYPE_CHECKING:
    from viralclip_desktop.engines.http.client import HttpSync

KEY: Final = "ELEVENLABS_API_KEY"
_PRICE_USD: Final = 220.0  # of a million characters, about what its plans come to
_RATE_HZ: Final = 24_000
_MARK: Final = "viralclip"
"""The label by which a voice of ours is known."""
_PAGE: Final = 100
_LATEST: Final = 10**11  # seconds: a moment that a calendar has
_MOST_PAGES: Final = 50
_TIMES: Final = ("character_start_times_seconds", "character_end_times_seconds")
_LONGEST_S: Final = 36_000
_GENDERS: Final[dict[str, Gender]] = {"female": "female", "male": "male"}


class ElevenLabsVoices(RemoteVoices):
    """The voices of an account."""

    key = KEY
    takes = ".mp3"
    info = ProviderInfo(
        "elevenlabs",
        "ElevenLabs voices",
        "tts",
        needs=(Need("key", KEY, "ElevenLabs"), NETWORK),
        capabilities=("word_times", "any_language", "clones", "quota", "models"),
        costs=usual_price(_PRICE_USD),
        settings=(
            provider_setting(
                "voice_model",
                "eleven_multilingual_v2",
                "ElevenLabs model",
                "Which of its models speaks; the account has to have it.",
            ),
            voice_setting("stability", 50, "Stability", "Lower is livelier, higher is more even."),
            voice_setting("clarity", 75, "Clarity", "How near it keeps to the voice that it copies."),
            voice_setting("emotion", 0, "Emotion", "How much it makes of the voice’s own style."),
            provider_setting(
                "address",
                "https://api.elevenlabs.io",
                "Server address",
                "Another region has its own, such as https://api.eu.residency.elevenlabs.io.",
            ),
            price_setting(_PRICE_USD),
        ),
    )

    def _at(self) -> Service:
        return Service(
            "ElevenLabs",
            str(self._option("address")).strip(),
            headers={"xi-api-key": self._secret},
            secrets=(self._secret,),
        )

    def quota(self) -> Quota:
        """See :class:`~viralclip_desktop.engines.tts.base.TellsQuota`. The key needs the right to read the
        user."""
        with self._http(self._listing) as http:
            answer = http.request("GET", "v1/user/subscription")
        used, limit = answer.value("character_count", kind=int), answer.value("character_limit", kind=int)
        told = answer.json().get("next_character_count_reset_unix")
        known = isinstance(told, int) and 0 < told < _LATEST
        return Quota(max(0, used), max(0, limit), float(told) if known else None)

    def models(self) -> list[str]:
        """See :class:`~viralclip_desktop.engines.tts.base.TellsModels`."""
        with self._http(self._listing) as http:
            told = http.request("GET", "v1/models").value(kind=list)
        speaking = [one for one in told if isinstance(one, dict) and one.get("can_do_text_to_speech", True)]
        return [one["model_id"] for one in speaking if isinstance(one.get("model_id"), str)]

    def clone(self, origin: ClonedFrom, cancel: CancelToken) -> str:
        """See :class:`~viralclip_desktop.engines.tts.base.ClonesVoices`. A voice that was made by a request
        whose answer got lost is found again by its mark."""
        with self._http(self._service) as http:
            for one in self._each(http):
                labels = one.get("labels")
                if isinstance(labels, dict) and labels.get(_MARK) == origin.mark:
                    return str(one["voice_id"])
            files = [("files", (path.name, path.read_bytes(), "audio/mpeg")) for path in origin.samples]
            labels = {_MARK: origin.mark, "language": origin.language}
            answer = http.request(
                "POST",
                "v1/voices/add",
                data={"name": origin.name, "labels": json.dumps(labels)},
                files=files,
                cancel=cancel,
            )
        voice = answer.value("voice_id", kind=str)
        if not voice.isalnum():
            raise answer.senseless("no id of a voice")
        return str(voice)

    def forget(self, voice: str, cancel: CancelToken) -> bool:
        """See :class:`~viralclip_desktop.engines.tts.base.ClonesVoices`."""
        with self._http(self._service) as http:
            if any(one["voice_id"] == voice for one in self._each(http)):
                http.request("DELETE", f"v1/voices/{voice}", cancel=cancel)
        return True

    def _listed(self, http: HttpSync) -> list[Voice]:
        languages = self._languages(http.request("GET", "v1/models"))
        return [self._voice(one, languages) for one in self._each(http)]

    def _each(self, http: HttpSync) -> Iterator[dict[str, Any]]:
        """What is told of each voice of the account."""
        token = ""
        for _ in range(_MOST_PAGES):
            asked = {"page_size": _PAGE} | ({"next_page_token": token} if token else {})
            page = http.request("GET", "v2/voices", params=asked)
            yield from (one for one in page.value("voices", kind=list) if _named(one))
            more = page.json()
            token = str(more.get("next_page_token") or "") if more.get("has_more") else ""
            if not token:
                break

    def _languages(self, models: Answer) -> tuple[str, ...]:
        """What the chosen model speaks."""
        for model in models.value(kind=list):
            if isinstance(model, dict) and model.get("model_id") == self._option("voice_model"):
                told = [language_code(str(one.get("language_id", ""))) for one in _dicts(model, "languages")]
                return tuple(dict.fromkeys(code for code in told if code in LANGUAGE_NAMES))
        return ()

    def _voice(self, one: dict[str, Any], languages: Sequence[str]) -> Voice:
        labels = one.get("labels")
        labels = labels if isinstance(labels, dict) else {}
        own = language_code(str(labels.get("language") or "en"))
        own = own if own in LANGUAGE_NAMES else "en"
        return Voice(
            self.info.id,
            str(one["voice_id"]),
            own,
            _GENDERS.get(str(labels.get("gender", "")).lower(), ""),
            str(labels.get("accent") or ""),
            str(one.get("name") or one["voice_id"]),
            tuple(code for code in languages if code != own),
        )

    def _manner(self) -> dict[str, Any]:
        """How it speaks, where the user wants it otherwise than usual: else as the voice is set there."""
        usual = {one.key: one.default for one in self.info.settings if one.unit == PERCENT}
        wanted = {key: self._option(key) for key in usual}
        if wanted == usual:
            return {}
        named = zip(("stability", "similarity_boost", "style"), wanted.values(), strict=True)
        return {"voice_settings": {name: value / 100 for name, value in named}}

    def _sound(self, http: HttpSync, text: str, voice: str, cancel: CancelToken) -> Sound:
        answer = http.request(
            "POST",
            f"v1/text-to-speech/{voice}/with-timestamps",
            params={"output_format": f"pcm_{_RATE_HZ}"},
            json={"text": text, "model_id": self._option("voice_model")} | self._manner(),
            cancel=cancel,
        )
        try:
            data = base64.b64decode(answer.value("audio_base64", kind=str), validate=True)
        except ValueError as error:
            raise answer.senseless("no sound in base64") from error
        sound = self._pcm(data, _RATE_HZ)
        return Sound(sound.samples, sound.rate_hz, _words(answer, text))


def _named(one: Any) -> bool:
    return isinstance(one, dict) and isinstance(one.get("voice_id"), str) and one["voice_id"].isalnum()


def _dicts(data: dict[str, Any], key: str) -> list[dict[str, Any]]:
    found = data.get(key)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _words(answer: Answer, text: str) -> tuple[SpokenWord, ...]:
    """The words by the times of their letters; none where these are not those of the text."""
    letters = _letters(answer.json().get("alignment"))
    written = "".join(letter for letter, _start, _end in letters)
    if written.split() != text.split() or len(written) != len(letters):
        return ()
    words: list[SpokenWord] = []
    at = 0
    for word in written.split():
        first = written.index(word, at)
        at = first + len(word)
        begin, end = Time.from_seconds(letters[first][1]), Time.from_seconds(letters[at - 1][2])
        begin = max(begin, words[-1].range.end) if words else begin
        words.append(SpokenWord(word, TimeRange(begin, max(begin, end))))
    return tuple(words)


def _letters(told: Any) -> list[tuple[str, float, float]]:
    """Each letter with its start and end in seconds; empty for what is no such list."""
    if not isinstance(told, dict):
        return []
    parts = [told.get(key) for key in ("characters", *_TIMES)]
    lists = [part for part in parts if isinstance(part, list)]
    if len(lists) != 3 or len({len(part) for part in lists}) != 1:
        return []
    letters = list(zip(*lists, strict=True))
    sane = all(isinstance(s, int | float) and 0 <= s < _LONGEST_S for _, *both in letters for s in both)
    return [(str(letter), float(start), float(end)) for letter, start, end in letters] if sane else []
