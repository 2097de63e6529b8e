"""OpenAI's transcription service (or a server that speaks the same language), through the openai package.

The sound goes up in WAV pieces of at most ten minutes (19 MB; the service takes 25 MB), cut at pauses, and
comes back as text with word times (``verbose_json``, which ``whisper-1`` offers). The key comes with the
request and is neither stored nor logged.
"""

from __future__ import annotations

import io
import math
import re
import wave
from collections.abc import Callable
from typing import Any

from viralclip_desktop.core.errors import BadInput, EnvironmentLacks, Fault
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.provider import ProviderInfo
from viralclip_desktop.engines.stt.base import (
    EmitStt,
    SttLanguage,
    SttProgress,
    SttRequest,
    SttSegment,
    SttSetup,
    ordered_words,
)
from viralclip_desktop.engines.stt.engine import WRITES, FileEngine, guarded_blocks
from viralclip_desktop.engines.stt.languages import language_code
from viralclip_desktop.engines.stt.marks import punctuated_words, spread_words
from viralclip_desktop.engines.stt.sound import (
    RATE_HZ,
    SpeechFile,
    Stretch,
)

_PIECE_MIN_S, _PIECE_MAX_S = 8 * 60.0, 10 * 60.0
_TIMEOUT_S = 300.0  # a ten-minute piece takes the service well under a minute; the upload may be slow
_RETRIES = 5
_DEFAULT_MODEL = "whisper-1"
_PURPOSE = "OpenAI transcription"


class OpenAiEngine(FileEngine):
    """OpenAI's transcription service."""

    info = ProviderInfo(
        "openai",
        "OpenAI transcription",
        "stt",
        offline=False,
        needs=("an OpenAI key", "the network"),
        capabilities=WRITES,
        cost="about 0.006 US dollars a minute",
    )

    def __init__(self, setup: SttSetup, timeout_s: float = _TIMEOUT_S) -> None:
        """``setup.api_key`` and ``setup.base_url`` (empty: OpenAI itself); ``timeout_s`` a request."""
        self._setup = setup
        self._timeout_s = timeout_s
        self._gate = NetworkGate(setup.offline)

    @property
    def model(self) -> str:
        """The service's model."""
        return self._setup.model or _DEFAULT_MODEL

    def ready(self) -> str | None:
        """None if a key is given and the offline switch is off."""
        if not self._setup.api_key:
            return "No OpenAI key is given. Set OPENAI_API_KEY, or type the key into the settings."
        try:
            self._gate.check(_PURPOSE)
        except EnvironmentLacks as closed:
            return str(closed)
        return None

    def check(self) -> None:
        """Raises EnvironmentLacks offline or without a key."""
        self._gate.check(_PURPOSE)
        if not self._setup.api_key:
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
            answer = self._ask(sound, piece, language)
            if not language:
                language = language_code(answer.language)
                emit(SttLanguage(language))
            end = Time.from_samples(min(piece.end, sound.length), RATE_HZ)
            words = guard.accept(_words(answer, Time.from_samples(piece.start, RATE_HZ)), 0.0)
            emit(SttSegment(ordered_words(words, done, end), end))
            emit(SttProgress(min(1.0, piece.end / max(1, sound.length))))
            done = end
        return language or ""

    def _ask(self, sound: SpeechFile, piece: Stretch, language: str | None) -> Any:
        import openai

        client = openai.OpenAI(
            api_key=self._setup.api_key,
            base_url=self._setup.base_url or None,
            timeout=self._timeout_s,
            max_retries=_RETRIES,  # the package waits as long as Retry-After says, or longer each time
        )
        try:
            with client:
                return client.audio.transcriptions.create(**self._question(sound.bytes(piece), language))
        except openai.OpenAIError as error:
            raise _told(error, self._setup) from error

    def _question(self, data: bytes, language: str | None) -> dict[str, Any]:
        question: dict[str, Any] = {
            "file": ("speech.wav", _as_wav(data), "audio/wav"),
            "model": self.model,
            "response_format": "verbose_json",
            "timestamp_granularities": ["word", "segment"],
            "temperature": 0,
        }
        return {**question, "language": language} if language else question


def _as_wav(data: bytes) -> bytes:
    with io.BytesIO() as file:
        with wave.open(file, "wb") as wav:
            wav.setnchannels(1)
            wav.setsampwidth(2)
            wav.setframerate(RATE_HZ)
            wav.writeframes(data)
        return file.getvalue()


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


_MESSAGES: tuple[tuple[str, str, str], ...] = (
    ("AuthenticationError", "OpenAI did not accept the key.", "Check the key in the settings."),
    (
        "PermissionDeniedError",
        "OpenAI does not allow this with the key given.",
        "Check the key in the settings.",
    ),
    (
        "RateLimitError",
        "OpenAI has too many requests from this account at the moment.",
        "Try again in a few minutes; what is done so far is kept.",
    ),
    ("APITimeoutError", "OpenAI did not answer in time.", "Try again; what is done so far is kept."),
    (
        "APIConnectionError",
        "The connection to OpenAI could not be made or broke off.",
        "Check the network and try again; what is done so far is kept.",
    ),
    (
        "InternalServerError",
        "OpenAI has trouble at the moment.",
        "Try again later; what is done so far is kept.",
    ),
)
"""Errors of the openai package by class, the particular ones first, and what is told."""


def _told(error: Exception, setup: SttSetup) -> Fault:
    """What went wrong with the service, in a sentence, without the key."""
    import openai

    details = _without_key(str(error), setup.api_key)
    if getattr(error, "code", None) == "insufficient_quota":
        hint = "Add credit on the account's billing page, or use a local engine."
        return EnvironmentLacks("The OpenAI account has no credit left.", hint, details)
    for name, message, hint in _MESSAGES:
        if isinstance(error, getattr(openai, name)):
            return EnvironmentLacks(message, hint, details)
    if isinstance(error, openai.APIStatusError):
        reason = _without_key(_reason(error), setup.api_key)
        return BadInput("OpenAI did not take the request.", reason, details)
    return Fault("OpenAI transcription failed.", "Try again, or use a local engine.", details)


def _reason(error: Exception) -> str:
    """The service's own sentence out of its answer."""
    body = getattr(error, "body", None)
    return str(body.get("message") or "") if isinstance(body, dict) else ""


def _without_key(text: str, key: str) -> str:
    """The service quotes a part of a wrong key: nothing that looks like one is kept."""
    if key:
        text = text.replace(key, "(key)")
    return re.sub(r"\bsk-[^\s'\",.]+", "(key)", text)
