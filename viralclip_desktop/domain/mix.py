"""The mix of a clip: buses, each the sum of the sounds of one sort, and how one makes room for another.

Levels are decibels against the file as it was recorded. All times are clip time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from viralclip_desktop.core.time import ZERO, Time

MUTE_DB = -60.0
"""At this level and below nothing is heard: the sound is left out."""
DUCK_DB = -12.0
"""How far music goes down under talk where nothing else is said: it stays heard and no word is lost."""
SPEECH, VOICE, MUSIC, EFFECTS = "speech", "voice", "music", "effects"


def dub_bus(language: str) -> str:
    """The name of the bus of a dub in a language (its code)."""
    return f"dub:{language}"


class OwnSound(StrEnum):
    """What of a recording's own sound plays on the speech bus."""

    ALL = "all"
    BACKGROUND = "background"  # without the voices, where a stem of it is there; else nothing


class NoiseReduction(StrEnum):
    """How much of the noise around the voices of a recording's own sound goes."""

    OFF = "off"
    GENTLE = "gentle"  # 12 dB softer: the room stays
    STRONG = "strong"  # 30 dB softer: hardly anything of it stays


NOISE_KEPT: Mapping[NoiseReduction, float] = {NoiseReduction.GENTLE: 0.25, NoiseReduction.STRONG: 0.032}
"""The share (amplitude) of the noise that stays."""


class VoiceTone(StrEnum):
    """How the recording's own sound is coloured: presets for voices."""

    AS_RECORDED = "as_recorded"
    CRISP = "crisp"
    WARM = "warm"
    PODCAST = "podcast"


@dataclass(frozen=True, slots=True)
class LevelKey:
    """The level of a bus at one moment, added to the bus's volume; between two keys it moves evenly in dB."""

    at: Time
    volume_db: float


@dataclass(frozen=True, slots=True)
class Bus:
    """The level of everything that plays on it."""

    volume_db: float = 0.0
    automation: tuple[LevelKey, ...] = ()
    """In order; before the first key and after the last the level stays."""
    fade_in: Time = ZERO
    fade_out: Time = ZERO
    """Lengths, at the clip's start and end."""
    mute: bool = False
    solo: bool = False
    """While any bus is solo, only those that are can be heard."""


@dataclass(frozen=True, slots=True)
class Ducking:
    """One bus goes down while another one talks."""

    of: str
    by: str
    depth_db: float = DUCK_DB
    attack_s: float = 0.15
    """How long before the talk begins it starts to go down."""
    release_s: float = 0.4
    """How long after the talk it is back up."""


@dataclass(frozen=True, slots=True)
class Mix:
    """All buses of a clip. As it stands by default, a clip sounds like its recording."""

    own_sound: OwnSound = OwnSound.ALL
    speech: Bus = Bus()
    voice: Bus = Bus()
    music: Bus = Bus()
    effects: Bus = Bus()
    dub: Mapping[str, Bus] = field(default_factory=dict, hash=False)
    """By language code; a language that is not in it has a plain bus."""
    ducking: tuple[Ducking, ...] = (Ducking(MUSIC, SPEECH), Ducking(MUSIC, VOICE))
    noise: NoiseReduction = NoiseReduction.OFF
    """Of the recordings' own sound, where all of it plays."""
    tone: VoiceTone = VoiceTone.AS_RECORDED
    """Of the recordings' own sound."""

    def bus(self, name: str) -> Bus:
        """A bus by its name (:data:`SPEECH`, ... or :func:`dub_bus`)."""
        if name.startswith("dub:"):
            return self.dub.get(name.removeprefix("dub:"), Bus())
        plain = {SPEECH: self.speech, VOICE: self.voice, MUSIC: self.music, EFFECTS: self.effects}
        return plain[name]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all buses."""
        return (SPEECH, *map(dub_bus, self.dub), VOICE, MUSIC, EFFECTS)

    def is_heard(self, name: str) -> bool:
        """Whether a bus is neither muted, turned all the way down, nor silenced by another that is solo."""
        bus = self.bus(name)
        alone = any(self.bus(other).solo for other in self.names)
        return not bus.mute and bus.volume_db > MUTE_DB and (bus.solo or not alone)
