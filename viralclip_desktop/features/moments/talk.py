"""A whole talk as numbers: everything known about each unit before any clip is considered."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.moments.arrays import Floats
from viralclip_desktop.features.moments.cohesion import Cohesion, read_cohesion
from viralclip_desktop.features.moments.edges import Edges, find_edges, reactions
from viralclip_desktop.features.moments.events import voted
from viralclip_desktop.features.moments.features import ending_features, opening_features, value_features
from viralclip_desktop.features.moments.lexicon import Lexicon
from viralclip_desktop.features.moments.liveliness import Liveliness, hear
from viralclip_desktop.features.moments.meaning import Meaning
from viralclip_desktop.features.moments.model import Model
from viralclip_desktop.features.moments.music import Music, hear_music, with_music
from viralclip_desktop.features.moments.signals import Signals, read_signals
from viralclip_desktop.features.moments.sound import Sound
from viralclip_desktop.features.moments.traps import Traps, find_traps, trap_features
from viralclip_desktop.features.moments.units import Unit, text_of


@dataclass(frozen=True)
class Talk:
    """``opening``, ``ending`` and ``value``: log-odds for each unit, that a clip may open or
    close with it, that the stretch around it is worth posting."""

    transcript: Transcript
    units: list[Unit]
    lexicon: Lexicon
    signals: Signals
    cohesion: Cohesion
    liveliness: Liveliness
    edges: Edges
    opening: Floats
    ending: Floats
    value: Floats
    traps: Traps
    reaction_s: Floats
    """Seconds of what sounds like laughter or applause after each unit."""
    music: Music

    def __len__(self) -> int:
        return len(self.units)


def read_talk(  # noqa: PLR0917 - what a talk is made of
    transcript: Transcript,
    units: list[Unit],
    lexicon: Lexicon,
    sound: Sound | None,
    duration_s: float,
    model: Model,
    meaning: Meaning | None = None,
) -> Talk:
    """Measure a talk. ``duration_s`` is the length of the recording; ``meaning`` compares what sentences
    mean, without it their words are compared."""
    alive = hear(transcript, units, sound)
    signals = read_signals(transcript, units, lexicon, alive.voice)
    meant = meaning.vectors([text_of(transcript, unit) for unit in units]) if meaning is not None else None
    cohesion = read_cohesion(signals, lexicon.stop, meant)
    marks = trap_features(transcript.words, units, lexicon, signals, cohesion)
    music = hear_music(transcript.words, units, sound)
    near_ends = np.maximum(marks["first_minutes"], marks["last_minutes"])
    return Talk(
        transcript=transcript,
        units=units,
        lexicon=lexicon,
        signals=signals,
        cohesion=cohesion,
        liveliness=alive,
        edges=find_edges(transcript.words, units, sound, duration_s),
        opening=model["opening"].score(opening_features(signals, cohesion)),
        ending=model["ending"].score(ending_features(signals, cohesion)),
        value=model["value"].score(value_features(signals, cohesion)),
        traps=with_music(find_traps(marks, signals, model), music, near_ends),
        reaction_s=voted(reactions(transcript.words, units, sound), transcript.words, units, sound),
        music=music,
    )
