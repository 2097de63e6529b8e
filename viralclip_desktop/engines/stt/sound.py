"""The 16 kHz speech file every recogniser reads: its samples, its levels, and where to cut it.

Sample ``n`` of the file is source time ``n / 16000``. Everything here streams: ten hours of sound need
no more memory than their levels (one number every 10 ms).
"""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.time import Time

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.int16]
    Levels = NDArray[np.float32]

RATE_HZ = 16_000
HOP_SAMPLES = 160
"""Levels are taken every 10 ms."""
HOPS_PER_SECOND = RATE_HZ // HOP_SAMPLES

_BLOCK_SAMPLES = 60 * RATE_HZ
_SILENCE_DBFS = -60.0  # quieter than any speech that a recording at a usable level holds
_CUT_WIDTH_HOPS = 30  # a pause of 0.3 s is long enough to cut in


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the sound, ``[start, end)`` in samples."""

    start: int
    end: int

    @property
    def seconds(self) -> float:
        """Its length."""
        return (self.end - self.start) / RATE_HZ


class SpeechFile:
    """An open 16 kHz mono 16-bit WAV file. Use it as a context manager."""

    def __init__(self, path: Path) -> None:
        """Raises BadInput unless the file is what its name says."""
        try:
            self._wav = wave.open(str(path), "rb")  # noqa: SIM115 - closed by close
        except (OSError, EOFError, wave.Error) as error:
            raise BadInput(
                say("The sound file {name} cannot be read.", name=path.name), details=str(error)
            ) from error
        shape = (self._wav.getframerate(), self._wav.getnchannels(), self._wav.getsampwidth())
        if shape != (RATE_HZ, 1, 2):
            self._wav.close()
            raise BadInput(say("The sound file {name} is not 16 kHz mono 16-bit.", name=path.name))
        self.length = self._wav.getnframes()

    def __enter__(self) -> SpeechFile:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._wav.close()

    @property
    def duration(self) -> Time:
        """How long the sound is."""
        return Time.from_samples(self.length, RATE_HZ)

    def bytes(self, stretch: Stretch) -> bytes:
        """Little-endian 16-bit samples of a part; what lies outside the file is left out."""
        start = min(max(0, stretch.start), self.length)
        self._wav.setpos(start)
        return self._wav.readframes(max(0, min(stretch.end, self.length) - start))

    def samples(self, stretch: Stretch) -> Samples:
        """The samples of a part."""
        import numpy as np

        return np.frombuffer(self.bytes(stretch), "<i2").astype(np.int16, copy=False)

    def levels(self) -> Levels:
        """The level of each 10 ms in dBFS (a full-scale square wave is 0), -100 for digital silence."""
        import numpy as np

        parts = [_levels_of(self.samples(block)) for block in self._blocks()]
        whole: Levels = np.concatenate([np.zeros(0, np.float32), *parts])
        return whole

    def _blocks(self) -> Iterator[Stretch]:
        for start in range(0, self.length, _BLOCK_SAMPLES):
            yield Stretch(start, min(start + _BLOCK_SAMPLES, self.length))


def _levels_of(samples: Samples) -> Levels:
    import numpy as np

    hops = len(samples) // HOP_SAMPLES
    frames = samples[: hops * HOP_SAMPLES].reshape(hops, HOP_SAMPLES).astype(np.float32) / 32768.0
    power = np.einsum("ij,ij->i", frames, frames) / HOP_SAMPLES
    levels: Levels = (10.0 * np.log10(np.maximum(power, 1e-10))).astype(np.float32)
    return levels


def voice_threshold(levels: Levels) -> float:
    """The level in dBFS above which there is a voice rather than the room.

    A quarter of the way from the quiet (10th percentile) to the loud (95th), and at least 6 dB above the
    quiet where there is quiet at all: speech moves by 30 dB and more, so the rest cannot matter much.
    """
    import numpy as np

    if not len(levels):
        return _SILENCE_DBFS
    quiet, loud = (float(value) for value in np.percentile(levels, [10, 95]))
    if loud - quiet < 12.0:  # one steady level: all of it may be speech, nothing says what is not
        return max(_SILENCE_DBFS, quiet - 6.0)
    return max(_SILENCE_DBFS, quiet + max(6.0, 0.25 * (loud - quiet)))


def voiced_stretches(levels: Levels, pad_s: float = 0.3, join_s: float = 0.8) -> list[Stretch]:
    """The parts with a voice, each ``pad_s`` longer on both sides; gaps up to ``join_s`` are no gaps."""
    import numpy as np

    if not len(levels):
        return []
    smooth = _smoothed(levels, 5)
    voiced = np.flatnonzero(smooth > voice_threshold(levels))
    if not len(voiced):
        return []
    pad = round(pad_s * HOPS_PER_SECOND)
    breaks = np.flatnonzero(np.diff(voiced) > round(join_s * HOPS_PER_SECOND) + 2 * pad)
    firsts = voiced[np.concatenate(([0], breaks + 1))]
    lasts = voiced[np.concatenate((breaks, [len(voiced) - 1]))]
    return [
        Stretch(max(0, int(first) - pad) * HOP_SAMPLES, min(len(levels), int(last) + 1 + pad) * HOP_SAMPLES)
        for first, last in zip(firsts, lasts, strict=True)
    ]


def split_at_pauses(levels: Levels, stretch: Stretch, min_s: float, max_s: float) -> list[Stretch]:
    """``stretch`` in pieces of at most ``max_s`` seconds, cut where it is quietest after ``min_s``."""
    import numpy as np

    pieces, start = [], stretch.start
    while (stretch.end - start) / RATE_HZ > max_s:
        low = start // HOP_SAMPLES + round(min_s * HOPS_PER_SECOND)
        high = start // HOP_SAMPLES + round(max_s * HOPS_PER_SECOND)
        window = levels[low - _CUT_WIDTH_HOPS : high + _CUT_WIDTH_HOPS]
        smooth = _smoothed(window, _CUT_WIDTH_HOPS)[_CUT_WIDTH_HOPS : _CUT_WIDTH_HOPS + high - low]
        cut = (low + int(np.argmin(smooth))) * HOP_SAMPLES if len(smooth) else stretch.end
        pieces.append(Stretch(start, cut))
        start = cut
    return [*pieces, Stretch(start, stretch.end)]


def blocks_with_voice(levels: Levels, start: int, min_s: float, max_s: float) -> list[Stretch]:
    """From the first voice at or after sample ``start`` to the last one, in blocks cut at pauses; empty
    where nobody speaks. For recognisers that find the pauses inside a block themselves."""
    voiced = [stretch for stretch in voiced_stretches(levels) if stretch.end > start]
    if not voiced:
        return []
    whole = Stretch(max(start, voiced[0].start), voiced[-1].end)
    return split_at_pauses(levels, whole, min_s, max_s)


def _smoothed(levels: Levels, width: int) -> Levels:
    import numpy as np

    if len(levels) < width:
        return levels
    padded = np.pad(levels, (width // 2, width - 1 - width // 2), mode="edge")
    smooth: Levels = np.convolve(padded, np.full(width, 1 / width), mode="valid").astype(np.float32)
    return smooth


def wav_bytes(data: bytes) -> bytes:
    """A WAV file in memory, of the samples of :meth:`SpeechFile.bytes`."""
    with io.BytesIO() as file:
        with wave.open(file, "wb") as wav:
            wav.setnchannels(1)
            wav.setsampwidth(2)
            wav.setframerate(RATE_HZ)
            wav.writeframes(data)
        return file.getvalue()
