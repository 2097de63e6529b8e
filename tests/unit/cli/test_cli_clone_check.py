"""``viralclip clone check``: what is bad for copying a voice is refused, and no clean recording is."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from support.command_line import CommandLine

from viralclip_desktop.engines.tts import espeak
from viralclip_desktop.media.voice_sample import read_sample

TEXTS = (
    "Good morning everyone, and welcome back. Today we talk about the garden, and what to plant in it.",
    "I never thought that a small shop would last this long. People kept coming, week after week.",
)
Sound = np.ndarray


def write(path: Path, sound: Sound, rate: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with wave.open(str(path), "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(rate)
        wav.writeframes(np.rint(np.clip(sound, -1, 32767 / 32768) * 32768).astype("<i2").tobytes())
    return path


def at_half(sound: Sound) -> Sound:
    return sound / np.max(np.abs(sound)) * 0.5


def noisy(sound: Sound, snr_db: float) -> Sound:
    noise = np.random.default_rng(3).standard_normal(len(sound))
    noise *= np.sqrt(np.mean(sound**2) / np.mean(noise**2)) * 10 ** (-snr_db / 20)
    return sound + noise


def clipped(sound: Sound, over_db: float) -> Sound:
    return np.clip(sound / np.max(np.abs(sound)) * 10 ** (over_db / 20), -1, 1) * 0.9


def in_room(sound: Sound, rate: int, rt60_s: float) -> Sound:
    """Direct sound and a diffuse tail of equal energy, decaying by 60 dB in ``rt60_s``."""
    length = round(rt60_s * 1.2 * rate)
    tail = np.random.default_rng(5).standard_normal(length) * np.exp(
        -6.9078 * np.arange(length) / rate / rt60_s
    )
    tail /= np.sqrt(np.sum(tail**2))
    tail[0] = 1.0
    size = 1 << (len(sound) + length).bit_length()
    wet = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(tail, size), size)[: len(sound) + length]
    return at_half(wet)


@pytest.fixture
def clean(test_media: Path, tmp_path: Path) -> dict[str, tuple[Sound, int]]:
    """Recorded speech, up to 8 s of each, and spoken speech."""
    found = {}
    for name in ("speech-en-11s.flac", "talk-sample-42s.mp4"):
        samples, rate = read_sample(test_media / name, 8.0)
        found[name] = (at_half(samples.astype(np.float64)), rate)
    for number, (text, voice) in enumerate(zip(TEXTS, ("en-us+f3", "en-gb"), strict=True)):
        espeak.speak(text, tmp_path / "said.wav", voice)
        samples, rate = read_sample(tmp_path / "said.wav", 8.0)
        found[f"spoken{number}"] = (at_half(samples.astype(np.float64)), rate)
    return found


def checked(viralclip: CommandLine, files: list[Path]) -> dict[str, dict[str, Any]]:
    document = viralclip.json("clone", "check", *map(str, files))
    assert document["ok"] is all(one["verdict"] != "refuse" for one in document["samples"])
    return {Path(one["path"]).stem: one for one in document["samples"]}


def test_the_bad_are_refused_and_the_clean_are_not(
    viralclip: CommandLine, clean: dict[str, tuple[Sound, int]], tmp_path: Path
) -> None:
    good, bad = [], []
    for name, (sound, rate) in clean.items():
        good.append(write(tmp_path / "good" / f"{name}.wav", sound, rate))
        good += [
            write(tmp_path / "good" / f"{name}-noise40.wav", noisy(sound, 40), rate),
            write(tmp_path / "good" / f"{name}-room.wav", in_room(sound, rate, 0.2), rate),
        ]
        bad.append(write(tmp_path / "bad" / f"{name}-short.wav", sound[: 2 * rate], rate))
        bad += [write(tmp_path / "bad" / f"{name}-n{db}.wav", noisy(sound, db), rate) for db in (15, 10)]
        bad.append(write(tmp_path / "bad" / f"{name}-c6.wav", clipped(sound, 6), rate))
        bad += [
            write(tmp_path / "bad" / f"{name}-r{rt60}.wav", in_room(sound, rate, rt60), rate)
            for rt60 in (0.8, 1.2)
        ]
    passed = checked(viralclip, good)
    assert {name: one for name, one in passed.items() if one["verdict"] == "refuse"} == {}
    judged = checked(viralclip, bad)
    missed = [(name, one) for name, one in judged.items() if one["verdict"] != "refuse"]
    assert len(missed) <= 0.05 * len(judged), missed


def test_it_says_what_to_do_about_each(
    viralclip: CommandLine, clean: dict[str, tuple[Sound, int]], tmp_path: Path
) -> None:
    sound, rate = clean["talk-sample-42s.mp4"]
    told = checked(viralclip, [
        write(tmp_path / "noise.wav", noisy(sound, 10), rate),
        write(tmp_path / "loud.wav", clipped(sound, 12), rate),
        write(tmp_path / "hall.wav", in_room(sound, rate, 1.2), rate),
        write(tmp_path / "short.wav", sound[: 2 * rate], rate),
        write(tmp_path / "silence.wav", sound * 0, rate),
        write(tmp_path / "quiet.wav", sound * 0.01, rate),
    ])  # fmt: skip
    reasons = {name: one["reasons"][0] for name, one in told.items()}
    assert "quieter place" in reasons["noise"]
    assert "lower level" in reasons["loud"]
    assert "echoes" in reasons["hall"]
    assert "too short" in reasons["short"]
    assert "Nothing is heard" in reasons["silence"]
    assert any("higher level" in one for one in told["quiet"]["reasons"])
    assert told["quiet"]["verdict"] == "warn"
    assert told["noise"]["spread_db"] < 22 < told["hall"]["spread_db"]
    assert told["loud"]["flats_per_s"] > 5
    assert told["hall"]["decay_s"] > 0.8
    assert told["short"]["duration_s"] == pytest.approx(2.0, abs=0.01)


def test_what_is_no_sound_is_refused_with_a_sentence(viralclip: CommandLine, tmp_path: Path) -> None:
    (tmp_path / "notes.wav").write_text("no sound", "utf-8")
    assert viralclip("clone", "check", str(tmp_path / "notes.wav"))[0] == 3
    assert viralclip("clone", "check", str(tmp_path / "gone.wav"))[0] == 3
