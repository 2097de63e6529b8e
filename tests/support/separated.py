"""Mixes of speech and music that are known apart, and what a separator made of them."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from support import sounds, speech

from viralclip_desktop.media.run import input_args, run_ffmpeg

RATE_HZ = 44_100
SAID = (
    "We began it long ago, when nobody else would, and so we did it all by ourselves.",
    "Every morning we opened the shop at seven, and every evening we counted what was left.",
)

Samples = NDArray[np.float32]


def at_rate(samples: NDArray[np.float64], rate_hz: int, wanted_hz: int = RATE_HZ) -> NDArray[np.float64]:
    """Samples at another rate."""
    spectrum = np.fft.rfft(samples)
    length = round(len(samples) * wanted_hz / rate_hz)
    bins = length // 2 + 1
    held = np.zeros(bins, complex)
    held[: min(bins, len(spectrum))] = spectrum[:bins]
    return np.fft.irfft(held, length) * length / len(samples)


def voice(folder: Path, texts: tuple[str, ...] = SAID) -> Samples:
    """Somebody speaks in the middle."""
    spoken = np.concatenate([speech.spoken(text, folder) for text in texts]) / 32768
    heard = at_rate(spoken, speech.RATE_HZ)
    return np.repeat((0.5 * heard / np.abs(heard).max())[:, None], 2, axis=1).astype(np.float32)


def song(samples: int) -> Samples:
    """Two bands of organ, guitar and drums, one more on the left, one more on the right."""
    seconds = samples / RATE_HZ + 0.1
    one, other = (at_rate(sounds.music(seconds, seed), sounds.RATE)[:samples] for seed in (8, 21))
    return np.stack([0.8 * one + 0.3 * other, 0.3 * one + 0.8 * other], axis=1).astype(np.float32)


def mixed(said: Samples, music: Samples, snr_db: float = 0.0) -> tuple[Samples, Samples]:
    """The music at a level against the speech, and both together."""
    gain = np.sqrt(np.mean(said**2) / np.mean(music**2)) * 10 ** (-snr_db / 20)
    levelled = (music * gain).astype(np.float32)
    return levelled, said + levelled


def sdr_db(wanted: Samples, found: Samples) -> float:
    """How far all that is wrong lies below what was wanted."""
    return float(10 * np.log10((wanted**2).sum() / ((wanted - found) ** 2).sum()))


def residue_db(found: Samples, said: Samples, music: Samples) -> float:
    """How much of the speech is in what was found, against the speech."""
    return shares_db(found, said, music)[0]


def shares_db(found: Samples, *known: Samples) -> list[float]:
    """How much of each known sound is in what was found, against that sound: each frequency of it is taken as
    so much of each of them (least squares; after Vincent et al. 2006)."""
    have, parts = spectra(found), [spectra(one) for one in known]
    left, whole = np.zeros(len(known)), np.zeros(len(known))
    for number in range(have.shape[-1]):
        rows = np.stack([part[..., number].ravel() for part in parts], axis=1)
        shares, *_ = np.linalg.lstsq(rows, have[..., number].ravel(), rcond=None)
        power = (np.abs(rows) ** 2).sum(axis=0)
        left, whole = left + np.abs(shares) ** 2 * power, whole + power
    return [float(level) for level in 10 * np.log10(left / whole)]


def spectra(samples: Samples, fft: int = 2048) -> NDArray[np.complex128]:
    """Short-time spectra: channels, frames, bins."""
    frames = np.lib.stride_tricks.sliding_window_view(samples, fft, axis=0)[:: fft // 4]
    found: NDArray[np.complex128] = np.fft.rfft(frames * np.hanning(fft), axis=-1).transpose(1, 0, 2)
    return found


def write_stereo(path: Path, samples: Samples) -> Path:
    """Samples as a 16-bit file."""
    with wave.open(str(path), "wb") as wav:
        wav.setnchannels(2)
        wav.setsampwidth(2)
        wav.setframerate(RATE_HZ)
        wav.writeframes((np.clip(samples, -1, 1) * 32767).round().astype("<i2").tobytes())
    return path


def read_stereo(path: Path) -> Samples:
    """The sound of a file."""
    blocks: list[bytes] = []
    shape = ["-f", "f32le", "-ac", "2", "-ar", str(RATE_HZ), "pipe:1"]
    run_ffmpeg([*input_args(path), "-vn", *shape], stdout=blocks.append)
    return np.frombuffer(b"".join(blocks), "<f4").reshape(-1, 2)
