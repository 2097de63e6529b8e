"""Deepgram's transcription service: words with times, marks and speakers.

The sound goes up in WAV pieces of at most half an hour, cut at pauses. Speakers are numbered anew in each
piece, so they are taken only where one piece was all there was.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from viralclip_desktop.core.json_text import JSON_FAULTS
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.http.answer import Answer
from viralclip_desktop.engines.http.policy import SYSTEM_CLOCK, Clock, Policy
from viralclip_desktop.engines.http.service import Service
from viralclip_desktop.engines.provider import NETWORK, Cost, Need, ProviderInfo
from viralclip_desktop.engines.stt.base import (
    EmitStt,
    SttLanguage,
    SttProgress,
    SttRequest,
    SttSegment,
    SttSetup,
    SttUsed,
    ordered_words,
)
from viralclip_desktop.engines.stt.engine import WRITES, FileEngine, guarded_blocks
from viralclip_desktop.engines.stt.languages import language_code
from viralclip_desktop.engines.stt.sound import RATE_HZ, SpeechFile, wav_bytes
from viralclip_desktop.settings.declaration import provider_setting

if TYPE_CHECKING:
    from viralclip_desktop.engines.http.client import HttpSync

KEY: Final = "DEEPGRAM_API_KEY"
_NUMBERED: Final = "Speaker {}"  # as speakers are named who are told apart here
_PIECE_MIN_S, _PIECE_MAX_S = 25 * 60.0, 30 * 60.0
_POLICY = Policy(read_s=600.0, total_s=3600.0, attempts=6)
_PRICE_USD = 0.0043  # a minute of a recording by nova-3 (Deepgram's price list)


class DeepgramEngine(FileEngine):
    """Deepgram's transcription service."""

    info = ProviderInfo(
        "deepgram",
        "Deepgram transcription",
        "stt",
        needs=(Need("key", KEY, "Deepgram"), NETWORK),
        capabilities=(*WRITES, "speakers"),
        costs=(Cost("minute", _PRICE_USD),),
        settings=(
            provider_setting(
                "transcription_model",
                "nova-3",
                "Deepgram model for transcription",
                "Such as nova-3 or nova-2; each has its languages and its price.",
            ),
            provider_setting(
                "address",
                "https://api.deepgram.com",
                "Server address",
                "Of the service, or of a server of your own.",
            ),
            provider_setting(
                "transcription_price_usd",
                _PRICE_USD,
                "Price of a minute",
                "In US dollars, for the budget; 0 for a server of your own that costs nothing.",
                low=0,
                high=10,
            ),
        ),
    )

    def __init__(self, setup: SttSetup, policy: Policy = _POLICY, clock: Clock = SYSTEM_CLOCK) -> None:
        """``setup``: the key, and the provider's own settings."""
        self._setup, self._clock = setup, clock
        self._key = setup.secret(KEY)
        self._gate = NetworkGate(setup.offline)
        self._service = Service(
            "Deepgram",
            str(setup.option(self.info, "address")).strip(),
            headers={"Authorization": " ".join(("Token", self._key))},
            secrets=(self._key,),
            policy=policy,
            purpose=self.info.name,
        )
        price = setup.option(self.info, "transcription_price_usd")
        # an instance with the price that is set here
        self.info = replace(self.info, costs=(Cost("minute", price),) if price else ())

    @property
    def model(self) -> str:
        """The service's model."""
        return str(self._setup.option(self.info, "transcription_model"))

    def ready(self) -> str | None:
        """None if a key is given and the offline switch is off."""
        if not self._key:
            return say("No {name} key is given. Type it into the settings.", name=self._service.name)
        return self._gate.problem(self._service.purpose)

    def listen(self, sound: SpeechFile, request: SttRequest, emit: EmitStt, cancel: CancelToken) -> str:
        """See :class:`FileEngine`. Raises a ServiceFault when the service is away or refuses."""
        from viralclip_desktop.engines.http.client import HttpSync

        language, done = request.language, request.start
        if language:
            emit(SttLanguage(language))
        guard, pieces = guarded_blocks(sound, done, _PIECE_MIN_S, _PIECE_MAX_S)
        alone = len(pieces) == 1 and not request.start.ticks
        with HttpSync(self._service, self._gate, clock=self._clock) as http:
            for piece in pieces:
                cancel.raise_if_cancelled()
                answer = self._ask(http, sound.bytes(piece), language, cancel)
                words, heard = _understood(answer, Time.from_samples(piece.start, RATE_HZ), alone)
                emit(SttUsed({"minute": _paid_s(answer, (piece.end - piece.start) / RATE_HZ) / 60}))
                if not language:
                    language = heard or "en"
                    emit(SttLanguage(language))
                end = Time.from_samples(min(piece.end, sound.length), RATE_HZ)
                emit(SttSegment(ordered_words(guard.accept(words, 0.0), done, end), end))
                emit(SttProgress(min(1.0, piece.end / max(1, sound.length))))
                done = end
        return language or ""

    def _ask(self, http: HttpSync, data: bytes, language: str | None, cancel: CancelToken) -> Answer:
        asked = {"model": self.model, "punctuate": "true", "smart_format": "true", "diarize": "true"}
        asked |= {"language": language} if language else {"detect_language": "true"}
        return http.request(
            "POST",
            "v1/listen",
            params=asked,
            content=wav_bytes(data),
            headers={"Content-Type": "audio/wav"},
            cancel=cancel,
            repeatable=True,  # half an hour of speech is not given up for a lost answer
        )


def _understood(answer: Answer, offset: Time, with_speakers: bool) -> tuple[list[Word], str]:
    """The words in source time, and the language that was found."""
    channel = answer.value("results", "channels", 0, kind=dict)
    best = answer.value("results", "channels", 0, "alternatives", 0, kind=dict)
    spoken = best.get("words")
    if not isinstance(spoken, list) or (not spoken and str(best.get("transcript") or "").strip()):
        raise answer.senseless("no words with times")
    try:
        words = [_word(one, offset, with_speakers) for one in spoken]
    except JSON_FAULTS as error:
        raise answer.senseless(repr(error)) from error
    return [word for word in words if word.text], language_code(str(channel.get("detected_language") or ""))


def _word(told: dict[str, Any], offset: Time, with_speakers: bool) -> Word:
    start, end = float(told["start"]), float(told["end"])
    speaker = told.get("speaker") if with_speakers else None
    named = _NUMBERED.format(speaker + 1) if isinstance(speaker, int) and 0 <= speaker < 100 else ""
    return Word(
        str(told.get("punctuated_word") or told["word"]).strip(),
        offset + Time.from_seconds(start),
        offset + Time.from_seconds(max(start, end)),
        min(1.0, max(0.0, float(told.get("confidence", 1.0)))),
        speaker=named,
    )


def _paid_s(answer: Answer, sent_s: float) -> float:
    """The seconds that are billed: as the service says, else the length of what was sent."""
    told = answer.json().get("metadata")
    seconds = told.get("duration") if isinstance(told, dict) else None
    sane = isinstance(seconds, int | float) and 0 <= seconds < math.inf
    return float(seconds) if sane and seconds is not None else sent_s
