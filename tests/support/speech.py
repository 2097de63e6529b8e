"""Speech for tests: espeak-ng sentences as the 16 kHz file the recognisers read."""

from __future__ import annotations

import subprocess
import sys
import wave
from collections.abc import Sequence
from pathlib import Path

import numpy as np

RATE_HZ = 16_000
WHISPER_MINI = Path(__file__).resolve().parents[1] / "data" / "whisper-mini"
"""A toy Whisper model of ours that understands espeak-ng speech made of its 84 words."""


_SPEAK = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from viralclip_desktop.engines.tts.espeak import speak
speak(sys.argv[3], Path(sys.argv[2]), voice=sys.argv[4], rate_wpm=int(sys.argv[5]))
"""
_ROOT = Path(__file__).resolve().parents[2]


def spoken(text: str, scratch: Path, voice: str = "en-us", rate_wpm: int = 160) -> np.ndarray:
    """Samples (int16, 16 kHz) of ``text`` spoken by espeak-ng, the same ones each time.

    The library carries its oscillators over from one text to the next, so each text is spoken by a process
    of its own: otherwise what a test hears would depend on the tests before it.
    """
    raw = scratch / "spoken.wav"
    arguments = [str(_ROOT), str(raw), text, voice, str(rate_wpm)]
    subprocess.run([sys.executable, "-c", _SPEAK, *arguments], check=True)
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
