"""How loud a sound is from beginning to end, to be drawn."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import NotFound

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


def levels_of(samples: NDArray[np.int16], count: int) -> tuple[float, ...]:
    """The largest swing (0..1) of each of ``count`` equal parts of some 16-bit samples; the loudest part is
    1, so that quiet speech is seen. Empty for no samples."""
    import numpy as np

    if not len(samples):
        return ()
    edges = np.linspace(0, len(samples), count, endpoint=False).astype(np.int64)
    highest, lowest = (one.reduceat(samples, edges).astype(np.int32) for one in (np.maximum, np.minimum))
    swings = np.maximum(highest, -lowest)
    return tuple(float(one) for one in swings / max(1, int(swings.max())))


def file_levels(sound: Path, count: int) -> tuple[float, ...]:
    """The same of a mono WAV file of 16 bits. Raises NotFound where it is gone or none."""
    import numpy as np

    try:
        with wave.open(str(sound), "rb") as wav:
            return levels_of(np.frombuffer(wav.readframes(wav.getnframes()), "<i2"), count)
    except (OSError, EOFError, wave.Error) as error:
        raise NotFound("What was spoken is not there any more.", "Generate it again.", str(error)) from error
