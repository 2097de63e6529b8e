"""The sound of the sample talk: every line spoken, at its own level, in a quiet room."""

from __future__ import annotations

import wave
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.core.progress import CancelToken, Progress, ProgressEvent
from viralclip_desktop.engines.tts.espeak import speak
from viralclip_desktop.features.sample_talk.script import Line, Script

LEAD_S: Final = 0.8
_SPEECH_DB: Final = -21.0  # RMS while somebody speaks: an ordinary unmastered recording
_ROOM_DB: Final = -62.0  # room noise; digital silence sounds (and measures) unlike any recording
_MOODS: Final = {"plain": (0.0, 0, 0), "lively": (2.5, 6, 8), "flat": (-3.0, -10, -8)}  # dB, words/min, pitch
_QUIET: Final = 0.004  # of full scale: espeak's own silence around a line

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Spoken:
    """One line and when it is heard, in seconds from the beginning."""

    line: Line
    start_s: float
    end_s: float


@dataclass(frozen=True)
class Recording:
    """The whole sound (mono, -1..1) and its lines."""

    samples: Samples
    rate_hz: int
    lines: tuple[Spoken, ...]

    @property
    def duration_s(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.rate_hz


def record(script: Script, work: Path, progress: Progress, cancel: CancelToken) -> Recording:
    """Speak the script, using ``work`` for scratch files. Raises Cancelled and EnvironmentLacks."""
    parts: list[Samples] = []
    lines: list[Spoken] = []
    now_s, rate = LEAD_S, 0
    for number, line in enumerate(script.lines):
        cancel.raise_if_cancelled()
        voice, rate = _speak(script, line, work / "line.wav")
        if not parts:
            parts.append(np.zeros(int(LEAD_S * rate), np.float32))
        pause = np.zeros(int(line.pause_s * rate), np.float32)
        lines.append(Spoken(line, now_s, now_s + len(voice) / rate))
        parts += [voice, pause]
        now_s += (len(voice) + len(pause)) / rate
        progress(ProgressEvent("speak", (number + 1) / len(script.lines)))
    return Recording(_in_a_room(np.concatenate(parts)), rate, tuple(lines))


def write_wav(recording: Recording, out: Path) -> None:
    """Write the sound as 16-bit WAV."""
    data = (np.clip(recording.samples, -1, 1) * 32767).astype("<i2")
    with out.open("wb") as raw, wave.open(raw, "wb") as wav:
        wav.setnchannels(1)
        wav.setsampwidth(2)
        wav.setframerate(recording.rate_hz)
        wav.writeframes(data.tobytes())


def _speak(script: Script, line: Line, scratch: Path) -> tuple[Samples, int]:
    """One line at its level, without the silence around it."""
    speaker = script.speakers[line.speaker]
    gain_db, faster, higher = _MOODS[line.mood]
    speak(line.text, scratch, speaker.voice, speaker.rate_wpm + faster, speaker.pitch + higher)
    with wave.open(str(scratch), "rb") as wav:
        rate = wav.getframerate()
        samples = np.frombuffer(wav.readframes(wav.getnframes()), "<i2").astype(np.float32) / np.float32(
            32768
        )
    heard = np.flatnonzero(np.abs(samples) > _QUIET)
    if len(heard):
        samples = samples[heard[0] : heard[-1] + 1]
    level = float(np.sqrt(np.mean(samples**2))) or 1.0
    return samples * np.float32(10 ** ((_SPEECH_DB + gain_db) / 20) / level), rate


def _in_a_room(samples: Samples) -> Samples:
    """Add the hum of a room: low-passed noise, the same every time."""
    noise = np.random.default_rng(7).standard_normal(len(samples) + 8).astype(np.float32)
    soft = np.convolve(noise, np.full(9, 1 / 9, np.float32), mode="valid")
    return samples + soft * np.float32(10 ** (_ROOM_DB / 20) / float(np.std(soft)))
