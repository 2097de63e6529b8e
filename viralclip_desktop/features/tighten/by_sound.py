"""Fillers that the recogniser left out, by their sound in the gaps between words.

An "um" is a short voiced sound of its own with a steady pitch and a spectrum that hardly moves, unlike a word
(its formants move), laughter (several bursts in a row), a breath or a cough (no pitch) and music (long, or
changing its pitch in steps). Pitch is the normalised autocorrelation of Boersma 1993.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.tighten.levels import Levels

Floats = NDArray[np.float32]
Samples = Callable[[float, float], Floats]
"""Gives the samples (-1..1, 16 kHz) between two source times in seconds."""

RATE_HZ: Final = 16_000
_SHORTEST_S, _LONGEST_S = 0.11, 0.95
_FREE_S: Final = 0.04  # a word's times are no more exact than this
_FRAME, _STEP = 640, 160  # 40 ms every 10 ms
_LOWEST_HZ, _HIGHEST_HZ = 70, 400
_VOICED: Final = 0.6
_BANDS: Final = 20
_HUM_HZ, _HUM_SHARE = 450, 0.9
_TURN: Final = 4  # steps from the vowel to the hum
_FEWEST: Final = 5  # frames that must be left to judge
_BURST_S: Final = 0.35  # sounds that follow each other faster, three or more, are laughter or applause
_QUIETEST_DB: Final = 20.0  # below the speech


@dataclass(frozen=True, slots=True)
class Traits:
    """What tells a filler. ``voiced``: share of it with a pitch; ``pitch_st``: how far the pitch wanders
    (semitones, standard deviation); ``moves_db``: how much the spectrum changes in 10 ms."""

    voiced: float
    pitch_st: float
    moves_db: float
    spread_db: float
    """How far the spectrum gets from its mean."""


def fillers_by_sound(words: Sequence[Word], levels: Levels, samples: Samples) -> list[tuple[float, float]]:
    """Where fillers sound between words, in source seconds, in order."""
    found = []
    for start_s, end_s in candidates(words, levels):
        if is_filler(traits(samples(start_s, end_s))):
            found.append((start_s, end_s))
    return found


def candidates(words: Sequence[Word], levels: Levels) -> list[tuple[float, float]]:
    """Sounds that no word explains, of a filler's length and about as loud as the speech."""
    runs = levels.sound_runs()
    bursts = _bursts(runs)
    spans = [(word.start.seconds, word.end.seconds) for word in words]
    starts = np.array([start for start, _ in spans])
    found = []
    for place, (a, b) in enumerate(runs):
        if bursts[place] or not _SHORTEST_S <= b - a <= _LONGEST_S:
            continue
        near = range(max(0, int(np.searchsorted(starts, a)) - 2), int(np.searchsorted(starts, b)))
        if any(min(b, spans[at][1]) - max(a, spans[at][0]) > _FREE_S for at in near):
            continue
        if _is_loud(levels, a, b):
            found.append((a, b))
    return found


def _is_loud(levels: Levels, start_s: float, end_s: float) -> bool:
    part = slice(levels.hop(start_s), max(levels.hop(end_s), levels.hop(start_s) + 1))
    return bool(np.max(levels.above_db[part]) >= np.mean(levels.loud_db[part]) - _QUIETEST_DB)


def _bursts(runs: Sequence[tuple[float, float]]) -> list[bool]:
    """Which sounds are of a quick series of short ones."""
    found = [False] * len(runs)
    first = 0
    for place in range(1, len(runs) + 1):
        here = runs[place] if place < len(runs) else None
        quick = here is not None and here[0] - runs[place - 1][0] < _BURST_S and here[1] - here[0] < _BURST_S
        if not quick:
            if place - first >= 3:
                found[first:place] = [True] * (place - first)
            first = place
    return found


def is_filler(traits: Traits | None) -> bool:
    """Whether a sound is like an "um" (limits from espeak-ng in six languages; see the tests)."""
    return (
        traits is not None
        and traits.voiced >= 0.7
        and traits.pitch_st <= 2.2
        and traits.moves_db <= 1.6
        and traits.spread_db <= 4.2
    )


