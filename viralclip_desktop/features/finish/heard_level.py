"""How loud samples of one channel are to the ear."""

from __future__ import annotations

from typing import Any

from viralclip_desktop.engines.loudness import integrated_lufs, k_weights, lufs

_BLOCK_S = 0.4
_SHORT_S = 0.2  # over which the ear adds up a short sound


def speech_db(samples: Any, rate_hz: int) -> float | None:
    """The integrated loudness of a talk; None where nothing is heard."""
    return integrated_lufs(_powers(samples, rate_hz, _BLOCK_S))


def loudest_db(samples: Any, rate_hz: int) -> float:
    """The loudness of the loudest fifth of a second."""
    import numpy as np

    around = np.zeros(round(_SHORT_S * rate_hz))
    return float(lufs(_powers(np.concatenate([around, samples, around]), rate_hz, _SHORT_S).max()))


def _powers(samples: Any, rate_hz: int, block_s: float) -> Any:
    """Weighted mean power of blocks, each a quarter of its length after the one before it."""
    import numpy as np

    length = round(block_s * rate_hz)
    if len(samples) < length:
        samples = np.concatenate([samples, np.zeros(length - len(samples))])
    blocks = np.lib.stride_tricks.sliding_window_view(samples, length)[:: max(1, length // 4)]
    weights = k_weights(np.fft.rfftfreq(length, 1 / rate_hz))
    found = []
    for block in blocks:
        spectrum = np.abs(np.fft.rfft(block)) ** 2
        found.append(2 * float(np.sum(spectrum * weights)) / length**2)
    return np.array(found)
