"""How loud a mix is, and a limiter that keeps its true peaks down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.engines.loudness import integrated_lufs, k_weights
from viralclip_desktop.engines.music.filters import RATE_HZ, Check, go_on

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

_STEP_S = 0.1
SILENT_LUFS = -99.0
_TAPS, _OVER = 16, 4
_BLOCK = 48  # samples: one millisecond
_AHEAD = 4  # blocks


def loudness(sound: Samples, check: Check = go_on) -> float:
    """Integrated loudness in LUFS of (2, samples); :data:`SILENT_LUFS` for silence.

    The weighting is laid on the spectrum of each tenth of a second (Parseval), both channels as one complex
    signal: within 0.05 LU of a meter that filters, in a third of its time.
    """
    import numpy as np

    step = round(_STEP_S * RATE_HZ)
    steps = sound.shape[1] // step
    weights = k_weights(np.abs(np.fft.fftfreq(step, 1 / RATE_HZ))).astype(np.float32)
    each = np.zeros(steps)
    for start in range(0, steps, 64):
        check()
        count = min(64, steps - start)
        part = sound[:, start * step : (start + count) * step]
        spectrum = np.fft.fft((part[0] + 1j * part[1]).astype(np.complex64).reshape(count, step))
        powers = spectrum.real**2 + spectrum.imag**2
        each[start : start + count] = powers @ weights / step**2
    powers = np.convolve(each, np.ones(4) / 4, "valid") if steps >= 4 else each
    found = integrated_lufs(powers)
    return SILENT_LUFS if found is None else found


def peaks_of(sound: Samples, check: Check = go_on) -> Samples:
    """The highest true peak in each block of a millisecond: the signal read at four times its rate."""
    import numpy as np

    length = sound.shape[1]
    blocks = -(-length // _BLOCK)
    highest = np.zeros(blocks * _BLOCK, np.float32)
    taps = np.arange(-_TAPS // 2, _TAPS // 2)
    for channel in sound:
        np.maximum(highest[:length], np.abs(channel), out=highest[:length])
        for phase in range(1, _OVER):
            check()
            at = taps + phase / _OVER
            kernel = (np.sinc(at) * np.cos(np.pi * at / _TAPS) ** 2).astype(np.float32)
            between = np.abs(np.convolve(channel, kernel, "same"))[:length]
            np.maximum(highest[:length], between, out=highest[:length])
    made: Samples = highest.reshape(blocks, _BLOCK).max(axis=1)
    return made


def true_peak_db(sound: Samples) -> float:
    """The true peak in dB below full scale."""
    import numpy as np

    return float(20 * np.log10(max(1e-9, float(peaks_of(sound).max()))))


def limiting(peaks: Samples, length: int, gain: float, ceiling_db: float, *, loops: bool) -> Samples:
    """The gain of each of ``length`` samples that makes a sound (of which :func:`peaks_of` are given) as loud
    as ``gain`` says and keeps it below a ceiling: it looks 4 ms ahead and moves smoothly; in a loop the end
    looks at the beginning."""
    import numpy as np

    ceiling = 10 ** (ceiling_db / 20)
    needed = np.minimum(1.0, ceiling / np.maximum(peaks * gain, 1e-9))
    pad, mode = 24 + 2 * _AHEAD, "wrap" if loops else "edge"
    wide = np.pad(needed, pad, mode=mode)  # type: ignore[call-overload]
    held = np.lib.stride_tricks.sliding_window_view(wide, 2 * _AHEAD + 3).min(axis=-1)
    recovered = _released(held)
    window = np.hanning(2 * _AHEAD + 3)[1:-1]
    smooth = np.convolve(recovered, window / window.sum(), "valid")
    start = (len(smooth) - len(needed)) // 2
    smooth = smooth[start : start + len(needed)]
    centres = np.pad(smooth, 1, mode=mode).astype(np.float32)[:, None]  # type: ignore[call-overload]
    share = (np.arange(_BLOCK, dtype=np.float32) + 0.5) / _BLOCK
    curve: Samples = (centres[:-1] + (centres[1:] - centres[:-1]) * share).ravel()
    return curve[_BLOCK // 2 : _BLOCK // 2 + length] * np.float32(gain)


def _released(needed: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each low gain comes back over some 60 ms, before and after, so that nothing is heard to move."""
    import numpy as np

    made = needed.copy()
    for blocks in (1, 2, 4, 8, 16):
        share = np.float32(1.012**blocks)
        made[blocks:] = np.minimum(made[blocks:], made[:-blocks] * share)
        made[:-blocks] = np.minimum(made[:-blocks], made[blocks:] * share**2)
    return made
