"""Sounds of our own, which no SoundFont has: a rise, an impact, the crackle of a record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.engines.music.filters import RATE_HZ, all_of, bell, filtered_note, high_pass, low_pass

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

_EDGE_S = 0.02
_FRAME = 2048


def made_sound(name: str, held_s: float, seed: int) -> Samples:
    """A sound by its name, for a length; the same numbers for the same seed. Raises KeyError."""
    return {"riser": _riser, "impact": _impact, "crackle": _crackle}[name](held_s, seed)


def _riser(held_s: float, seed: int) -> Samples:
    """Noise in a band that climbs two and a half octaves and grows, and is gone on the beat."""
    import numpy as np

    length = round(held_s * RATE_HZ)
    noise = np.random.default_rng(seed).standard_normal(length + 2 * _FRAME).astype(np.float32)
    window, out = np.hanning(_FRAME + 1)[:-1].astype(np.float32), np.zeros(length + 2 * _FRAME, np.float32)
    hz = np.fft.rfftfreq(_FRAME, 1 / RATE_HZ)
    for start in range(0, length + _FRAME, _FRAME // 2):
        centre = 500 * 2 ** (2.5 * min(1.0, start / max(1, length)))
        band = np.exp(-(np.log2(np.maximum(hz, 30) / centre) ** 2) / 0.7)
        spectrum = np.fft.rfft(noise[start : start + _FRAME]) * band / np.sqrt(centre)
        out[start : start + _FRAME] += np.fft.irfft(spectrum).astype(np.float32) * window
    made = out[_FRAME // 2 : _FRAME // 2 + length]
    share = np.arange(length, dtype=np.float32) / max(1, length)
    faded = 20 * made * share**2 * np.minimum(1, (1 - share) * length / (0.03 * RATE_HZ))
    return faded.astype(np.float32)


def _impact(held_s: float, seed: int) -> Samples:
    """A low thump that falls in pitch, with a soft burst on top of it."""
    import numpy as np

    length = round(min(3.0, max(1.0, held_s)) * RATE_HZ)
    at = np.arange(length, dtype=np.float32) / RATE_HZ
    pitch = 42 + 55 * np.exp(-at * 22)
    thump = np.sin(2 * np.pi * np.cumsum(pitch) / RATE_HZ) * np.exp(-at * 2.6)
    noise = np.random.default_rng(seed).standard_normal(length).astype(np.float32)
    burst = filtered_note(noise * np.exp(-at * 9).astype(np.float32), low_pass(1800))
    edges = np.minimum(1, at / 0.002) * np.minimum(1, (length / RATE_HZ - at) / 0.2)
    return np.asarray((thump + 0.35 * burst) * edges, dtype=np.float32)


def _crackle(held_s: float, seed: int) -> Samples:
    """A record: a soft hiss, with small clicks now and then, none of them loud."""
    import numpy as np

    length, rng = round(held_s * RATE_HZ), np.random.default_rng(seed)
    hiss = 0.05 * rng.standard_normal(length)
    places = rng.integers(0, max(1, length), round(held_s * 9))
    ticks = np.zeros(length)
    ticks[places] = rng.uniform(0.6, 2.5, len(places)) * rng.choice((-1, 1), len(places))
    response = all_of([high_pass(500), low_pass(5200), bell(2500, 3)])
    made = filtered_note((hiss + ticks).astype(np.float32), response)
    edge = min(length // 2, round(_EDGE_S * RATE_HZ))
    ramp = np.linspace(0, 1, edge, dtype=np.float32)
    made[:edge] *= ramp
    made[length - edge :] *= ramp[::-1]
    return made
