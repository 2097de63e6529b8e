"""The sound effects, made from sines and noise: the same samples at every call.

Each is brought to one loudness (:data:`REFERENCE_DB`), as the ear adds up sound over a fifth of a second, so
that a level says how loud it is against speech, whatever its shape.
"""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from viralclip_desktop.features.finish.heard_level import loudest_db

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

RATE_HZ = 48_000
REFERENCE_DB = -23.0  # of full scale: the sharpest of them peaks 6 dB below it
_EDGE_S = 0.004  # of silence into sound and out of it: no click
_TAIL_S = 0.03
_FRAME, _HOP = 1024, 256


class Effect(StrEnum):
    """The sound effects there are."""

    POP = "pop"  # something comes
    WHOOSH = "whoosh"  # something passes
    DING = "ding"  # something to be noticed
    RISER = "riser"  # something is about to come


LENGTH_S = {Effect.POP: 0.18, Effect.WHOOSH: 0.62, Effect.DING: 1.3, Effect.RISER: 1.2}
MARK_S = {Effect.POP: 0.012, Effect.WHOOSH: 0.34, Effect.DING: 0.006, Effect.RISER: 1.16}
"""The moment of each that belongs on what is seen: where it is loudest."""


def make_effect(effect: Effect) -> NDArray[np.float32]:
    """An effect: mono at :data:`RATE_HZ`."""
    import numpy as np

    t = np.arange(round(LENGTH_S[effect] * RATE_HZ)) / RATE_HZ
    made = _MAKERS[effect](t) * _edges(t, LENGTH_S[effect])
    made = made * 10 ** ((REFERENCE_DB - loudest_db(made, RATE_HZ)) / 20)
    return np.asarray(made, dtype=np.float32)


def _edges(t: Any, length_s: float) -> Any:
    import numpy as np

    begin, end = np.minimum(1, t / _EDGE_S), np.minimum(1, (length_s - 1 / RATE_HZ - t) / _TAIL_S)
    return np.sin(np.pi / 2 * begin) ** 2 * np.sin(np.pi / 2 * np.maximum(0, end)) ** 2


def _pop(t: Any) -> Any:
    """A drop of water: a tone that glides up and dies away, over a soft knock."""
    import numpy as np

    pitch = 950 - 620 * np.exp(-t / 0.022)
    drop = np.sin(2 * np.pi * np.cumsum(pitch) / RATE_HZ) * np.exp(-t / 0.026)
    return drop + 0.35 * np.sin(2 * np.pi * 170 * t) * np.exp(-t / 0.018)


def _whoosh(t: Any) -> Any:
    """Air that something pushes aside: noise that brightens as it comes and darkens as it goes, faster than
    it came."""
    import numpy as np

    mark, end = MARK_S[Effect.WHOOSH], LENGTH_S[Effect.WHOOSH]
    share = np.where(t < mark, t / mark, np.maximum(0, (end - t) / (end - mark)))
    body = _banded(t, lambda at_s: 260 + 1900 * _near(at_s) ** 1.5, octaves=0.9)
    air = _banded(t, lambda at_s: 2200 + 5200 * _near(at_s), octaves=0.7, seed=11)
    return (body + 0.25 * air * share**2) * np.where(t < mark, share**2.2, share**1.6)


def _near(at_s: float) -> float:
    """How near to its mark a whoosh is, 0..1."""
    mark, end = MARK_S[Effect.WHOOSH], LENGTH_S[Effect.WHOOSH]
    return max(0.0, at_s / mark if at_s < mark else (end - at_s) / (end - mark))


def _ding(t: Any) -> Any:
    """A small bell: partials of a struck bar, the higher the sooner gone."""
    import numpy as np

    partials = ((1.0, 1.0, 0.30), (2.756, 0.38, 0.14), (5.404, 0.14, 0.06), (2.0, 0.1, 0.2))
    tones = [
        level * np.sin(2 * np.pi * 1318.5 * ratio * t) * np.exp(-t / fades)
        for ratio, level, fades in partials
    ]
    return np.sum(tones, axis=0)


def _riser(t: Any) -> Any:
    """Noise and a low tone that climb and swell, and stop."""
    import numpy as np

    share = t / LENGTH_S[Effect.RISER]
    air = _banded(t, lambda at_s: 300 * 14 ** (at_s / LENGTH_S[Effect.RISER]), octaves=0.8, seed=5)
    pitch = 110 * 4**share
    tone = np.sin(2 * np.pi * np.cumsum(pitch) / RATE_HZ)
    return (air / np.abs(air).max() + 0.25 * tone) * share**2.4


def _banded(t: Any, centre_hz: Callable[[float], float], *, octaves: float, seed: int = 7) -> Any:
    """Noise through a band that moves."""
    import numpy as np

    noise = np.random.default_rng(seed).standard_normal(len(t) + 2 * _FRAME)
    window, out = np.sqrt(np.hanning(_FRAME + 1)[:-1]), np.zeros(len(t) + 2 * _FRAME)
    frequencies = np.fft.rfftfreq(_FRAME, 1 / RATE_HZ)
    for start in range(0, len(t) + _FRAME, _HOP):
        off = np.log2(np.maximum(frequencies, 20) / centre_hz(max(0.0, (start - _FRAME / 2) / RATE_HZ)))
        band = np.exp(-(off**2) / (2 * octaves**2)) / np.sqrt(np.maximum(frequencies, 80))
        spectrum = np.fft.rfft(noise[start : start + _FRAME] * window) * band
        out[start : start + _FRAME] += np.fft.irfft(spectrum) * window
    made = out[_FRAME : _FRAME + len(t)]
    return made / np.sqrt(np.mean(made**2))


_MAKERS: dict[Effect, Callable[[Any], Any]] = {
    Effect.POP: _pop,
    Effect.WHOOSH: _whoosh,
    Effect.DING: _ding,
    Effect.RISER: _riser,
}
