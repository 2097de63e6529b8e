"""LR-ASD (Liao et al. 2025, IJCV; MIT): whether a face is the one that is heard, from its picture and the
sound.

Two networks in the models folder: a front end that reads a face's pictures (112 x 112 grey, 25 a second) and
the sound's MFCC (100 a second), and a back end that scores each frame. Its scores say which of several faces
speaks; against a fixed threshold they say little. Both crops of a face are scored and averaged, and the back
end runs over pieces of several lengths (measured on two talking people: 83 -> 91 % of frames right).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from viralclip_desktop.engines.vision.onnx import onnx_problem, onnx_session

FRONT_FILE, BACK_FILE = "lr-asd-frontend.onnx", "lr-asd-backend.onnx"
SIDE = 112
SOUND_RATE_HZ = 16_000
_SOUND_PER_PICTURE = 4
_MEAN, _DEVIATION = 106.0, 43.0  # of the pictures it was trained on
_PIECES_S = (1, 2, 3, 4, 6)  # at 25 pictures a second
_FRONT_LOOKS, _FRONT_MARGIN = 100, 12  # pictures at once, and what the convolutions see beside them


@dataclass(frozen=True, slots=True)
class LrAsd:
    """The networks in a models folder."""

    models: Path

    def ready(self) -> str | None:
        """None if both networks are there."""
        return onnx_problem(self._file(FRONT_FILE)) or onnx_problem(self._file(BACK_FILE))

    def _file(self, name: str) -> Path:
        """In a folder of its own, or flat among the models."""
        own = self.models / "lr-asd" / name
        return own if own.is_file() else self.models / name

    def loaded(self) -> LoadedLrAsd:
        """Ready to score. Raises EnvironmentLacks for files that are missing or damaged."""
        return LoadedLrAsd(onnx_session(self._file(FRONT_FILE)), onnx_session(self._file(BACK_FILE)))


@dataclass(frozen=True)
class LoadedLrAsd:
    """The two networks in memory."""

    front: Any
    back: Any

    def scores(self, pictures: Any, sound: Any) -> Any:
        """A score for each picture of a face. ``pictures``: (n, 112, 112) grey 0..255; ``sound``: the MFCC
        (:func:`mfcc`) from the first picture on."""
        import numpy as np

        count = len(pictures)
        sound = _of_length(sound, _SOUND_PER_PICTURE * count)
        levelled = _levelled(pictures)
        heard, seen = self._front(levelled, sound)
        rows = [self._back(heard, seen, 25 * seconds) for seconds in _PIECES_S]
        return np.mean(rows, axis=0)

    def _front(self, pictures: Any, sound: Any) -> tuple[Any, Any]:
        import numpy as np

        heard: list[Any] = []
        seen: list[Any] = []
        for begin in range(0, len(pictures), _FRONT_LOOKS):
            end = min(len(pictures), begin + _FRONT_LOOKS)
            left, right = max(0, begin - _FRONT_MARGIN), min(len(pictures), end + _FRONT_MARGIN)
            piece = {
                "audio": sound[None, _SOUND_PER_PICTURE * left : _SOUND_PER_PICTURE * right],
                "video": pictures[None, left:right],
            }
            embeds = self.front.run(["embedA", "embedV"], piece)
            for rows, embed in zip((heard, seen), embeds, strict=True):
                rows.append(embed[:, begin - left : end - left])
        return np.concatenate(heard, axis=1), np.concatenate(seen, axis=1)

    def _back(self, heard: Any, seen: Any, length: int) -> Any:
        import numpy as np

        rows = []
        for begin in range(0, heard.shape[1], length):
            piece = {"embedA": heard[:, begin : begin + length], "embedV": seen[:, begin : begin + length]}
            rows.append(self.back.run(["scoresAV"], piece)[0])
        return np.concatenate(rows)


def _levelled(pictures: Any) -> Any:
    """A face's pictures brought to the light they are used to."""
    import numpy as np

    pictures = pictures.astype(np.float32)
    spread = max(1.0, float(pictures.std()))
    return np.clip((pictures - pictures.mean()) * (_DEVIATION / spread) + _MEAN, 0, 255)


def _of_length(sound: Any, count: int) -> Any:
    import numpy as np

    if len(sound) < count:
        sound = np.pad(sound, ((0, count - len(sound)), (0, 0)), mode="edge" if len(sound) else "constant")
    return np.ascontiguousarray(sound[:count], np.float32)


def mfcc(samples: Any, rate: float = 25.0) -> Any:
    """Mel cepstra of 16 kHz sound at 16-bit scale, (n, 13), four for each of ``rate`` pictures a second: as
    ``python_speech_features`` 0.6 makes them at 25 with its defaults (25 ms windows, 26 filters, 512-point
    FFT, pre-emphasis 0.97, lifter 22, the first one the log energy), which the network was trained on."""
    import numpy as np

    if not len(samples):
        return np.zeros((0, 13), np.float32)
    samples = np.asarray(samples, np.float64)
    shaped = np.append(samples[0], samples[1:] - 0.97 * samples[:-1])
    length, step = round(0.025 * SOUND_RATE_HZ), SOUND_RATE_HZ / (_SOUND_PER_PICTURE * rate)
    count = 1 if len(shaped) <= length else 1 + int(np.ceil((len(shaped) - length) / step))
    starts = np.round(np.arange(count) * step).astype(int)
    padded = np.pad(shaped, (0, max(0, int(starts[-1]) + length - len(shaped))))
    frames = np.lib.stride_tricks.sliding_window_view(padded, length)[starts]
    power = np.abs(np.fft.rfft(frames, 512)) ** 2 / 512
    tiny = np.finfo(float).eps
    energy = np.maximum(power.sum(axis=1), tiny)
    bands = np.log(np.maximum(power @ _mel_filters().T, tiny))
    numbers = np.arange(13)
    turned = np.cos(np.pi * numbers[:, None] * (2 * np.arange(26) + 1) / 52) * np.sqrt(2 / 26)
    turned[0] = np.sqrt(1 / 26)
    cepstra = bands @ turned.T * (1 + 11 * np.sin(np.pi * numbers / 22))
    cepstra[:, 0] = np.log(energy)
    return cepstra.astype(np.float32)


def _mel_filters() -> Any:
    import numpy as np

    def mel(hertz: float) -> float:
        return 2595 * float(np.log10(1 + hertz / 700))

    places = np.linspace(mel(0), mel(SOUND_RATE_HZ / 2), 28)
    edges = np.floor(513 * 700 * (10 ** (places / 2595) - 1) / SOUND_RATE_HZ)
    filters = np.zeros((26, 257))
    for band in range(26):
        left, middle, right = (int(edge) for edge in edges[band : band + 3])
        filters[band, left:middle] = (np.arange(left, middle) - left) / max(1, middle - left)
        filters[band, middle:right] = (right - np.arange(middle, right)) / max(1, right - middle)
    return filters
