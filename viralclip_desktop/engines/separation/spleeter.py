"""Spleeter (Hennequin et al. 2020, MIT): two U-Nets that hear voices and everything else, as masks.

The 2-stem model of Deezer in ONNX, as published for sherpa-onnx: each network takes the magnitudes of both
channels (``x``: 2, splits, 512 frames, 1024 bins of a 4096/1024 STFT at 44.1 kHz) and gives those of its part
(``y``). The mask is one part's power among both. What lies above the 1024th bin (11 kHz) follows the highest
bins that were heard. Its files are ``spleeter-2stems/vocals.fp16.onnx`` and ``accompaniment.fp16.onnx`` in
the models folder.

Measured on speech over music at equal level: both parts at 10 to 13 dB SDR, 19 dB of the voice gone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from viralclip_desktop.engines.provider import Need, ProviderInfo
from viralclip_desktop.engines.vision.onnx import onnx_problem, onnx_session

if TYPE_CHECKING:
    from viralclip_desktop.engines.separation.base import Parted, Samples, SeparationSetup
    from viralclip_desktop.engines.separation.masking import Mask, Spectra

FOLDER: Final = "spleeter-2stems"
VOICE_FILE: Final = "vocals.fp16.onnx"
BACKGROUND_FILE: Final = "accompaniment.fp16.onnx"
RATE_HZ: Final = 44_100
_FFT, _HOP, _SPLIT, _BINS = 4096, 1024, 512, 1024
_OVERLAP: Final = 32  # frames: 0.74 s to fade from one window's mask to the next one's
_TOP: Final = 128  # bins (1.4 kHz) that what lies above them follows
_MOST_THREADS: Final = 4
_TINY: Final = 1e-10  # as published: where nothing is heard, half of it is each part's


class SpleeterSeparator:
    """The model in a folder of models. Nothing is loaded before the first window."""

    info = ProviderInfo(
        "spleeter",
        "Spleeter",
        "separation",
        needs=(Need("model", FOLDER, "Spleeter"),),
        capabilities=("mono",),
    )
    rates_hz = (RATE_HZ,)

    def __init__(self, setup: SeparationSetup) -> None:
        self._models: Path = setup.models

    def ready(self) -> str | None:
        """None if both networks are there, in their folder or flat in that of all models."""
        return next(filter(None, map(onnx_problem, self._files)), None)

    def separate(self, blocks: Iterable[Samples], _rate_hz: int) -> Iterator[Parted]:
        """As the protocol says; about 12 s of sound are held at once."""
        from viralclip_desktop.engines.separation.masking import Frames, parted

        return parted(blocks, Frames(_FFT, _HOP, _SPLIT, _OVERLAP), self._mask)

    def _mask(self, spectra: Spectra) -> Mask:
        import numpy as np

        heard = np.abs(spectra[:, None, :, :_BINS]).astype(np.float32)
        voice, rest = (self._run(network, heard) for network in self._networks)
        low = (rest + _TINY / 2) / (voice + rest + _TINY)
        top = low[..., -_TOP:].mean(axis=-1, keepdims=True)
        above = np.broadcast_to(top, (*low.shape[:-1], spectra.shape[-1] - _BINS))
        return np.concatenate([low, above], axis=-1)

    @staticmethod
    def _run(network: Any, heard: Any) -> Any:
        """The power that a network hears of its part."""
        (magnitudes,) = network.run(None, {"x": heard})
        return magnitudes[:, 0] ** 2

    @property
    def _files(self) -> list[Path]:
        flat = [self._models / name for name in (VOICE_FILE, BACKGROUND_FILE)]
        return (
            flat
            if all(path.is_file() for path in flat)
            else [self._models / FOLDER / path.name for path in flat]
        )

    @cached_property
    def _networks(self) -> list[Any]:
        threads = min(_MOST_THREADS, os.cpu_count() or 1)
        return [onnx_session(path, threads=threads) for path in self._files]
