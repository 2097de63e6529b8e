"""Speech for tests: espeak-ng sentences as the 16 kHz file the recognisers read."""

from __future__ import annotations

import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from viralclip_desktop.engines.tts.espeak import speak

RATE_HZ = 16_000
WHISPER_MINI = Path(__file__).resolve().parents[1] / "data" / "whisper-mini"
"""A toy Whisper model of ours that understands espeak-ng speech made of its 84 words."""


def spoken(text: str, scratch: Path, voice: str = "en-us", rate_wpm: int = 160) -> np.ndarray:
    """Samples (int16, 16 kHz) of ``text`` spoken by espeak-ng."""
    raw = scratch / "spoken.wav"
    speak(text, raw, voice=voice, rate_wpm=rate_wpm)
    with wave.open(str(raw), "rb") as wav:
        samples = np.frombuffer(wav.readframes(wav.getnframes()), np.int16).astype(np.float64)
        rate_hz = wav.getframerate()
    raw.unlink()
    spectrum = np.fft.rfft(samples)
    length = round(len(samples) * RATE_HZ / rate_hz)
    kept = spectrum[: length // 2 + 1]
    return np.clip(np.fft.irfft(kept, length) * length / len(samples), -32768, 32767).astype(np.int16)


def silence(seconds: float) -> np.ndarray:
    """A quiet room: faint noise, always the same."""
    noise = np.random.default_rng(1).normal(0, 3, round(seconds * RATE_HZ))
    return noise.astype(np.int16)


def write_speech(path: Path, parts: Sequence[str | float], voice: str = "en-us") -> Path:
    """A speech file of texts and of pauses in seconds, one after the other."""
    sound = [
        silence(part) if isinstance(part, (int, float)) else spoken(part, path.parent, voice)
        for part in parts
    ]
    write_wav(path, np.concatenate(sound))
    return path


def write_wav(path: Path, samples: np.ndarray) -> None:
    """Samples as a 16 kHz mono 16-bit file."""
    with wave.open(str(path), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(RATE_HZ)
        wav.writeframes(samples.astype("<i2").tobytes())
