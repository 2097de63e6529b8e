"""How a clip sounds in one language: the voice that speaks it, and the levels of everything beside it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from viralclip_desktop.domain.layers import MusicLayer
from viralclip_desktop.domain.mix import MUTE_DB, SPEECH, Bus, Ducking, Mix, OwnSound, dub_bus

if TYPE_CHECKING:
    from viralclip_desktop.domain.clip import Clip

UNDER_DUB_DB: Final = -14.0
"""How far the original goes down under a voice laid over it: still there, but nobody follows it."""


class DubMode(StrEnum):
    """What becomes of the recording's own voices."""

    REPLACE = "replace"  # only the new voice speaks
    OVERLAY = "overlay"  # the new voice speaks over the old one, which goes down


@dataclass(frozen=True, slots=True)
class DubLevels:
    """How much louder or softer than in the clip the music, and what is kept of the recording's own sound,
    are in a dub; decibels."""

    music_db: float = 0.0
    original_db: float = 0.0


AS_IN_THE_CLIP: Final = DubLevels()


@dataclass(frozen=True, slots=True)
class AudioConfig:
    """One row of ``audio_configs``; a clip has one a language at most. Levels are decibels."""

    id: str
    clip_id: str
    language: str
    """The language's code; empty for the recording's own."""
    mode: DubMode = DubMode.REPLACE
    ai_voice_provider: str = ""
    ai_voice_id: str = ""
    bgm_track_id: str = ""
    """The asset of the background music; empty for none."""
    bgm_volume: float = 0.0
    original_volume: float = 0.0
    mix: Mix = field(default_factory=Mix)
    """All levels; the two above say the same in short."""
    levels: DubLevels = AS_IN_THE_CLIP
    """What of them the dub has made of those of the clip: its next one does the same."""

    @property
    def voice_id(self) -> str:
        """The voice as it is typed, ``provider:name``; empty for none."""
        return f"{self.ai_voice_provider}:{self.ai_voice_id}" if self.ai_voice_provider else ""


def config_of(
    clip: Clip,
    language: str,
    mode: DubMode,
    voice_id: str,
    *,
    config_id: str,
    levels: DubLevels = AS_IN_THE_CLIP,
) -> AudioConfig:
    """How a clip sounds that is dubbed into a language by a voice (``provider:name``); of its music the first
    song is named."""
    provider, _, voice = voice_id.partition(":")
    song = next((layer for layer in clip.layers if isinstance(layer, MusicLayer)), None)
    mix = dubbed(clip.mix, language, mode, levels)
    return AudioConfig(
        config_id,
        clip.id,
        language,
        mode,
        provider,
        voice,
        bgm_track_id=song.asset_id if song else "",
        bgm_volume=mix.music.volume_db + (song.volume_db if song else 0.0),
        original_volume=mix.speech.volume_db,
        mix=mix,
        levels=levels,
    )


def dubbed(
    mix: Mix,
    language: str,
    mode: DubMode,
    levels: DubLevels = AS_IN_THE_CLIP,
) -> Mix:
    """A clip's mix with a dub in it, and music and own sound by its ``levels``: what made room for the
    recording's voices makes room for the new one, and of the recording only the background is heard, or all
    of it, lower while the new voice speaks."""
    bus = dub_bus(language)
    mix = replace(
        mix, music=_moved(mix.music, levels.music_db), speech=_moved(mix.speech, levels.original_db)
    )
    ducking = [replace(one, by=bus) for one in mix.ducking if one.by == SPEECH]
    if mode is DubMode.REPLACE:
        return replace(mix, own_sound=OwnSound.BACKGROUND, ducking=(*mix.ducking, *ducking))
    under = Ducking(SPEECH, bus, UNDER_DUB_DB)
    return replace(mix, ducking=(*mix.ducking, *ducking, under))


def _moved(bus: Bus, by_db: float) -> Bus:
    """A bus that is louder or softer; one that is turned all the way down stays so."""
    if bus.volume_db <= MUTE_DB:
        return bus
    return replace(bus, volume_db=max(MUTE_DB, bus.volume_db + by_db))
