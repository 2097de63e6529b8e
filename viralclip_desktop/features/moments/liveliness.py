"""How lively each unit sounds against the same voice's own habit: level, pitch, pitch range, rate.

Voices come from the transcript's speaker names or, where it has none, from pitch: when the pitches of
the sentences fall into two clearly separate groups, these are taken as two voices, so that the softer
one is not called dull.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np

from viralclip_desktop.domain.transcript import Transcript, Word
from viralclip_desktop.features.moments.arrays import Floats, Ints, robust_z, running_sum
from viralclip_desktop.features.moments.sound import Sound
from viralclip_desktop.features.moments.units import Unit
from viralclip_desktop.features.moments.weights import ENERGY, LEAST_SPREAD

_FEWEST_PITCHES = 4  # 40 ms frames: fewer say nothing
# Distance of the groups in standard deviations. Ashman, Bird & Zepf 1994 ask for 2 of a fitted mixture; a
# single bell curve cut in two already shows 2.65, so more is asked of a cut.
_SEPARATE = 4.0
_SMALLEST_GROUP = 0.1  # share of the sentences that makes a second voice


@dataclass(frozen=True)
class Liveliness:
    """``energy`` 0..1 (0.5 = as always); ``louder_db``, ``higher_st`` and ``faster`` (a ratio) against the
    voice's habit; ``fall`` 0..1: pitch falls on the last words; ``voice``: a number for each unit."""

    energy: Floats
    louder_db: Floats
    higher_st: Floats
    faster: Floats
    fall: Floats
    voice: Ints
    heard: bool = False
    """Whether there was any sound to measure."""


def hear(transcript: Transcript, units: Sequence[Unit], sound: Sound | None) -> Liveliness:
    """Liveliness of all units; without sound only the rate of speech is known."""
    words, count = transcript.words, len(units)
    rate = np.array([_rate(words[unit.first : unit.last]) for unit in units])
    level, pitch, spread, fall = (np.full(count, np.nan) for _ in range(4))
    for at, unit in enumerate(units if sound is not None and len(sound.level_db) else ()):
        assert sound is not None
        start_s, end_s = words[unit.first].start.seconds, words[unit.last - 1].end.seconds
        level[at] = _level(sound, start_s, end_s)
        pitch[at], spread[at], fall[at] = _melody(sound, start_s, end_s)
    voice = _voices(words, units, pitch)
    signals = {"level": level, "pitch": pitch, "spread": spread, "rate": np.log(np.maximum(rate, 0.1))}
    total = np.zeros(count)
    for name, values in signals.items():
        total += ENERGY[name] * _by_voice(values, voice, partial(robust_z, least=LEAST_SPREAD[name]))
    return Liveliness(
        energy=1.0 / (1.0 + np.exp(-total)),
        louder_db=np.nan_to_num(_by_voice(level, voice, _above_median)),
        higher_st=np.nan_to_num(_by_voice(pitch, voice, _above_median)),
        faster=np.exp(np.nan_to_num(_by_voice(signals["rate"], voice, _above_median))),
        fall=np.nan_to_num(fall),
        voice=voice,
        heard=bool(np.any(~np.isnan(level))),
    )


def _rate(words: Sequence[Word]) -> float:
    """Letters a second of speech, pauses left out."""
    letters = sum(len(word.text) for word in words)
    spoken = sum(word.end.seconds - word.start.seconds for word in words)
    return letters / max(0.2, spoken)


def _level(sound: Sound, start_s: float, end_s: float) -> float:
    levels = sound.levels(start_s, end_s)
    heard = levels[levels > sound.quiet_db]
    return float(heard.mean()) if len(heard) else float("nan")


def _melody(sound: Sound, start_s: float, end_s: float) -> tuple[float, float, float]:
    """Median pitch, its range (10th to 90th percentile) and how surely it falls at the end."""
    voiced = sound.pitches(start_s, end_s)
    if len(voiced) < _FEWEST_PITCHES:
        return float("nan"), float("nan"), float("nan")
    low, middle, high = np.partition(voiced, [len(voiced) // 10, len(voiced) // 2, len(voiced) * 9 // 10])[
        [len(voiced) // 10, len(voiced) // 2, len(voiced) * 9 // 10]
    ]
    last = sound.pitches(max(start_s, end_s - 0.6), end_s)
    drop = float(middle - np.median(last)) if len(last) >= 2 else 0.0
    return float(middle), float(high - low), float(np.clip(drop / 3.0, 0.0, 1.0))


def _by_voice(values: Floats, voice: Ints, measure: Callable[[Floats], Floats]) -> Floats:
    result = np.zeros(len(values))
    for number in np.unique(voice):
        result[voice == number] = measure(values[voice == number])
    return result


def _above_median(values: Floats) -> Floats:
    known = values[~np.isnan(values)]
    result: Floats = values - np.median(known) if len(known) else np.zeros_like(values)
    return result


def _voices(words: Sequence[Word], units: Sequence[Unit], pitch: Floats) -> Ints:
    """A voice number for each unit: by speaker names, else by pitch, else all the same."""
    named = [
        Counter(word.speaker for word in words[unit.first : unit.last]).most_common(1)[0][0] for unit in units
    ]
    if len(set(named)) > 1:
        order = {name: number for number, name in enumerate(dict.fromkeys(named))}
        return np.array([order[name] for name in named])
    return _two_voices(pitch)


def _two_voices(pitch: Floats) -> Ints:
    """0 for the deeper and 1 for the higher voice where pitch tells two apart, else all 0."""
    known = np.sort(pitch[~np.isnan(pitch)])
    smallest = max(2, int(np.ceil(_SMALLEST_GROUP * len(known))))
    if len(known) < 6 or len(known) < 2 * smallest:
        return np.zeros(len(pitch), np.int64)
    cut = _best_cut(known, smallest)
    low, high = known[:cut], known[cut:]
    spread = np.sqrt(max(float(low.var() + high.var()) / 2, 0.25))  # half a semitone at least
    if (high.mean() - low.mean()) / spread <= _SEPARATE:
        return np.zeros(len(pitch), np.int64)
    border = (low[-1] + high[0]) / 2
    return np.where(np.nan_to_num(pitch, nan=-np.inf) > border, 1, 0).astype(np.int64)


def _best_cut(known: Floats, smallest: int) -> int:
    """Where sorted values fall into the two tightest groups (two-means in one dimension, exact)."""
    sums, squares = running_sum(known), running_sum(known**2)
    cuts = np.arange(smallest, len(known) - smallest + 1)
    left = squares[cuts] - sums[cuts] ** 2 / cuts
    right = squares[-1] - squares[cuts] - (sums[-1] - sums[cuts]) ** 2 / (len(known) - cuts)
    return int(cuts[np.argmin(left + right)])
