"""Soft music in a pause: tones that stand out of the room's noise, and are not in every pause as hum is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.features.tighten.by_sound import RATE_HZ, Floats

_FRAME: Final = 1024  # 64 ms: bins of 16 Hz
_LOW, _HIGH = 200 * _FRAME // RATE_HZ, 4000 * _FRAME // RATE_HZ
_AROUND: Final = 12  # bins to each side: what a tone stands out of
_STANDS_OUT: Final = 10.0  # times the power around it; noise over 0.3 s reaches 5
_TONES: Final = 2  # one may be a whistle of the equipment
_HUM_SHARE: Final = 0.6  # of the pauses: a tone in so many of them is the room's
_FEWEST_PAUSES: Final = 4  # to tell hum from music


def with_music(pauses: Sequence[Floats]) -> list[bool]:
    """Which of some pauses (samples at 16 kHz) have music in them."""
    found = [tones(samples) for samples in pauses]
    often = Counter(tone for one in found for tone in one)
    least = _HUM_SHARE * len(pauses)
    hum = {tone for tone, count in often.items() if len(pauses) >= _FEWEST_PAUSES and count >= least}
    return [len(one - hum) >= _TONES for one in found]


def tones(samples: Floats) -> set[int]:
    """The bins of 16 Hz in which a tone stands out."""
    if len(samples) < 3 * _FRAME:
        return set()
    frames = np.lib.stride_tricks.sliding_window_view(samples, _FRAME)[:: _FRAME // 2]
    spectrum = np.abs(np.fft.rfft(frames * np.hanning(_FRAME))) ** 2
    power: NDArray[np.float64] = spectrum.mean(axis=0)[_LOW - _AROUND : _HIGH + _AROUND + 1]
    around = np.median(np.lib.stride_tricks.sliding_window_view(power, 2 * _AROUND + 1), axis=1)
    inner = power[_AROUND:-_AROUND]
    beside = np.maximum(power[_AROUND - 1 : -_AROUND - 1], power[_AROUND + 1 : 1 - _AROUND])
    stands_out = (inner > _STANDS_OUT * np.maximum(around, 1e-12)) & (inner >= beside)
    return {int(place) for place in np.flatnonzero(stands_out)}
