"""The built-in noise reduction, with no model: a Wiener filter by the noise of the pauses.

Each frequency has a floor, which is how loud it is while nobody speaks; what stands well above it passes,
what does not goes down. How far it stands above is judged with the frame before in mind ("decision-directed",
Ephraim and Malah 1984), so that what is left of the noise does not twinkle. Steady noise goes: hiss, hum, a
fan; what comes and goes stays.

Measured on speech in noise 10 dB below it, scale-invariant signal to distortion: white noise 10 to 20 dB,
pink noise 10 to 15 dB, mains hum 10 to 17 dB. (ffmpeg's ``afftdn``, told the level of the noise: 20, 11 and
less; without that: 10.)
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from viralclip_desktop.engines.provider import ProviderInfo

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from viralclip_desktop.engines.denoising.base import DenoisingSetup
    from viralclip_desktop.engines.separation.base import Parted, Samples
    from viralclip_desktop.engines.separation.masking import Mask, Spectra

    Floats = NDArray[np.float32]

_FFT, _HOP = 2048, 512
_WINDOW, _OVERLAP = 1400, 140  # frames: the noise is told from 15 s at once, 1.5 s of them shared
_SMOOTH: Final = 9  # frames (0.1 s) whose mean power is compared
_QUIET: Final = 0.15  # of all moments so many are at most as loud as a pause
_ABOVE_QUIET: Final = 1.4  # what a pause has on the mean, against its quietest moments
_MEMORY: Final = 0.96  # of the frame before, in how far something stands above the noise
_LEAST: Final = 0.05  # -26 dB are left at least: a room that is all gone sounds cut off
_TINY: Final = 1e-20


class WienerFilter:
    """Always there."""

    info = ProviderInfo("wiener", "Built-in noise reduction", "denoising")
    rates_hz = (48_000,)

    def __init__(self, _setup: DenoisingSetup) -> None:
        """It needs nothing."""

    def ready(self) -> str | None:
        """It always is."""
        return None

    def separate(self, blocks: Iterable[Samples], _rate_hz: int) -> Iterator[Parted]:
        """As the protocol says; about 15 s of sound are held at once."""
        from viralclip_desktop.engines.separation.masking import Frames, parted

        return parted(blocks, Frames(_FFT, _HOP, _WINDOW, _OVERLAP), _noise)


def _noise(spectra: Spectra) -> Mask:
    """How much of each moment and frequency is noise, the same on both sides: they would drift apart else."""
    import numpy as np

    power = (np.abs(spectra) ** 2).mean(axis=0)
    passed = 1 - _gains(power, np.maximum(_floor(power), _TINY))
    return np.repeat(passed[None].astype(np.float32), len(spectra), axis=0)


def _floor(power: Floats) -> Floats:
    """The power of each frequency while nobody speaks (``power``: frames, bins)."""
    import numpy as np

    sums = np.cumsum(np.pad(power, ((1, 0), (0, 0))), axis=0, dtype=np.float64)
    smooth = (sums[_SMOOTH:] - sums[:-_SMOOTH]) / _SMOOTH
    place = int(_QUIET * len(smooth))
    floor: Floats = _ABOVE_QUIET * np.partition(smooth, place, axis=0)[place]
    return floor


def _gains(power: Floats, noise: Floats) -> Floats:
    import numpy as np

    gains, before = np.empty_like(power), np.zeros_like(noise)
    for number, frame in enumerate(power):
        above = frame / noise
        surely = _MEMORY * before + (1 - _MEMORY) * np.maximum(above - 1, 0)
        gain = surely / (1 + surely)
        before = gain * gain * above
        gains[number] = np.maximum(gain, _LEAST)
    return gains
