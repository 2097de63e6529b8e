"""What voices write: mono 16-bit WAV files of numbers from -1 to 1."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

_SOFT_ENDS_S = 0.005


def soft_ends(samples: Samples, rate_hz: int) -> Samples:
    """Faded in and out over 5 ms, so that no cut clicks."""
    import numpy as np

    length = min(len(samples) // 2, round(rate_hz * _SOFT_ENDS_S))
    faded = samples.copy()
    ramp = np.linspace(0, 1, length, dtype=np.float32)
    faded[:length] *= ramp
    faded[len(faded) - length :] *= ramp[::-1]
    return faded


def write_mono(samples: Samples, out_wav: Path, rate_hz: int) -> None:
    """Write them."""
    import numpy as np

    with wave.open(str(out_wav), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(rate_hz)
        wav.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
