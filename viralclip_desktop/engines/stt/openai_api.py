"""OpenAI's transcription service (or a server that speaks the same language), through the openai package.

The sound goes up in WAV pieces of at most ten minutes (19 MB; the service takes 25 MB), cut at pauses, and
comes back as text with word times (``verbose_json``, which ``whisper-1`` offers). The key comes with the
request and is neither stored nor logged. Each answer says how many seconds were billed (``SttUsed``).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from viralclip_desktop.core.errors import EnvironmentLacks, Fault
from viralclip_desktop.core.json_text import JSON_FAULTS
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.http.faults import Trouble, service_fault
from viralclip_desktop.engines.http.policy import SYSTEM_CLOCK, Clock, Policy
from viralclip_desktop.engines.http.sdk import openai_fault
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
from viralclip_desktop.engines.stt.marks import punctuated_words, spread_words
from viralclip_desktop.engines.stt.sound import (
    RATE_HZ,
    SpeechFile,
    Stretch,
    wav_bytes,
)
from viralclip_desktop.settings.declaration import provider_setting

_PIECE_MIN_S, _PIECE_MAX_S = 8 * 60.0, 10 * 60.0
# A ten-minute piece takes the service well under a minute; the upload may be slow, and a busy service may ask
# for waits.
_POLICY = Policy(read_s=300.0, total_s=1800.0, attempts=6)
KEY = "OPENAI_API_KEY"
_PRICE_USD = 0.006  # a minute, of whisper-1 (OpenAI's price list)


class OpenAiEngine(FileEngine):
    """OpenAI's transcription service."""

    info = ProviderInfo(
        "openai",
        "OpenAI transcription",
        "stt",
        needs=(Need("key", KEY, "OpenAI"), NETWORK),
        capabilities=WRITES,
        costs=(Cost("minute", _PRICE_USD),),
        settings=(
            provider_setting(
                "transcription_model",
                "whisper-1",
                "OpenAI model for transcription",
                "It has to give word times as whisper-1 does; another server may have its own.",
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
        """``setup``: the key, and ``openai_base_url`` (empty: OpenAI itself)."""
        self._setup, self._clock = setup, clock
        self._key = setup.secret(KEY)
        price = setup.option(self.info, "transcription_price_usd")
        # an instance with the price that is set here
        self.info = replace(self.info, costs=(Cost("minute", price),) if price else ())
        self._gate = NetworkGate(setup.offline)
        self._service = Service("OpenAI", secrets=(self._key,), policy=policy, purpose=self.info.name)

    @property
    def model(self) -> str:
        """The service's model."""
        return str(self._setup.option(self.info, "transcription_model"))

    def ready(self) -> str | None:
        """None if a key is given and the offline switch is off."""
        if not self._key:
            return "No OpenAI key is given. Set OPENAI_API_KEY, or type the key into the settings."
        return self._gate.problem(self._service.purpose)

    def check(self) -> None:
        """Raises EnvironmentLacks offline or without a key."""
        self._gate.check(self._service.purpose)
        if not self._key:
            raise EnvironmentLacks(
                "No OpenAI key is given.", "Set OPENAI_API_KEY, or type the key into the settings."
            )

    def listen(self, sound: SpeechFile, request: SttRequest, emit: EmitStt, cancel: CancelToken) -> str:
        """See :class:`FileEngine`. Raises EnvironmentLacks when the service is away."""
        language, done = request.language, request.start
        if language:
            emit(SttLanguage(language))
        guard, pieces = guarded_blocks(sound, done, _PIECE_MIN_S, _PIECE_MAX_S)
        for piece in pieces:
            cancel.raise_if_cancelled()
            answer = self._understood(self._ask(sound, piece, language, cancel))
            emit(SttUsed({"minute": _paid_s(answer, piece) / 60}))
            if not language:
                language = language_code(answer.language)
                emit(SttLanguage(language))
            end = Time.from_samples(min(piece.end, sound.length), RATE_HZ)
            words = guard.accept(self._words(answer, Time.from_samples(piece.start, RATE_HZ)), 0.0)
            emit(SttSegment(ordered_words(words, done, end), end))
            emit(SttProgress(min(1.0, piece.end / max(1, sound.length))))
            done = end
        return language or ""

    def _ask(self, sound: SpeechFile, piece: Stretch, language: str | None, cancel: CancelToken) -> Any:
        import openai

        from viralclip_desktop.engines.http.client import sdk_client

        http: Any = sdk_client(self._service, self._gate, cancel=cancel, clock=self._clock, repeatable=True)
        client = openai.OpenAI(
            api_key=self._key,
            base_url=self._setup.options.get("openai_base_url") or None,
            max_retries=0,  # the policy of our own client does that
            http_client=http,
        )
        try:
            with client:
                return client.audio.transcriptions.create(**self._question(sound.bytes(piece), language))
        except (openai.OpenAIError, ValueError, RecursionError) as error:
            raise openai_fault(self._service, error) from error

    def _understood(self, answer: Any) -> Any:
        """The same answer; raises a Fault when it is none: the package takes whatever a server says."""
        whole = isinstance(getattr(answer, "text", None), str) and isinstance(
            getattr(answer, "language", None), str
        )
        if whole and (answer.text.strip() == "" or answer.words or answer.segments):
            return answer
        raise self._senseless("no text with times")

    def _words(self, answer: Any, offset: Time) -> list[Word]:
        try:
            return _words(answer, offset)
        except JSON_FAULTS as error:
            raise self._senseless(repr(error)) from error

    def _senseless(self, details: str) -> Fault:
        return service_fault(self._service.name, Trouble.UNREADABLE, details=details)

    def _question(self, data: bytes, language: str | None) -> dict[str, Any]:
        question: dict[str, Any] = {
            "file": ("speech.wav", wav_bytes(data), "audio/wav"),
            "model": self.model,
            "response_format": "verbose_json",
            "timestamp_granularities": ["word", "segment"],
            "temperature": 0,
        }
        return {**question, "language": language} if language else question


def _paid_s(answer: Any, piece: Stretch) -> float:
    """The seconds that are billed: as the service says, else the length of what was sent."""
    told = getattr(getattr(answer, "usage", None), "seconds", None)
    if isinstance(told, int | float) and 0 <= told < math.inf:
        return float(told)
    return (piece.end - piece.start) / RATE_HZ


def _words(answer: Any, offset: Time) -> list[Word]:
    """The answer's words in source time, with the marks that only its running text has."""
    spoken = answer.words or []
    if not spoken:
        return [word for part in answer.segments or [] for word in _spread(part, offset)]
    texts = punctuated_words([word.word for word in spoken], answer.text)
    confidence = _confidences(answer)
    return [
        Word(
            text,
            offset + Time.from_seconds(word.start),
            offset + Time.from_seconds(max(word.start, word.end)),
            confidence((word.start + word.end) / 2),
        )
        for text, word in zip(texts, spoken, strict=True)
    ]


def _spread(segment: Any, offset: Time) -> list[Word]:
    """The words of a segment from a server that gives no word times."""
    start, end = offset + Time.from_seconds(segment.start), offset + Time.from_seconds(segment.end)
    return spread_words(segment.text, start, max(start, end), min(1.0, math.exp(segment.avg_logprob)))


def _confidences(answer: Any) -> Callable[[float], float]:
    """A function from a time in the piece to the mean word probability of the segment it lies in."""
    segments = [(part.end, min(1.0, math.exp(part.avg_logprob))) for part in answer.segments or []]

    def at(time_s: float) -> float:
        return next((confidence for end, confidence in segments if time_s < end), 1.0)

    return at
