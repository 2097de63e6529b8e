"""What voices write: mono 16-bit WAV files of numbers from -1 to 1; and what others write, read."""

from __future__ import annotations

import io
import wave
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

_SOFT_ENDS_S = 0.005
_QUIET = 0.004  # of full scale: what nobody takes for speech
_MARGIN_S = 0.01


def read_mono(data: bytes) -> tuple[Samples, int]:
    """The samples of a WAV file of 16 bits and their rate in hertz; of several channels the first one. Raises
    ValueError for anything else."""
    try:
        with wave.open(io.BytesIO(data), "rb") as wav:
            channels, width, rate = wav.getnchannels(), wav.getsampwidth(), wav.getframerate()
            frames = wav.readframes(wav.getnframes())
    except (wave.Error, EOFError) as error:
        raise ValueError(f"no WAV file: {error}") from error
    if width != 2 or not 8000 <= rate <= 192_000:
        raise ValueError(f"a WAV file of {8 * width} bits at {rate} Hz")
    return from_pcm(frames)[::channels], rate


def from_pcm(data: bytes) -> Samples:
    """Signed 16-bit little-endian samples as numbers; half a sample at the end is left out."""
    import numpy as np

    return np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(np.float32) / np.float32(32768)


def sounding(samples: Samples, rate_hz: int) -> slice | None:
    """Where something is heard, from a little before the first sound to a little after the last; None for
    silence alone."""
    import numpy as np

    loud = np.flatnonzero(np.abs(samples) > _QUIET)
    if not len(loud):
        return None
    margin = round(_MARGIN_S * rate_hz)
    return slice(max(0, int(loud[0]) - margin), int(loud[-1]) + 1 + margin)


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

    with out_wav.open("wb") as raw, wave.open(raw, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(rate_hz)
        wav.writeframes((np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
