"""What a sound without words is: laughter, applause, or neither as far as can be told. A vote, no judge.

By three things that are cheap to hear. Laughter comes in bursts, three to eight a second (Bachorowski, Smoski
& Owren 2001), and is steadier than speech or leaps in pitch; a clapping or cheering crowd is steady and
mostly unvoiced; speech is neither: its spectrum moves on within a fifth of a second, unevenly.
Bounds were set on 31 laughs, 19 crowds and 130 stretches of speech and music: two laughs of five are heard
(hardly one of a second or less), two crowds of three; one stretch of speech in a hundred is taken for one,
and one of music in twenty.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

import numpy as np

from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.moments.arrays import Floats
from viralclip_desktop.features.moments.sound import LEVEL_HOP_S, Samples, Sound
from viralclip_desktop.features.moments.units import Unit

Event = Literal["laughter", "applause", ""]

_SHORTEST_S: Final = 0.5
_SOFTEST_DB: Final = 25.0  # below the event's mean; what is softer is a gap between bursts
_BURSTS_S: Final = (0.10, 0.36)  # from one burst to the next
_RHYTHMIC: Final = 0.45  # of the envelope's power that comes back with the next burst
_LAUGHING: Final = 0.15  # steadier than the speech of this recording
_LEAPING_ST: Final = 6.0  # deviation of the pitch; that of speech stays below
_CROWD: Final = 0.20
_UNVOICED: Final = 0.45  # share of a crowd's sound that has a pitch, at most


def voted(reaction_s: Floats, words: Sequence[Word], units: Sequence[Unit], sound: Sound | None) -> Floats:
    """Seconds of sound after each unit, without what is most likely no reaction of people."""
    if sound is None or not len(sound.steady):
        return reaction_s
    kept = reaction_s.copy()
    for at in np.flatnonzero(reaction_s).tolist():
        said_s = words[units[at].last - 1].end.seconds
        if not event_in(sound, said_s, said_s + float(reaction_s[at])):
            kept[at] = 0.0
    return kept


def event_in(sound: Sound, start_s: float, end_s: float) -> Event:
    """What the sound between two source times most likely is."""
    levels = sound.levels(start_s, end_s)
    loud = np.flatnonzero(levels > sound.quiet_db)
    if not len(loud) or (loud[-1] - loud[0]) * LEVEL_HOP_S < _SHORTEST_S:
        return ""
    begins_s, ends_s = start_s + loud[0] * LEVEL_HOP_S, start_s + (loud[-1] + 1) * LEVEL_HOP_S
    frames, pitch = sound.steadiness(begins_s, ends_s), sound.pitches(begins_s, ends_s)
    if not len(frames):
        return ""
    steadier = float(frames.mean()) - sound.usual_steadiness
    leaps = len(pitch) > 3 and float(pitch.std()) >= _LEAPING_ST
    if _rhythm(levels[loud[0] : loud[-1] + 1]) >= _RHYTHMIC and (steadier >= _LAUGHING or leaps):
        return "laughter"
    return "applause" if steadier >= _CROWD and len(pitch) <= _UNVOICED * len(frames) else ""


def _rhythm(levels: Samples) -> float:
    """How much of the envelope comes back one burst later, 0..1."""
    envelope = np.maximum(levels - levels.mean(), -_SOFTEST_DB)
    first, last = (round(seconds / LEVEL_HOP_S) for seconds in _BURSTS_S)
    count = len(envelope)
    lags = np.arange(first, min(last, count - 1))
    back = np.array([float(envelope[lag:] @ envelope[:-lag]) for lag in lags])
    back *= count / (count - lags) / (float(envelope @ envelope) + 1e-9)
    peaks = (back[1:-1] >= back[:-2]) & (back[1:-1] >= back[2:])
    return float(back[1:-1][peaks].max()) if peaks.any() else 0.0
