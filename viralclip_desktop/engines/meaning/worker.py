"""What a worker process runs to read sentences: texts in, their meanings in a file of numbers out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from viralclip_desktop.engines.meaning.minilm import MiniLm

TARGET = "viralclip_desktop.engines.meaning.worker:run"


def request(models: Path, texts: Sequence[str], out: Path) -> dict[str, Any]:
    """The request for :func:`run`, as JSON. ``out`` becomes a ``.npy`` file with one row of 32-bit numbers a
    text."""
    return {"models": str(models), "texts": list(texts), "out": str(out)}


def run(data: dict[str, Any], _emit: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Read the texts. A cancel is the end of the process. Raises EnvironmentLacks."""
    import numpy as np

    model, texts = MiniLm(Path(data["models"])), data["texts"]
    np.save(data["out"], model.vectors(texts).astype(np.float32))
    return {"texts": len(texts)}
