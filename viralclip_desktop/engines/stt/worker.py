"""What a worker process runs to transcribe: one engine, one file, events as JSON."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.engines.registry import STT
from viralclip_desktop.engines.stt.base import SttRequest, SttSetup
from viralclip_desktop.engines.stt.messages import to_message

TARGET = "viralclip_desktop.engines.stt.worker:run"


def request(engine: str, setup: SttSetup, what: SttRequest) -> dict[str, Any]:
    """The request for :func:`run`, as JSON."""
    return {
        "engine": engine,
        "setup": setup.as_json(),
        "wav": str(what.wav),
        "language": what.language,
        "start": what.start.ticks,
    }


def run(data: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Transcribe; a cancel is the end of the process."""
    engine = STT.make(data["engine"], SttSetup.from_json(data["setup"]))
    what = SttRequest(Path(data["wav"]), data["language"], Time(data["start"]))
    result = engine.transcribe(what, lambda event: emit(to_message(event)), CancelToken())
    return {"language": result.language, "model": result.model, "punctuated": result.punctuated}
