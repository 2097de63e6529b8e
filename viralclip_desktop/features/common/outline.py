"""The outline of a sound, to be drawn in one piece: how loud it is in each of some equal stretches."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

COLUMNS = 480


def outline(samples: Any, columns: int = COLUMNS) -> tuple[int, ...]:
    """The highest swing of each stretch in thousandths of full scale, of samples from -1 to 1 (mono)."""
    import numpy as np

    sound = np.abs(np.asarray(samples, np.float32))
    if not len(sound):
        return ()
    edges = np.linspace(0, len(sound), min(columns, len(sound)) + 1).astype(np.int64)[:-1]
    return tuple(round(1000 * min(1.0, float(one))) for one in np.maximum.reduceat(sound, edges))


def outline_of_pcm(data: bytes, channels: int = 1, columns: int = COLUMNS) -> tuple[int, ...]:
    """The same of interleaved 16-bit samples; of several channels the louder one counts."""
    import numpy as np

    samples = np.abs(np.frombuffer(data, "<i2").astype(np.float32)).reshape(-1, channels)
    return outline(samples.max(axis=1) / 32768, columns)


def outline_of_wav(path: Path, columns: int = COLUMNS) -> tuple[int, ...]:
    """The same of a WAV file of 16 bits. Raises OSError, EOFError and wave.Error for one that is none."""
    with wave.open(str(path), "rb") as file:
        return outline_of_pcm(file.readframes(file.getnframes()), file.getnchannels(), columns)
