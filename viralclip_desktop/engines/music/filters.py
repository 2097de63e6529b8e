"""Filters by the transform: a response is multiplied with the spectrum, block by block, tails carried on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]
    Spectrum = NDArray[np.complex64]

Response = Callable[[Any], Any]
"""Complex gains of an array of frequencies in hertz."""

Check = Callable[[], None]
"""Raises where the work is to stop; asked several times a second."""

RATE_HZ = 48_000
_BLOCK = 1 << 16
_RING = 1 << 13  # samples after which what a filter answers is over


def low_pass(cutoff_hz: float, resonance_db: float = 0.0) -> Response:
    """Two poles; 12 dB an octave above the cutoff."""

    quality = 0.7071 * 10 ** (resonance_db / 20)

    def response(hz: NDArray[np.floating[Any]]) -> NDArray[np.complexfloating[Any, Any]]:
        s = 1j * hz / cutoff_hz
        made: NDArray[Any] = 1 / (1 + s / quality + s * s)
        return made

    return response


def high_pass(cutoff_hz: float) -> Response:
    """Two poles; 12 dB an octave below the cutoff."""

    def response(hz: NDArray[np.floating[Any]]) -> NDArray[np.complexfloating[Any, Any]]:
        s = 1j * hz / cutoff_hz
        made: NDArray[Any] = s * s / (1 + s / 0.7071 + s * s)
        return made

    return response


def shelf(corner_hz: float, gain_db: float) -> Response:
    """Lifts (or lowers) all above the corner by ``gain_db``."""

    def response(hz: NDArray[np.floating[Any]]) -> NDArray[np.complexfloating[Any, Any]]:
        root, s = 10 ** (gain_db / 40), 1j * hz / corner_hz
        return (1 + s * root) / (1 + s / root)

    return response


def bell(centre_hz: float, gain_db: float, q: float = 0.9) -> Response:
    """Lifts (or lowers) a band around its centre."""

    def response(hz: NDArray[np.floating[Any]]) -> NDArray[np.complexfloating[Any, Any]]:
        gain, s = 10 ** (gain_db / 40), 1j * hz / centre_hz
        return (1 + s * gain / q + s * s) / (1 + s / (gain * q) + s * s)

    return response


def all_of(responses: list[Response]) -> Response:
    """One after another."""

    def response(hz: NDArray[np.floating[Any]]) -> NDArray[np.complexfloating[Any, Any]]:
        import numpy as np

        made = np.ones(len(hz), np.complex128)
        for one in responses:
            made = made * one(hz)
        return made

    return response


def filtered_note(samples: Samples, response: Response) -> Samples:
    """One note, whole."""
    import numpy as np

    size = good_size(len(samples) + 2048)
    spectrum = np.fft.rfft(samples, size) * response(frequencies(size)).astype(np.complex64)
    out: Samples = np.fft.irfft(spectrum, size)[: len(samples)].astype(np.float32)
    return out


def go_on() -> None:
    """A check that never stops anything."""


def filtered(sound: Samples, response: Response, check: Check = go_on) -> Samples:
    """A sound of (channels, samples), of any length; what rings on after its end is left out."""
    import numpy as np

    size = _BLOCK + _RING
    factor = response(frequencies(size)).astype(np.complex64)
    return convolved(sound, factor, _BLOCK, np.zeros_like(sound), check)


def convolved(sound: Samples, factor: Spectrum, block: int, out: Samples, check: Check = go_on) -> Samples:
    """``sound`` through a spectrum (of an even size), in blocks, added to ``out`` as far as that goes."""
    import numpy as np

    size = 2 * (factor.shape[-1] - 1)
    length = out.shape[-1]
    for start in range(0, sound.shape[-1], block):
        check()
        part = np.fft.rfft(sound[..., start : start + block], size) * factor
        made = np.fft.irfft(part, size)[..., : length - start]
        out[..., start : start + made.shape[-1]] += made
    return out


def frequencies(size: int) -> NDArray[np.floating[Any]]:
    """Those of a transform of so many samples, in hertz."""
    import numpy as np

    return np.fft.rfftfreq(size, 1 / RATE_HZ)


def good_size(length: int) -> int:
    """A size not below ``length`` for which the transform is fast."""
    power = 1 << max(8, (length - 1).bit_length())
    return min(size for size in (power, power // 4 * 3, power // 8 * 5, power // 2) if size >= length)
