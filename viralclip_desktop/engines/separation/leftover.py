"""How loud the voices of a recording are, and how much of them its background still has, as far as that can
be told from the two parts alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from viralclip_desktop.engines.separation.base import Parted, Samples

    Floats = NDArray[np.float32]

_FFT, _HOP = 2048, 1024
_HEARD: Final = 0.01  # of all power: with less of it nobody speaks, and nothing can be told
_TINY: Final = 1e-12
_FRAME: Final = 480  # samples (10 ms) whose power counts at once
_SPEAKING: Final = 0.1
"""Of the mean power: frames below are pauses (10 dB, the relative gate of ITU-R BS.1770)."""


def speech_level_db(powers: Floats) -> float | None:
    """The level of a voice while it speaks, by the power of many short frames (dB, full scale 1); None for
    silence."""
    import numpy as np

    heard = powers[powers > _TINY]
    if not len(heard):
        return None
    return float(10 * np.log10(heard[heard >= _SPEAKING * heard.mean()].mean()))


class Leftover:
    """Sums over blocks of a separation.

    Where voice and background share a frequency, the share that the background has of it is what it would
    leave of the voice there. (Held against mixes of known speech and music at equal level: 1 to 5 dB more
    than what was left of the speech by least squares.)
    """

    def __init__(self) -> None:
        self._left = self._voice = self._all = 0.0
        self._powers: list[Floats] = []

    def add(self, parted: Parted) -> None:
        """Take a block in; one too short to tell anything is passed over."""
        import numpy as np

        if len(parted.voice) < _FFT:
            return
        voice, rest = _magnitudes(parted.voice), _magnitudes(parted.background)
        self._left += float(((voice * rest / np.maximum(voice + rest, _TINY)) ** 2).sum())
        self._voice += float((voice**2).sum())
        self._all += float(((voice + rest) ** 2).sum())
        whole = len(parted.voice) // _FRAME * _FRAME
        self._powers.append((parted.voice[:whole] ** 2).reshape(-1, _FRAME * 2).mean(axis=1))

    @property
    def db(self) -> float | None:
        """The level of what is left of the voices, against what they were (below 0); None where hardly any
        voice was heard."""
        if not self._is_heard or not self._left:
            return None
        return 10 * math.log10(self._left / self._voice)

    @property
    def voice_db(self) -> float | None:
        """The level of the voices while they speak (dB, full scale 1); None where hardly any was heard."""
        import numpy as np

        return speech_level_db(np.concatenate(self._powers)) if self._is_heard else None

    @property
    def _is_heard(self) -> bool:
        return self._voice > _HEARD * self._all


def _magnitudes(samples: Samples) -> NDArray[np.float32]:
    import numpy as np

    frames = np.lib.stride_tricks.sliding_window_view(samples.mean(axis=1), _FFT)[::_HOP]
    found: NDArray[np.float32] = np.abs(np.fft.rfft(frames * np.hanning(_FFT).astype(np.float32)))
    return found
