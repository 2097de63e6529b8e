"""How loud samples are to the ear: the weighting and the gates of ITU-R BS.1770-4, of one channel."""

from __future__ import annotations

from typing import Any

_BLOCK_S, _STEP_S = 0.4, 0.1
_SHORT_S = 0.2  # over which the ear adds up a short sound
_SILENT_DB, _GATE_DB = -70.0, -10.0
_OFFSET_DB = -0.691
_SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
_LOW_CUT = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
_THEIR_RATE_HZ = 48_000  # of these coefficients


def speech_db(samples: Any, rate_hz: int) -> float | None:
    """The integrated loudness of a talk; None where nothing is heard."""
    import numpy as np

    powers = _powers(samples, rate_hz, _BLOCK_S)
    heard = powers[powers > _power(_SILENT_DB)]
    if not len(heard):
        return None
    loud = heard[heard > np.mean(heard) * 10 ** (_GATE_DB / 10)]
    return _db(float(np.mean(loud)))


def loudest_db(samples: Any, rate_hz: int) -> float:
    """The loudness of the loudest fifth of a second."""
    import numpy as np

    around = np.zeros(round(_SHORT_S * rate_hz))
    return _db(float(_powers(np.concatenate([around, samples, around]), rate_hz, _SHORT_S).max()))


def _powers(samples: Any, rate_hz: int, block_s: float) -> Any:
    """Weighted mean power of blocks, each a quarter of its length after the one before it."""
    import numpy as np

    length = round(block_s * rate_hz)
    if len(samples) < length:
        samples = np.concatenate([samples, np.zeros(length - len(samples))])
    blocks = np.lib.stride_tricks.sliding_window_view(samples, length)[:: max(1, length // 4)]
    weights = _weights(np.fft.rfftfreq(length, 1 / rate_hz))
    found = []
    for block in blocks:
        spectrum = np.abs(np.fft.rfft(block)) ** 2
        found.append(2 * float(np.sum(spectrum * weights)) / length**2)
    return np.array(found)


def _weights(frequencies: Any) -> Any:
    """What the ear makes of power at frequencies: a high shelf and a low cut."""
    import numpy as np

    z = np.exp(-2j * np.pi * frequencies / _THEIR_RATE_HZ)
    response = np.ones_like(z)
    for over, under in (_SHELF, _LOW_CUT):
        response = response * np.polyval(over[::-1], z) / np.polyval(under[::-1], z)
    return np.abs(response) ** 2


def _power(level_db: float) -> float:
    return float(10 ** ((level_db - _OFFSET_DB) / 10))


def _db(power: float) -> float:
    import math

    return _OFFSET_DB + 10 * math.log10(max(power, 1e-12))
