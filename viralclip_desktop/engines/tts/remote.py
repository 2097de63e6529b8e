"""What voices behind the network have in common: one request for each piece of a text, its answer checked.

They speak at their natural speed alone; the program makes what it got faster or slower, so that another speed
is not paid for again.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from viralclip_desktop.core.errors import BadInput, Fault
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.engines.gate import NetworkGate
from viralclip_desktop.engines.http.faults import Trouble, service_fault
from viralclip_desktop.engines.http.policy import SYSTEM_CLOCK, Clock, Policy
from viralclip_desktop.engines.http.service import Service
from viralclip_desktop.engines.provider import Cost, ProviderInfo
from viralclip_desktop.engines.tts.base import (
    CHARACTER,
    PERCENT,
    PRICE,
    Line,
    Spoken,
    SpokenWord,
    TtsSetup,
    Voice,
    check_natural_speed,
    check_speed,
    is_said,
    rough_length,
)
from viralclip_desktop.engines.tts.wav import from_pcm, read_mono, soft_ends, sounding, write_mono
from viralclip_desktop.settings.declaration import Setting, provider_setting

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from viralclip_desktop.engines.http.client import HttpSync

    Samples = NDArray[np.float32]

_POLICY = Policy(read_s=120.0, total_s=600.0, attempts=5)
_LISTED_S: Final = 15.0  # a list comes at once or not at all
_BETWEEN_S: Final = 0.2  # between the pieces of a long text
_SENTENCE = re.compile(r"(?<=[.!?…])(?=\s)|(?<=[。！？])(?=[\s\w])")
_PER: Final = 1_000_000.0


@dataclass(frozen=True)
class Sound:
    """What a service has spoken: mono samples from -1 to 1, and the words with their times where it tells
    them."""

    samples: Samples
    rate_hz: int
    words: tuple[SpokenWord, ...] = ()


class RemoteVoices(ABC):
    """Voices of a service. What a service is asked and how it answers is its own class."""

    info: ProviderInfo
    key: str = ""
    """The name of the key it needs; empty for none."""
    longest: int = 2000
    """Characters that one request may have."""

    def __init__(self, setup: TtsSetup, policy: Policy = _POLICY, clock: Clock = SYSTEM_CLOCK) -> None:
        """``setup``: the key and the provider's own settings."""
        self._setup, self._clock = setup, clock
        self._secret = setup.secret(self.key) if self.key else ""
        self._gate = NetworkGate(setup.offline)
        self._service = replace(self._at(), policy=policy, purpose=self.info.name)
        brief = replace(
            policy, read_s=min(policy.read_s, _LISTED_S), total_s=min(policy.total_s, 2 * _LISTED_S)
        )
        self._listing = replace(self._service, policy=brief)
        price = self._option(PRICE) if self.info.costs else 0.0
        # an instance with the price that is set here
        self.info = replace(self.info, costs=(Cost(CHARACTER, price, _PER),) if price else ())

    @abstractmethod
    def _at(self) -> Service:
        """Where the service is."""

    @abstractmethod
    def _listed(self, http: HttpSync) -> list[Voice]:
        """Its voices, as it tells them."""

    @abstractmethod
    def _sound(self, http: HttpSync, text: str, voice: str, cancel: CancelToken) -> Sound:
        """One piece of a text, spoken."""

    def ready(self) -> str | None:
        """None if the key or address is given and the offline switch is off."""
        if self.key and not self._secret:
            return say("No {name} key is given. Type it into the settings.", name=self._service.name)
        if not self._service.base_url:
            return say("No address of {name} is given. Type it into the settings.", name=self.info.name)
        return self._gate.problem(self._service.purpose)

    def voices(self) -> list[Voice]:
        """See :class:`~viralclip_desktop.engines.tts.base.TextToSpeech`."""
        return list(self._voices.values())

    def predict(self, lines: Sequence[Line]) -> list[Time]:
        """About how long each line is going to be, by its letters: only what was spoken tells it exactly."""
        for line in lines:
            self._check(line)
        return [rough_length(line) for line in lines]

    def speak(self, line: Line, out_wav: Path, cancel: CancelToken) -> Spoken:
        """See :class:`~viralclip_desktop.engines.tts.base.TextToSpeech`; at the voice's natural speed."""
        self._check(line)
        check_natural_speed(line, self.info.name)
        sounds: list[Sound] = []
        if is_said(line.text):
            with self._http(self._service) as http:
                for piece in pieces_of(line.text, self.longest):
                    cancel.raise_if_cancelled()
                    sounds.append(self._heard(self._sound(http, piece, line.voice, cancel)))
        whole = _joined(sounds)
        write_mono(soft_ends(whole.samples, whole.rate_hz), out_wav, whole.rate_hz)
        told = len(whole.words) == len(line.text.split())
        duration = Time.from_samples(len(whole.samples), whole.rate_hz)
        return Spoken(duration, whole.words if told else ())

    # --- for the services ------------------------------------------------------------------------------

    def _option(self, key: str) -> Any:
        return self._setup.option(self.info, key)

    def _senseless(self, details: str) -> Fault:
        return service_fault(self._service.name, Trouble.UNREADABLE, details=details)

    def _pcm(self, data: bytes, rate_hz: int) -> Sound:
        """Signed 16-bit little-endian samples."""
        return Sound(from_pcm(data), rate_hz)

    def _wav(self, data: bytes) -> Sound:
        """A WAV file of 16 bits; of several channels the first one."""
        try:
            return Sound(*read_mono(data))
        except ValueError as error:
            raise self._senseless(str(error)) from error

    # --- within ----------------------------------------------------------------------------------------

    @cached_property
    def _voices(self) -> dict[str, Voice]:
        with self._http(self._listing) as http:
            return {voice.name: voice for voice in self._listed(http)}

    def _http(self, service: Service) -> HttpSync:
        from viralclip_desktop.engines.http.client import HttpSync

        return HttpSync(service, self._gate, clock=self._clock)

    def _check(self, line: Line) -> None:
        check_speed(line.speed)
        if line.voice not in self._voices:
            raise BadInput(
                say("{name} has no voice named {voice}.", name=self._service.name, voice=line.voice),
                "“viralclip voices list” prints those that can speak here.",
            )

    def _heard(self, sound: Sound) -> Sound:
        """Without the silence around it; raises a Fault for silence alone, which some answer with success."""
        heard = sounding(sound.samples, sound.rate_hz)
        if heard is None:
            raise self._senseless("nothing is heard in what came")
        kept, first = sound.samples[heard], heard.start
        begin, end = Time.from_samples(first, sound.rate_hz), Time.from_samples(len(kept), sound.rate_hz)
        words = tuple(_moved(word, ZERO - begin, end) for word in sound.words)
        return Sound(kept, sound.rate_hz, words)


