"""What a worker process runs to hear voices: stretches of a recording in, one row of numbers each out."""

from __future__ import annotations

import wave
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.engines.voices.embedder import VoiceEmbedder

if TYPE_CHECKING:
    from viralclip_desktop.engines.voices.embedder import Samples

TARGET = "viralclip_desktop.engines.voices.worker:run"
_TELL_EVERY = 20


def request(models: Path, wav: Path, stretches: Sequence[tuple[float, float]], out: Path) -> dict[str, Any]:
    """The request for :func:`run`, as JSON. ``wav`` is 16 kHz mono, ``stretches`` are seconds in it; ``out``
    becomes a ``.npy`` file with one row of 32-bit numbers a stretch, of zeros where it is too short."""
    return {"models": str(models), "wav": str(wav), "stretches": list(stretches), "out": str(out)}


def run(data: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Listen to one stretch after the other. A cancel is the end of the process. Raises EnvironmentLacks."""
    import numpy as np

    embedder, stretches, rows = VoiceEmbedder(Path(data["models"])), data["stretches"], []
    with wave.open(data["wav"], "rb") as sound:
        for at, (start_s, end_s) in enumerate(stretches):
            rows.append(embedder.voice(_samples(sound, start_s, end_s)))
            if at % _TELL_EVERY == 0:
                emit({"type": "progress", "stage": "voices", "fraction": at / len(stretches)})
    np.save(data["out"], np.array(rows, np.float32))
    return {"stretches": len(rows)}


def _samples(sound: wave.Wave_read, start_s: float, end_s: float) -> Samples:
    import numpy as np

    rate, first = sound.getframerate(), max(0, round(start_s * sound.getframerate()))
    sound.setpos(min(first, sound.getnframes()))
    read = sound.readframes(max(0, round(end_s * rate) - first))
    samples: Samples = np.frombuffer(read, "<i2").astype(np.float32) / np.float32(32768.0)
    return samples
