"""What is heard of a piece of music: its tempo, its key, its seam, by simple means of our own."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import numpy as np

RATE_HZ = 48_000
NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")
_PROFILES = {  # Krumhansl and Kessler 1982
    "maj": (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88),
    "min": (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17),
}
Sound = Any
"""(channels, samples), -1..1."""


def read(path: Path) -> Sound:
    """A WAV file of 16 bits at 48 kHz."""
    with wave.open(str(path), "rb") as file:
        assert file.getframerate() == RATE_HZ
        assert file.getsampwidth() == 2
        data = np.frombuffer(file.readframes(file.getnframes()), "<i2")
        return data.reshape(-1, file.getnchannels()).T / 32768


def key_of(sound: Sound) -> str:
    """The key by the chroma of the whole, as ``A:min``."""
    size, hop = 16384, 8192
    mono, window = sound.mean(axis=0), np.hanning(size)
    hz = np.fft.rfftfreq(size, 1 / RATE_HZ)
    heard = (hz > 60) & (hz < 4000)
    classes = np.round(69 + 12 * np.log2(hz[heard] / 440)).astype(int) % 12
    chroma = np.zeros(12)
    for start in range(0, len(mono) - size, hop):
        spectrum = np.abs(np.fft.rfft(mono[start : start + size] * window))[heard]
        chroma += np.bincount(classes, spectrum, 12)
    fits = {
        (tonic, mode): np.corrcoef(chroma, np.roll(profile, tonic))[0, 1]
        for tonic in range(12)
        for mode, profile in _PROFILES.items()
    }
    tonic, mode = max(fits, key=lambda one: fits[one])
    return f"{NAMES[tonic]}:{mode}"


def mirex(heard: str, written: str) -> float:
    """How near a key is to another one: 1, a fifth 0.5, the relative one 0.3, the parallel one 0.2."""
    (one, mode), (other, its_mode) = (text.split(":") for text in (heard, written))
    apart = (NAMES.index(one) - NAMES.index(other)) % 12
    if mode == its_mode:
        return {0: 1.0, 5: 0.5, 7: 0.5}.get(apart, 0.0)
    if apart == 0:
        return 0.2
    return 0.3 if apart == (9 if mode == "min" else 3) else 0.0


def tempo_near(sound: Sound, tempo: float) -> float:
    """The tempo within 6 % of the one that is given at which the onsets repeat best: autocorrelation of the
    rise of all bands together, over one, two and four bars."""
    hop, size = 240, 1024
    frames = np.lib.stride_tricks.sliding_window_view(sound.mean(axis=0), size)[::hop] * np.hanning(size)
    level = np.log1p(100 * np.abs(np.fft.rfft(frames)))
    rise = np.maximum(0, np.diff(level, axis=0)).sum(axis=1)
    rise -= rise.mean()
    spectrum = np.abs(np.fft.rfft(rise, 1 << 19)) ** 2
    correlation = np.fft.irfft(spectrum)
    tempi = tempo * np.arange(0.94, 1.06, 0.0005)
    lags = 60 / tempi * RATE_HZ / hop
    places = np.arange(len(correlation))
    score = sum(np.interp(lags * beats, places, correlation) for beats in (4, 8, 16))
    return float(tempi[int(np.argmax(score))])


def onsets_a_second(sound: Sound) -> float:
    """How often the level jumps by more than 3 dB within 20 ms."""
    hop = 960
    mono = sound.mean(axis=0)
    frames = len(mono) // hop
    power = np.mean(mono[: frames * hop].reshape(frames, hop) ** 2, axis=1)
    jumps = np.diff(10 * np.log10(power + 1e-9)) > 3
    return float(jumps.sum() / (len(mono) / RATE_HZ))


def seam(sound: Sound) -> float:
    """The sharpest bend where the end meets the beginning, as a share of the sharpest one elsewhere."""
    around = np.concatenate([sound[:, -240:], sound[:, :240]], axis=1)
    own = np.abs(np.diff(sound[:, 240:-240], 2, axis=1)).max()
    return float(np.abs(np.diff(around, 2, axis=1))[:, 230:250].max() / own)


def band_db(sound: Sound, low_hz: float, high_hz: float) -> float:
    """How strong a band is, against the whole, in dB."""
    size = 8192
    mono = sound.mean(axis=0)
    hz, power = np.fft.rfftfreq(size, 1 / RATE_HZ), np.zeros(size // 2 + 1)
    for start in range(0, len(mono) - size, size):
        power += np.abs(np.fft.rfft(mono[start : start + size] * np.hanning(size))) ** 2
    return float(10 * np.log10(power[(hz >= low_hz) & (hz < high_hz)].sum() / power.sum()))
