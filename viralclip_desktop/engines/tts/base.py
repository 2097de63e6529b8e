"""The one protocol of all voices: text in, a mono WAV file and the time of each word out.

A provider is one engine with its voices. A voice is named ``provider:name`` outside of its provider. A line
is spoken from its first sound to its last: what silence an engine puts around it is cut away, so that it can
be placed to the sample, and its length is what :meth:`TextToSpeech.predict` said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol, runtime_checkable

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.engines.provider import ProviderInfo, ProviderSetup
from viralclip_desktop.settings.declaration import Setting

Gender = Literal["female", "male", ""]

SLOWEST, FASTEST = 0.5, 2.0
"""The speeds every provider with the capability ``speed`` takes."""
CHARACTER = "character"
"""The unit in which services are paid for what they speak."""
PRICE = "price_usd"
"""The setting that says what a million of them cost; it changes nothing of what is spoken."""
INSTRUCTIONS = "instructions"
"""The setting of providers that can be told in words how to speak."""
PERCENT = "%"
"""The unit of a setting that says how a provider's voices speak: their stability, clarity, emotion."""
_CHARACTERS_A_S = 15.0  # of ordinary speech


def is_manner(setting: Setting) -> bool:
    """Whether a provider's own setting says how its voices speak: what it leaves as it is by default."""
    return setting.unit == PERCENT or setting.key == INSTRUCTIONS


class TtsSetup(ProviderSetup):
    """What voices are built from."""


@dataclass(frozen=True, slots=True)
class Voice:
    """One voice of a provider."""

    provider: str
    name: str
    """As the provider has it."""
    language: str
    """The code of the language it speaks (``en``, ``pt``)."""
    gender: Gender = ""
    accent: str = ""
    """The region (``US``, ``GB``, ``BR``); empty where it has none."""
    label: str = ""
    """Its name in the user's words."""
    others: tuple[str, ...] = ()
    """Codes of the other languages it speaks."""
    custom: bool = False
    """Whether it is one of the user's own."""

    @property
    def id(self) -> str:
        """``provider:name``."""
        return f"{self.provider}:{self.name}"


@dataclass(frozen=True, slots=True)
class Line:
    """What is to be spoken, by which voice. ``speed`` is the provider's own: 1 as the voice speaks, 2 for
    about twice as fast; how fast it is then heard, :meth:`TextToSpeech.predict` tells."""

    text: str
    voice: str
    speed: float = 1.0


@dataclass(frozen=True, slots=True)
class SpokenWord:
    """A word and when it is heard, from the file's first sample on."""

    text: str
    range: TimeRange


@dataclass(frozen=True, slots=True)
class Spoken:
    """What was spoken into a file."""

    duration: Time
    words: tuple[SpokenWord, ...] = ()
    """All words of the text in order; none where the provider tells no times."""

    def at_speed(self, speed: float) -> Spoken:
        """The same, spoken ``speed`` times faster."""

        def sooner(time: Time) -> Time:
            return Time(round(time.ticks / speed))

        words = (
            SpokenWord(word.text, TimeRange(sooner(word.range.start), sooner(word.range.end)))
            for word in self.words
        )
        return Spoken(sooner(self.duration), tuple(words))


def check_speed(speed: float) -> None:
    """Raises BadInput for a speed that no provider has to take."""
    if not SLOWEST <= speed <= FASTEST:
        raise BadInput(
            say("{speed} is no speed of a voice.", speed=f"{speed:g}"),
            say("Take one from {low} to {high}.", low=f"{SLOWEST:g}", high=f"{FASTEST:g}"),
        )


def check_natural_speed(line: Line, name: str) -> None:
    """Raises BadInput for a line that is to be spoken at another speed than 1; ``name`` is the provider's."""
    check_speed(line.speed)
    if line.speed != 1.0:
        raise BadInput(
            say("{speed} is no speed of a voice.", speed=f"{line.speed:g}"),
            say("{name} speaks at its natural speed.", name=name),
        )


def is_said(text: str) -> bool:
    """Whether anything of a text is heard."""
    return any(map(str.isalnum, text))


def rough_length(line: Line) -> Time:
    """About how long a line is going to be, by its letters."""
    return Time.from_seconds(len(line.text) / _CHARACTERS_A_S / line.speed) if is_said(line.text) else Time(0)


class TextToSpeech(Protocol):
    """An engine with its voices. One object is used by one thread at a time, in a worker process."""

    @property
    def info(self) -> ProviderInfo:
        """Who this is. The capability ``word_times`` says that words come with their times, ``prediction``
        that :meth:`predict` is exact and costs little, ``speed`` that it speaks at every speed: one without
        speaks at 1 alone."""

    def ready(self) -> str | None:
        """None if it can work here and now, else why not, in one sentence. Loads nothing heavy."""

    def voices(self) -> list[Voice]:
        """Its voices, the best one of each language first. Loads nothing heavy. Raises EnvironmentLacks."""

    def predict(self, lines: Sequence[Line]) -> list[Time]:
        """How long each line will be; without the capability ``prediction`` roughly. Raises BadInput for an
        unknown voice, EnvironmentLacks."""

    def speak(self, line: Line, out_wav: Path, cancel: CancelToken) -> Spoken:
        """Speak a line into a mono 16-bit WAV file. A text without words is a file of no samples. Raises
        BadInput for an unknown voice, EnvironmentLacks, Cancelled."""


@dataclass(frozen=True, slots=True)
class ClonedFrom:
    """What a voice is to be copied from. ``mark``: the same for this name and these samples alone, so that a
    provider which keeps it can tell that it has made this voice already."""

    name: str
    samples: tuple[Path, ...]
    language: str
    mark: str


@runtime_checkable
class ClonesVoices(Protocol):
    """What a provider with the capability ``clones`` can do besides."""

    takes: str
    """The ending of the files it takes samples in: ``.mp3`` or ``.wav``."""

    def clone(self, origin: ClonedFrom, cancel: CancelToken) -> str:
        """Copy a voice from samples; the provider's name of it. Raises Faults and Cancelled."""

    def forget(self, voice: str, cancel: CancelToken) -> bool:
        """Have the provider forget a voice that it copied; False where that is not in its power. One that it
        has no longer is forgotten. Raises Faults and Cancelled."""


@dataclass(frozen=True, slots=True)
class Quota:
    """What an account has used of its characters. ``resets_at``: Unix seconds; None where nobody says."""

    used: int
    limit: int
    resets_at: float | None = None


@runtime_checkable
class TellsQuota(Protocol):
    """What a provider with the capability ``quota`` can do besides."""

    def quota(self) -> Quota:
        """What the account has used. Asks the service; raises Faults."""


@runtime_checkable
class TellsModels(Protocol):
    """What a provider with the capability ``models`` can do besides."""

    def models(self) -> list[str]:
        """The names of its models that speak, as its setting for the model takes them. Asks the service;
        raises Faults."""


@runtime_checkable
class BlendsVoices(Protocol):
    """What a provider with the capability ``blends`` can do besides."""

    def blend(self, name: str) -> Voice:
        """The voice that a name mixes of several, under the one name that this blend has however it is typed.
        Loads nothing heavy. Raises BadInput for what is no blend or names a voice that is not there."""