def price_setting(price_usd: float) -> Setting:
    """The price of a million characters, as the user's own contract has it."""
    return provider_setting(
        PRICE,
        price_usd,
        "Price of a million characters",
        "In US dollars, for the budget and the cost shown; 0 for a server that costs nothing.",
        low=0,
        high=10_000,
    )


def voice_setting(key: str, default: int, label: str, about: str) -> Setting:
    """How the voices of a provider speak, 0 to 100."""
    return provider_setting(key, default, label, about, low=0, high=100, unit=PERCENT)


def usual_price(price_usd: float) -> tuple[Cost, ...]:
    """The same as a provider's cost."""
    return (Cost(CHARACTER, price_usd, _PER),)


def pieces_of(text: str, longest: int) -> Iterator[str]:
    """The sentences of a text in pieces of up to ``longest`` characters; a longer sentence is parted between
    words, a longer word within."""
    piece = ""
    for part in _SENTENCE.split(" ".join(text.split())):
        gap = " " if part.startswith(" ") else ""
        for some in _held(part.strip(), longest):
            if piece and len(piece) + len(gap) + len(some) > longest:
                yield piece
                piece = ""
            piece, gap = (f"{piece}{gap}{some}" if piece else some), " "
    if piece:
        yield piece


def _held(sentence: str, longest: int) -> Iterator[str]:
    while len(sentence) > longest:
        cut = sentence.rfind(" ", 1, longest + 1)
        cut = cut if cut > 0 else longest
        yield sentence[:cut].rstrip()
        sentence = sentence[cut:].lstrip()
    yield sentence


def _joined(sounds: Sequence[Sound]) -> Sound:
    import numpy as np

    if not sounds:
        return Sound(np.zeros(0, np.float32), 24_000)
    rate = sounds[0].rate_hz
    gap = np.zeros(round(_BETWEEN_S * rate), np.float32)
    parts: list[Samples] = []
    words: list[SpokenWord] = []
    at = 0
    for number, sound in enumerate(sounds):
        if number:
            parts.append(gap)
            at += len(gap)
        here = Time.from_samples(at, rate)
        words += [SpokenWord(word.text, word.range.shifted(here)) for word in sound.words]
        parts.append(sound.samples)
        at += len(sound.samples)
    return Sound(np.concatenate(parts), rate, tuple(words))


def _moved(word: SpokenWord, by: Time, end: Time) -> SpokenWord:
    start = min(max(ZERO, word.range.start + by), end)
    return SpokenWord(word.text, TimeRange(start, min(max(start, word.range.end + by), end)))
