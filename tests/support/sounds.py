"""Sounds made of sines and noise at 16 kHz: somebody who speaks, laughter, applause, music."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

RATE = 16_000


def times(seconds: float) -> np.ndarray:
    """The time of each sample."""
    return np.arange(int(seconds * RATE)) / RATE


def buzz(pitch_hz: float | np.ndarray, colour: np.ndarray, seconds: float) -> np.ndarray:
    """A voice: harmonics of a pitch (one for all or one a sample), as strong as ``colour`` says."""
    turns = 2 * np.pi * np.cumsum(np.broadcast_to(pitch_hz, times(seconds).shape)) / RATE
    return sum(share * np.sin(n * turns) for n, share in enumerate(colour, start=1))


def speech(seconds: float, seed: int = 5) -> np.ndarray:
    """Syllables of uneven length, each of another colour and with a pitch that glides, some unvoiced."""
    random, parts = np.random.default_rng(seed), []
    while sum(map(len, parts)) < seconds * RATE:
        length_s = float(random.uniform(0.06, 0.3))
        hiss = random.random() < 0.25
        part = 0.1 * random.standard_normal(int(length_s * RATE))
        if not hiss:
            glide = np.linspace(random.uniform(115, 150), random.uniform(95, 125), len(part))
            part = buzz(glide, random.random(40) ** 4, length_s)
        parts.append(0.1 * part * np.hanning(len(part)) ** 0.3)
    return np.concatenate(parts)[: int(seconds * RATE)]


def laughter(seconds: float, seed: int = 6) -> np.ndarray:
    """Five bursts a second of one breathy vowel, each falling in pitch."""
    bursts = 0.15 + np.sin(2 * np.pi * 2.5 * times(seconds)) ** 2
    pitch_hz = 280 + 50 * np.cos(2 * np.pi * 5 * times(seconds)) - 15 * times(seconds)
    vowel = buzz(pitch_hz, np.array([1.0, 0.5, 0.8, 0.4, 0.2, 0.1]), seconds)
    return 0.1 * bursts * (vowel + 0.3 * np.random.default_rng(seed).standard_normal(len(bursts)))


def applause(seconds: float, seed: int = 7) -> np.ndarray:
    """Hundreds of claps, each a short burst around 1.5 kHz."""
    random, result = np.random.default_rng(seed), np.zeros(int((seconds + 0.1) * RATE))
    clap = np.exp(-times(0.02) * 250) * np.sin(2 * np.pi * 1500 * times(0.02))
    for at in random.integers(0, int(seconds * RATE), int(300 * seconds)):
        result[at : at + len(clap)] += random.uniform(0.02, 0.1) * clap
    return result[: int(seconds * RATE)]


def music(seconds: float, seed: int = 8) -> np.ndarray:
    """Organ chords and a plucked melody over drums, 120 beats a minute."""
    random, result = np.random.default_rng(seed), np.zeros(int((seconds + 2.5) * RATE))
    chords = ((0, 4, 7), (5, 9, 12), (7, 11, 14), (0, 4, 7))
    organ, string = np.array([1.0, 0.6, 0.5, 0.3, 0.2]), 0.7 ** np.arange(12)
    for beat in range(int(seconds * 2)):
        start, chord = beat * RATE // 2, chords[beat // 4 % 4]
        if beat % 4 == 0:
            notes = sum(buzz(220 * 2 ** (step / 12), organ, 2.0) for step in chord)
            result[start : start + len(notes)] += 0.03 * notes * np.minimum(1.0, 40 * times(2.0))
        plucked = buzz(440 * 2 ** (random.choice(chord) / 12), string, 0.5) * np.exp(-4 * times(0.5))
        drum = random.standard_normal(RATE // 8) * np.exp(-40 * times(0.125))
        result[start : start + len(plucked)] += 0.06 * plucked
        result[start : start + len(drum)] += 0.05 * drum
    return result[: int(seconds * RATE)]


def tone(path: Path, seconds: float = 1.0, hz: float = 220.0) -> Path:
    """A small mono file of one tone; its folder is made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    samples = (np.sin(2 * np.pi * hz * np.arange(round(seconds * 8000)) / 8000) * 16000).astype("<i2")
    with wave.open(str(path), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(8000)
        wav.writeframes(samples.tobytes())
    return path


def write_wav(path: Path, samples: np.ndarray) -> Path:
    """Samples as a mono 16-bit file, with a soft hiss of the room."""
    room = 0.0005 * np.random.default_rng(9).standard_normal(len(samples))
    with wave.open(str(path), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(RATE)
        wav.writeframes((np.clip(samples + room, -1, 1) * 32767).astype("<i2").tobytes())
    return path
