"""A room: what it answers to a click. It is noise that dies away, high tones sooner, other on each side."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from viralclip_desktop.engines.music.filters import RATE_HZ, Check, convolved, go_on, good_size

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

_BANDS = ((0, 250, 1.0), (250, 1000, 1.0), (1000, 3000, 0.8), (3000, 7000, 0.5), (7000, 24000, 0.25))
"""From and to, in hertz, and how long a band rings, as a share of the whole."""
_BEFORE_S = 0.014
_FIRST = ((0.009, 0.5, 0.3), (0.015, 0.28, 0.45), (0.021, 0.33, 0.2), (0.029, 0.2, 0.3))
"""First reflections: when, and how loud left and right."""
_BLOCK = 1 << 17


@lru_cache(maxsize=4)
def answer(rings_s: float) -> Any:
    """The impulse response (2, samples) of a room that falls by 60 dB in ``rings_s``, of energy 1 a side."""
    import numpy as np

    length = round((rings_s * 1.1 + _BEFORE_S) * RATE_HZ)
    size = good_size(length)
    hz = np.fft.rfftfreq(size, 1 / RATE_HZ)
    at = np.arange(length) / RATE_HZ
    rng = np.random.default_rng(20_261)
    out = np.zeros((2, length))
    for side in (0, 1):
        spectrum = np.fft.rfft(rng.standard_normal(length), size)
        for low, high, share in _BANDS:
            edge = (
                1 / (1 + (low / np.maximum(hz, 1)) ** 4) / (1 + (hz / high) ** 4)
                if low
                else 1 / (1 + (hz / high) ** 4)
            )
            band = np.fft.irfft(spectrum * edge, size)[:length]
            out[side] += band * 10 ** (-3 * at / (rings_s * share))
        out[side] *= np.minimum(1, np.maximum(0, at - _BEFORE_S) / 0.02)
    out /= np.sqrt((out**2).sum(axis=1, keepdims=True))
    for when, left, right in _FIRST:
        out[:, round(when * RATE_HZ)] += (0.35 * left, 0.35 * right)
    out *= np.minimum(1, (length / RATE_HZ - at) / (0.1 * rings_s))
    return out.astype(np.float32)


def in_room(sound: Samples, rings_s: float, length: int, check: Check = go_on) -> Samples:
    """What comes back from the room (without the sound itself), ``length`` samples of it."""
    import numpy as np

    response = answer(rings_s)
    size = good_size(_BLOCK + response.shape[1])
    spectrum = np.fft.rfft(response, size).astype(np.complex64)
    out = np.zeros((2, length), np.float32)
    return convolved(sound, spectrum, size - response.shape[1], out, check)
