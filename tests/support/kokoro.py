"""A toy of Kokoro's form: its real phonetics and names of voices, and a network that hums every sound for as
long as it says it will; and the real one where it is given."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest
from support.tiny_onnx import voice_maker

_TOKENS = 256  # more than there are sounds
_HUM_HZ, _RATE_HZ, _FRAME = 240.0, 24_000, 600
VOICES = ("af_heart", "bm_george", "ef_dora", "zf_xiaobei")


def toy_kokoro(models: Path) -> None:
    """Put it into a folder of models."""
    from kokoro_onnx.config import DEFAULT_VOCAB

    folder = models / "kokoro"
    folder.mkdir(parents=True, exist_ok=True)
    frames, levels = np.full(_TOKENS, 3.0), np.full(_TOKENS, 0.3)
    frames[0], levels[0] = 12.0, 0.0
    for mark in " .,!?;:—…":
        token = DEFAULT_VOCAB.get(mark)
        if token is not None:
            frames[token], levels[token] = (2.0 if mark == " " else 8.0), 0.0
    hum = np.sin(2 * np.pi * _HUM_HZ * np.arange(_FRAME) / _RATE_HZ)
    voice_maker(folder / "kokoro-toy.onnx", frames, levels, hum[None, :])
    np.savez(folder / "voices.npz", **{name: np.zeros((510, 1, 256), np.float32) for name in VOICES})


def real_kokoro(real_models: Path, folder: Path) -> Path:
    """Network and voices in one folder, as a user has them; the test is skipped without them."""
    there, models = real_models / "kokoro", os.environ.get("VIRALCLIP_MODELS_DIR")
    if not there.is_dir() or not models:
        pytest.skip("Kokoro is not there")
    (folder / "kokoro").mkdir()
    for path in (*there.glob("*.onnx"), *(Path(models) / "kokoro").glob("*.npz")):
        (folder / "kokoro" / path.name).symlink_to(path)
    return folder
