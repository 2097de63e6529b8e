"""Pieces of music whose beats are known: clicks and drum loops as 16 kHz mono samples, and as files."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

RATE_HZ = 16_000
Samples = NDArray[np.float64]


def _fading(seconds: float, half_s: float) -> tuple[Samples, Samples]:
    at = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    return at, np.exp(-at / half_s)


def _click() -> Samples:
    return np.sin(2 * np.pi * 1000 * np.arange(RATE_HZ // 100) / RATE_HZ)


def _kick() -> Samples:
    at, fade = _fading(0.18, 0.06)
    return np.asarray(np.sin(2 * np.pi * (50 * at + 40 * (1 - np.exp(-at * 30)) / 30)) * fade)


def _snare(noise: np.random.Generator) -> Samples:
    at, fade = _fading(0.15, 0.04)
    return np.asarray((0.5 * noise.standard_normal(len(at)) + 0.3 * np.sin(2 * np.pi * 190 * at)) * fade)


def _hat(noise: np.random.Generator) -> Samples:
    at, fade = _fading(0.05, 0.012)
    return np.asarray(np.diff(noise.standard_normal(len(at)), prepend=0) * 0.5 * fade)


def _put(into: Samples, what: Samples, at_s: float, level: float) -> None:
    first = round(at_s * RATE_HZ)
    end = min(len(into), first + len(what))
    if first < end:
        into[first:end] += level * what[: end - first]


def clicks(bpm: float, seconds: float = 12.0, first_s: float = 0.37) -> tuple[Samples, Samples]:
    """A metronome: its samples, and when it clicks (seconds)."""
    sound, beats = np.zeros(int(seconds * RATE_HZ)), np.arange(first_s, seconds - 0.05, 60 / bpm)
    for at_s in beats:
        _put(sound, _click(), at_s, 0.7)
    return sound, beats


def drums(bpm: float, seconds: float = 12.0, first_s: float = 0.21) -> tuple[Samples, Samples]:
    """Kick and snare in turns, a hi-hat on every eighth: its samples, and its beats (seconds)."""
    noise = np.random.default_rng(1)
    sound, beats = np.zeros(int(seconds * RATE_HZ)), np.arange(first_s, seconds - 0.2, 60 / bpm)
    for number, at_s in enumerate(beats):
        _put(sound, _snare(noise) if number % 2 else _kick(), at_s, 0.6 if number % 2 else 0.8)
        _put(sound, _hat(noise), at_s, 0.25)
        _put(sound, _hat(noise), at_s + 30 / bpm, 0.25)
    return sound, beats


def pcm(sound: Samples) -> bytes:
    """16-bit samples."""
    return (np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes()


def write_wav(path: Path, sound: Samples) -> Path:
    """A sound file."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(pcm(sound))
    return path
