"""Speech at another pitch: as long as before, part by part, and its progress is told."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np
import pytest

from viralclip_desktop.core.progress import ProgressEvent
from viralclip_desktop.core.time import Time
from viralclip_desktop.features.voices import pitching

RATE_HZ = 16_000


@pytest.fixture
def tone(tmp_path: Path) -> Path:
    """Three seconds of 240 Hz with a pause from 1.4 to 1.6 s."""
    at = np.arange(3 * RATE_HZ) / RATE_HZ
    sound = np.sin(2 * np.pi * 240 * at) * 8000 * ((at < 1.4) | (at > 1.6))
    path = tmp_path / "tone.wav"
    with wave.open(str(path), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(RATE_HZ)
        wav.writeframes(sound.astype("<i2").tobytes())
    return path


def samples_of(path: Path) -> np.ndarray:
    with wave.open(str(path), "rb") as wav:
        return np.frombuffer(wav.readframes(wav.getnframes()), "<i2").astype(float)


def test_parts_are_moved_side_by_side_and_stay_in_their_places(
    tone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pitching, "_WORTH_S", 1.0)
    monkeypatch.setattr(pitching.os, "cpu_count", lambda: 2)
    events: list[ProgressEvent] = []
    out = tmp_path / "work" / "out.wav"
    out.parent.mkdir()
    pitching.shift_pitch(tone, out, 12, pauses=[Time.from_seconds(1.5)], progress=events.append)
    assert len(list(out.parent.glob("out-*.wav"))) == 2
    moved = samples_of(out)
    assert len(moved) == 3 * RATE_HZ
    for start in (0.2, 1.8):
        part = moved[round(start * RATE_HZ) :][:RATE_HZ]
        assert np.argmax(np.abs(np.fft.rfft(part))) == pytest.approx(480, abs=5)
    assert np.abs(moved[round(1.46 * RATE_HZ) : round(1.54 * RATE_HZ)]).max() < 400
    assert events[-1].fraction == pytest.approx(1.0, abs=0.01)
