"""Spoken pieces in one file: at one level, with a breath between sentences and a longer one between
paragraphs."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.time import Time
from viralclip_desktop.engines.tts.base import Spoken, SpokenWord

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

SENTENCE_PAUSE_S, PARAGRAPH_PAUSE_S = 0.35, 0.75
_FRAME_S: Final = 0.02
_SPOKEN_DB: Final = 20.0  # a frame so much below the loudest ones is a pause, or the end of a word
_MOST_DB: Final = 6.0
_ENOUGH_S: Final = 0.6  # of speech, to know how loud a piece is
_FULL: Final = 0.98


@dataclass(frozen=True, slots=True)
class SpokenPiece:
    """A piece in its file, and how long the pause after it is."""

    path: Path
    spoken: Spoken
    pause_s: float = 0.0


def joined(pieces: Sequence[SpokenPiece], out_wav: Path) -> Spoken:
    """Write the pieces, mono and 16 bits, one after the other; what was spoken, with the times in the whole
    file. The words are left out where a piece does not tell its own. Raises OSError."""
    gains, rate = _gains([piece.path for piece in pieces]), _rate(pieces)
    words: list[SpokenWord] = []
    at = 0
    with out_wav.open("wb") as raw, wave.open(raw, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate)
        for number, (piece, gain) in enumerate(zip(pieces, gains, strict=True)):
            samples = _read(piece.path) * gain
            here = Time.from_samples(at, rate)
            words += [SpokenWord(word.text, word.range.shifted(here)) for word in piece.spoken.words]
            pause = round(piece.pause_s * rate) if number + 1 < len(pieces) else 0
            out.writeframes(_pcm(samples) + bytes(2 * pause))
            at += len(samples) + pause
    told = all(piece.spoken.words for piece in pieces)
    return Spoken(Time.from_samples(at, rate), tuple(words) if told else ())


def _rate(pieces: Sequence[SpokenPiece]) -> int:
    rates = set[int]()
    for piece in pieces:
        with wave.open(str(piece.path), "rb") as wav:
            rates.add(wav.getframerate())
    if len(rates) != 1:
        raise Fault("The voice spoke parts of the text at different sample rates.", "Choose another voice.")
    return rates.pop()


def _gains(files: Sequence[Path]) -> list[float]:
    """What each piece is multiplied by, so that all are as loud as the one in the middle; a piece of a word
    or two is left as it was spoken."""
    import numpy as np

    levels = [_level(path) for path in files]
    known = [level.loud_db for level in levels if level.spoken_s >= _ENOUGH_S]
    if len(known) < 2:
        return [1.0] * len(files)
    middle = float(np.median(known))
    return [
        min(10 ** (float(np.clip(middle - level.loud_db, -_MOST_DB, _MOST_DB)) / 20), _FULL / level.peak)
        if level.spoken_s >= _ENOUGH_S
        else 1.0
        for level in levels
    ]


@dataclass(frozen=True, slots=True)
class _Level:
    """How loud the spoken parts are, in dB of full scale, how long these are, and the highest sample."""

    loud_db: float
    spoken_s: float
    peak: float


def _level(path: Path) -> _Level:
    import numpy as np

    with wave.open(str(path), "rb") as wav:
        frame = round(wav.getframerate() * _FRAME_S)
    samples = _read(path)
    frames = samples[: len(samples) // frame * frame].reshape(-1, frame).astype(np.float64)
    if not len(frames) or not np.any(frames):
        return _Level(0.0, 0.0, 1.0)
    db = 10 * np.log10(np.mean(frames**2, axis=1) + 1e-12)
    spoken = db[db > np.percentile(db, 95) - _SPOKEN_DB]
    loud = 10 * np.log10(np.mean(10 ** (spoken / 10)))
    return _Level(float(loud), len(spoken) * _FRAME_S, float(np.max(np.abs(samples))))


def _read(path: Path) -> Samples:
    from viralclip_desktop.engines.tts.wav import from_pcm

    with wave.open(str(path), "rb") as wav:
        return from_pcm(wav.readframes(wav.getnframes()))


def _pcm(samples: Samples) -> bytes:
    import numpy as np

    return np.rint(np.clip(samples, -1, 32767 / 32768) * 32768).astype("<i2").tobytes()
