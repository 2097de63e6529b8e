"""DeepFilterNet3 (Schröter et al. 2023, MIT or Apache-2.0): two stages, one for the envelope of speech in 32
bands as wide as the ear's, one that filters each of the lowest 96 bins over five frames.

The networks are those its makers publish as ``DeepFilterNet3_onnx.tar.gz``; the archive lies as it is in
``models/deepfilter``. Sound is 48 kHz, in frames of 20 ms every 10 ms under Vorbis' window. A frame is judged
with two later ones in mind. Both sides are heard as one, and what becomes of them is the same.

Measured on speech in noise 10 dB below it, scale-invariant signal to distortion: white noise 10 to 20 dB,
pink noise 10 to 15.5, mains hum 10 to 17.6; at equal level 0 to 15, 8 and 12. A tenth of the sound's length
on one core.
"""

from __future__ import annotations

import tarfile
from collections.abc import Iterable, Iterator
from functools import cache, cached_property
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.messages import say
from viralclip_desktop.engines.provider import Need, ProviderInfo
from viralclip_desktop.engines.vision.onnx import session_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from viralclip_desktop.engines.denoising.base import DenoisingSetup
    from viralclip_desktop.engines.separation.base import Parted, Samples

    Spectra = NDArray[np.complex128]
    """Shape ``(frames, bins)``."""

FOLDER: Final = "deepfilter"
ARCHIVE: Final = "DeepFilterNet3_onnx.tar.gz"
_NETWORKS: Final = ("enc", "erb_dec", "df_dec")
_MOST_BYTES: Final = 50_000_000  # of a network in the archive: 3.3 MB each as published
_FFT, _HOP, _BINS = 960, 480, 481
_BANDS: Final = 32
_LEAST_BINS: Final = 2  # of a band
_FILTERED: Final = 96  # bins that the second stage filters ...
_TAPS, _AHEAD = 5, 2  # ... over so many frames, two of them later
_MEMORY: Final = 0.99  # of a frame before, in the levels that features are held against: one second
_LOUD_DB, _SPAN_DB = (-60.0, -90.0), 40.0  # the first levels, of the lowest and the highest band
_STRONG = (1e-3, 1e-4)  # of the lowest and the highest filtered bin
_WINDOW: Final = 1200 * _HOP  # samples (12 s) that go out at once ...
_BEFORE, _AFTER = 400 * _HOP, 4 * _HOP
"""... and what is heard with them: 4 s, in which the networks find into it, and what they look ahead."""
_THREADS: Final = 2


class DeepFilter:
    """The model in a folder of models. Nothing is loaded before the first window."""

    info = ProviderInfo(
        "deepfilter", "DeepFilterNet3", "denoising", needs=(Need("model", FOLDER, "DeepFilterNet3"),)
    )
    rates_hz = (48_000,)

    def __init__(self, setup: DenoisingSetup) -> None:
        self._archive: Path = setup.models / FOLDER / ARCHIVE

    def ready(self) -> str | None:
        """None if its archive is there."""
        if find_spec("onnxruntime") is None:
            return "The package onnxruntime is missing. Install the program again."
        if not self._archive.is_file():
            return say(
                "Its model is not installed. Put {name} into the folder {parent}.",
                name=ARCHIVE,
                parent=self._archive.parent,
            )
        return None

    def separate(self, blocks: Iterable[Samples], _rate_hz: int) -> Iterator[Parted]:
        """As the protocol says; 16 s of sound are held at once. Raises EnvironmentLacks for an archive that
        is missing or damaged."""
        from viralclip_desktop.engines.separation.base import Parted

        for samples, first, count in _stretches(blocks):
            heard = samples[first : first + count]
            voice = self._cleaned(samples)[first : first + count]
            yield Parted(heard - voice, voice)

    def _cleaned(self, samples: Samples) -> Samples:
        import numpy as np

        left, right = (_analysed(side) for side in samples.T)
        mask, taps = self._run((left + right) / 2)
        sides = [_synthesised(_filtered(side, mask, taps), len(samples)) for side in (left, right)]
        return np.stack(sides, axis=1).astype(np.float32)

    def _run(self, spectra: Spectra) -> tuple[Any, Any]:
        """The gain of each band (frames, bands), and the taps of each filtered bin (frames, bins, taps)."""
        import numpy as np

        bands, bins = map(_ahead, (_band_features(spectra), _bin_features(spectra)))
        first, envelope, filters = self._networks
        parts = np.stack([bins.real, bins.imag])[None].astype(np.float32)
        fed = {"feat_erb": bands[None, None].astype(np.float32), "feat_spec": parts}
        e0, e1, e2, e3, emb, c0 = first.run(["e0", "e1", "e2", "e3", "emb", "c0"], fed)
        (mask,) = envelope.run(["m"], {"emb": emb, "e3": e3, "e2": e2, "e1": e1, "e0": e0})
        (taps,) = filters.run(["coefs"], {"emb": emb, "c0": c0})
        pairs = taps.reshape(-1, _FILTERED, _TAPS, 2)
        return mask[0, 0], pairs[..., 0] + 1j * pairs[..., 1]

    @cached_property
    def _networks(self) -> list[Any]:
        problem = self.ready()
        if problem:
            raise EnvironmentLacks(say("{name} cannot be used.", name=ARCHIVE), problem)
        return [session_of(data, self._archive, threads=_THREADS) for data in self._members()]

    def _members(self) -> list[bytes]:
        try:
            with tarfile.open(self._archive, "r:gz") as archive:
                networks = (one for one in archive if one.isfile() and one.name.endswith(".onnx"))
                found = {Path(one.name).stem: one for one in networks}
                return [_read(archive, found[name]) for name in _NETWORKS]
        except (OSError, EOFError, KeyError, tarfile.TarError) as error:
            hint = say(
                "Put a whole {name} into the folder {parent}, or remove the file.",
                name=ARCHIVE,
                parent=self._archive.parent,
            )
            raise EnvironmentLacks(say("{name} cannot be read.", name=ARCHIVE), hint, str(error)) from error