def traits(samples: Floats) -> Traits | None:
    """Measure a sound up to the hum it may end with; None for one too short."""
    if len(samples) < _FRAME + 4 * _STEP:
        return None
    frames = np.lib.stride_tricks.sliding_window_view(samples, _FRAME)[::_STEP]
    power = np.mean(np.square(frames), axis=1)
    loud = np.flatnonzero(power > 0.05 * np.max(power))  # within 13 dB: not its attack and decay
    frames = frames[loud[0] : loud[-1] + 1]
    low = _is_low(frames)
    hum = int(np.argmin(low[::-1])) if not low.all() else 0
    vowel = slice(0, len(frames) - hum - _TURN * (hum > 0))
    frames = frames[vowel]
    if len(frames) < _FEWEST:
        return None
    strength, pitch_hz = _pitches(frames)
    voiced = strength >= _VOICED
    pitch = 12 * np.log2(pitch_hz[voiced] / 100.0) if voiced.any() else np.zeros(1)
    middle = np.abs(pitch - np.median(pitch)) < 6  # an octave mistaken is no wandering
    bands = _bands(frames)
    return Traits(
        voiced=float(np.mean(voiced)),
        pitch_st=float(np.std(pitch[middle])),
        moves_db=float(np.mean(np.abs(np.diff(bands, axis=0)))),
        spread_db=float(np.mean(np.std(bands, axis=0))),
    )


def _is_low(frames: Floats) -> NDArray[np.bool_]:
    """Which frames hum: nearly all of their power lies below 450 Hz, as in an m or an n."""
    spectrum = np.abs(np.fft.rfft(frames * np.hanning(_FRAME))) ** 2
    edge = round(_HUM_HZ * _FRAME / RATE_HZ)
    low: NDArray[np.bool_] = spectrum[:, :edge].sum(axis=1) > _HUM_SHARE * spectrum.sum(axis=1)
    return low


def _pitches(frames: Floats) -> tuple[Floats, Floats]:
    """Strength of the periodicity of each frame, 0..1, and its pitch in Hz."""
    window = np.hanning(_FRAME)
    size = 2 * _FRAME
    spectrum = np.abs(np.fft.rfft((frames - frames.mean(axis=1, keepdims=True)) * window, size)) ** 2
    own = np.fft.irfft(np.abs(np.fft.rfft(window, size)) ** 2)[:_FRAME]
    found = np.fft.irfft(spectrum)[:, :_FRAME]
    found = found / np.maximum(found[:, :1], 1e-12) / (own / own[0])
    low, high = RATE_HZ // _HIGHEST_HZ, min(RATE_HZ // _LOWEST_HZ, _FRAME // 2)
    lags = np.arange(low, high)
    scores = found[:, low:high] - 0.05 * np.log2(lags / low)  # the shorter of two periods
    best = np.argmax(scores, axis=1)
    strength = found[np.arange(len(found)), best + low]
    return strength.astype(np.float32), (RATE_HZ / lags[best]).astype(np.float32)


def _bands(frames: Floats) -> Floats:
    """Levels of the frames in bands of equal width on the mel scale, their own loudness taken out."""
    spectrum = np.abs(np.fft.rfft(frames * np.hanning(_FRAME))) ** 2
    edges_mel = np.linspace(_mel(150), _mel(4000), _BANDS + 1)
    edges = np.round(700 * (10 ** (edges_mel / 2595) - 1) * _FRAME / RATE_HZ).astype(int)
    edges = np.maximum.accumulate(np.maximum(edges, np.arange(len(edges)) + edges[0]))
    levels = 10 * np.log10(np.maximum(np.add.reduceat(spectrum, edges, axis=1)[:, :_BANDS], 1e-9))
    levels = np.maximum(levels, levels.max(axis=1, keepdims=True) - 35)  # what noise covers anyhow
    bands: Floats = (levels - levels.mean(axis=1, keepdims=True)).astype(np.float32)
    return bands


def _mel(hz: float) -> float:
    return float(2595 * np.log10(1 + hz / 700))
