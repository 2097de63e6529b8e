"""The built-in separator, with no model: what stands in the middle, lies in the band of speech and comes and
goes is taken for a voice.

Mid/side: what only the sides have is left alone. In the middle, each frequency has a floor, which is what is
heard there even while a voice pauses; what rises above it goes down to it. Steady sound (a room, an engine,
held chords) stays; drums and melodies in the middle suffer. Measured on speech over music at equal level:
the voice 15 dB down, the music at 3 to 5 dB SDR.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from viralclip_desktop.engines.provider import ProviderInfo

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from viralclip_desktop.engines.separation.base import Parted, Samples, SeparationSetup
    from viralclip_desktop.engines.separation.masking import Mask, Spectra

    Floats = NDArray[np.float32]

_FFT, _HOP = 2048, 512
_STRETCH: Final = 43  # frames: half a second, in which a voice pauses or changes its pitch
_WINDOW, _OVERLAP = 16 * _STRETCH, 2 * _STRETCH  # masks for 8 s at once, one second of them shared
_QUIET: Final = 0.25
"""Of a stretch's moments so many lie below the floor. Lower takes more of the voice and more of the music."""
_LOW_HZ, _LOW_SLOPE_HZ = 90.0, 60.0  # the band of speech: the lowest voices ...
_HIGH_HZ, _HIGH_SLOPE_HZ = 9000.0, 1000.0  # ... and the sharpest consonants
_LEAST: Final = 0.03  # -30 dB are left at least, so that nothing gurgles
_TINY: Final = 1e-12


class CentreSeparator:
    """Always there."""

    info = ProviderInfo("centre", "Built-in separator", "separation", capabilities=("draft",))
    rates_hz = (48_000, 44_100)

    def __init__(self, _setup: SeparationSetup) -> None:
        """It needs nothing."""

    def ready(self) -> str | None:
        """It always is."""
        return None

    def separate(self, blocks: Iterable[Samples], rate_hz: int) -> Iterator[Parted]:
        """As the protocol says; about 8 s of sound are held at once."""
        from viralclip_desktop.engines.separation.masking import Frames, parted

        return parted(blocks, Frames(_FFT, _HOP, _WINDOW, _OVERLAP), lambda found: _mask(found, rate_hz))


def _mask(spectra: Spectra, rate_hz: int) -> Mask:
    import numpy as np

    middle = np.abs(spectra[0] + spectra[1]) ** 2
    sides = np.abs(spectra[0] - spectra[1]) ** 2
    kept = np.sqrt((np.minimum(_floor(middle), middle) + sides) / np.maximum(middle + sides, _TINY))
    share = 1 - _band(rate_hz) * (1 - np.maximum(_LEAST, kept))
    return np.repeat(share[None].astype(np.float32), len(spectra), axis=0)


def _floor(power: Floats) -> Floats:
    """What each frequency has all the time, stretch after stretch (shape as ``power``: frames, bins)."""
    import numpy as np

    stretches = power.reshape(-1, _STRETCH, power.shape[1])
    quiet = np.partition(stretches, int(_QUIET * _STRETCH), axis=1)[:, int(_QUIET * _STRETCH)]
    padded = np.pad(quiet, ((1, 1), (0, 0)), mode="edge")  # a word may fill half a second
    lowest = np.minimum(np.minimum(padded[:-2], padded[2:]), quiet)
    return np.repeat(lowest, _STRETCH, axis=0)


def _band(rate_hz: int) -> Floats:
    """How much of each bin is open to speech, from 0 to 1."""
    import numpy as np

    hz = np.fft.rfftfreq(_FFT, 1 / rate_hz)
    up = np.clip((hz - _LOW_HZ) / _LOW_SLOPE_HZ + 1, 0, 1)
    down = np.clip((_HIGH_HZ - hz) / _HIGH_SLOPE_HZ + 1, 0, 1)
    band: Floats = (up * down).astype(np.float32)
    return band