def _read(archive: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    file = archive.extractfile(member) if member.size <= _MOST_BYTES else None
    if file is None:
        raise KeyError(member.name)
    return file.read()


def _stretches(blocks: Iterable[Samples]) -> Iterator[tuple[Samples, int, int]]:
    """Samples to be heard at once; the first of them that goes out, and how many do."""
    import numpy as np

    held, first = np.zeros((0, 2), np.float32), 0
    for block in blocks:
        held = np.concatenate([held, block])
        while len(held) - first >= _WINDOW + _AFTER:
            yield held[: first + _WINDOW + _AFTER], first, _WINDOW
            first += _WINDOW
            gone = max(0, first - _BEFORE)
            held, first = held[gone:], first - gone
    if len(held) > first:
        yield held, first, len(held) - first


@cache
def _window() -> Any:
    import numpy as np

    return np.sin(np.pi / 2 * np.sin(np.pi * (np.arange(_FFT) + 0.5) / _FFT) ** 2)


@cache
def _widths() -> Any:
    """How many bins each band has: as wide as the ear's (equivalent rectangular bandwidths, Glasberg and
    Moore 1990), but no narrower than two; what a band has too many the next one lacks."""
    import numpy as np

    top = np.log1p(24_000 / (24.7 * 9.265)) / _BANDS
    ends_hz = 24.7 * 9.265 * np.expm1(top * np.arange(1, _BANDS + 1))
    widths, end, over = [], 0, 0
    for wanted in np.rint(ends_hz * _FFT / 48_000).astype(int):
        width = max(_LEAST_BINS, wanted - end - over)
        over = width - (wanted - end - over)
        widths.append(width)
        end = wanted
    widths[-1] = _BINS - sum(widths[:-1])
    return np.array(widths)


def _analysed(side: Any) -> Spectra:
    import numpy as np

    padded = np.pad(side.astype(np.float64), (_FFT - _HOP, 2 * _FFT))
    frames = np.lib.stride_tricks.sliding_window_view(padded, _FFT)[::_HOP]
    spectra: Spectra = np.fft.rfft(frames * _window()) / _FFT
    return spectra


def _synthesised(spectra: Spectra, samples: int) -> Any:
    import numpy as np

    frames = np.fft.irfft(spectra * _FFT) * _window()
    halves = np.zeros((len(frames) + 1, _HOP))
    halves[:-1] += frames[:, :_HOP]
    halves[1:] += frames[:, _HOP:]
    return halves.ravel()[_FFT - _HOP :][:samples]


def _band_features(spectra: Spectra) -> Any:
    """The level of each band against its own of the last second."""
    import numpy as np

    edges = np.r_[0, np.cumsum(_widths())[:-1]]
    level_db = 10 * np.log10(np.add.reduceat(np.abs(spectra) ** 2, edges, axis=1) / _widths() + 1e-10)
    return (level_db - _slow(level_db, np.linspace(*_LOUD_DB, _BANDS))) / _SPAN_DB


def _bin_features(spectra: Spectra) -> Any:
    """The lowest bins, as strong as each other over the last second."""
    import numpy as np

    low = spectra[:, :_FILTERED]
    return low / np.sqrt(_slow(np.abs(low), np.linspace(*_STRONG, _FILTERED)))


def _slow(values: Any, first: Any) -> Any:
    """A running mean of each column, from a ``first`` value on."""
    import numpy as np

    means = np.empty_like(values)
    for number, row in enumerate(values):
        first = row * (1 - _MEMORY) + first * _MEMORY
        means[number] = first
    return means


def _ahead(features: Any) -> Any:
    """Features as the networks hear them: earlier by what they look ahead."""
    import numpy as np

    return np.concatenate([features[_AHEAD:], np.zeros_like(features[:_AHEAD])])


def _filtered(spectra: Spectra, mask: Any, taps: Any) -> Spectra:
    import numpy as np

    low = np.pad(spectra[:, :_FILTERED], ((_TAPS - 1 - _AHEAD, _AHEAD), (0, 0)))
    found: Spectra = spectra * np.repeat(mask, _widths(), axis=1)
    found[:, :_FILTERED] = sum(low[tap : tap + len(spectra)] * taps[:, :, tap] for tap in range(_TAPS))
    return found
