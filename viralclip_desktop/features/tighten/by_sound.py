"""Fillers that the recogniser left out, by their sound in the gaps between words.

An "um" is a short voiced sound of its own with a steady pitch and a spectrum that hardly moves, unlike a word
(its formants move, or it has syllables), laughter (several bursts in a row), a breath or a cough (no pitch)
and music (long, or changing its pitch in steps). Pitch is the normalised autocorrelation of Boersma 1993.
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
_SHAPES: Final = 8  # of the cosine series of a spectrum: its formants, and not the harmonics of its pitch
_HUM_HZ, _HUM_SHARE = 450, 0.9
_TURN: Final = 4  # steps from the vowel to the hum
_DECAY: Final = 4  # steps at its end in which a hum may lose itself in the room
_FEWEST: Final = 5  # frames that must be left to judge
_BURST_S: Final = 0.35  # sounds that follow each other faster, three or more, are laughter or applause
_CLICK_S: Final = 0.05  # shorter ones are clicks of the mouth, and of no series
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
    dip_db: float
    """How much softer it is somewhere than before and after: a word of several syllables is."""


def fillers_by_sound(words: Sequence[Word], levels: Levels, samples: Samples) -> list[tuple[float, float]]:
    """Where fillers sound between words, in source seconds, in order."""
    found = []
    for start_s, end_s in candidates(words, levels):
        if is_filler(traits(samples(start_s, end_s))):
            found.append((start_s, end_s))
    return found


def candidates(words: Sequence[Word], levels: Levels) -> list[tuple[float, float]]:
    """Sounds that no word explains, of a filler's length and about as loud as the speech."""
    runs = [(a, b) for a, b in levels.sound_runs() if b - a >= _CLICK_S]
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
    """Whether a sound is like an "um" (limits from espeak-ng in six languages and from voices of Kokoro; see
    the tests)."""
    return (
        traits is not None
        and traits.voiced >= 0.7
        and traits.pitch_st <= 2.8
        and traits.moves_db <= 1.5
        and traits.spread_db <= 2.8
        and traits.dip_db <= 2.5
    )


def traits(samples: Floats) -> Traits | None:
    """Measure a sound up to the hum it may end with; None for one too short."""
    if len(samples) < _FRAME + 4 * _STEP:
        return None
    frames = np.lib.stride_tricks.sliding_window_view(samples, _FRAME)[::_STEP]
    power = np.mean(np.square(frames), axis=1)
    loud = np.flatnonzero(power > 0.05 * np.max(power))  # within 13 dB: not its attack and decay
    frames, power = frames[loud[0] : loud[-1] + 1], power[loud[0] : loud[-1] + 1]
    hum = _hum(_is_low(frames))
    vowel = slice(0, len(frames) - hum - _TURN * (hum > 0))
    if len(frames[vowel]) < _FEWEST:
        return None
    strength, pitch_hz = _pitches(frames)
    share = float(np.mean(strength >= _VOICED))
    frames, strength, pitch_hz = frames[vowel], strength[vowel], pitch_hz[vowel]
    voiced = strength >= _VOICED
    pitch = 12 * np.log2(pitch_hz[voiced] / 100.0) if voiced.any() else np.zeros(1)
    middle = np.abs(pitch - np.median(pitch)) < 6  # an octave mistaken is no wandering
    bands = _formants(_bands(frames))
    return Traits(
        voiced=share,
        pitch_st=float(np.std(pitch[middle])),
        moves_db=float(np.mean(np.abs(np.diff(bands, axis=0)))),
        spread_db=float(np.mean(np.std(bands, axis=0))),
        dip_db=_dip_db(power[vowel]),
    )


def _is_low(frames: Floats) -> NDArray[np.bool_]:
    """Which frames hum: nearly all of their power lies below 450 Hz, as in an m or an n."""
    spectrum = np.abs(np.fft.rfft(frames * np.hanning(_FRAME))) ** 2
    edge = round(_HUM_HZ * _FRAME / RATE_HZ)
    low: NDArray[np.bool_] = spectrum[:, :edge].sum(axis=1) > _HUM_SHARE * spectrum.sum(axis=1)
    return low


def _dip_db(power: Floats) -> float:
    """How far the level falls below the lower of the peaks to either side, at most."""
    level_db = 10 * np.log10(power)
    before, after = np.maximum.accumulate(level_db), np.maximum.accumulate(level_db[::-1])[::-1]
    return float(np.max(np.minimum(before, after) - level_db))


def _hum(low: NDArray[np.bool_]) -> int:
    """How many frames at the end are a hum and its decay; 0 for none, and where all is one."""
    if low.all():
        return 0
    decay = int(np.argmax(low[::-1])) if low.any() else len(low)
    return decay + int(np.argmin(low[::-1][decay:])) if decay <= _DECAY else 0


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


def _formants(bands: Floats) -> Floats:
    """Spectra smoothed over their bands, in which a voice that rises or falls on one vowel stands still. (The
    low bands tell the harmonics of a high voice apart.)"""
    places = (np.arange(_BANDS) + 0.5) / _BANDS
    series = np.cos(np.pi * places[:, None] * np.arange(_SHAPES))
    series *= np.sqrt(np.where(np.arange(_SHAPES) == 0, 1, 2) / _BANDS)
    smooth: Floats = (bands @ series @ series.T).astype(np.float32)
    return smooth


def _mel(hz: float) -> float:
    return float(2595 * np.log10(1 + hz / 700))
