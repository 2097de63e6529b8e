"""What a worker process runs to speak: one provider, any number of lines, each told as soon as its file is
whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.engines.registry import TTS
from viralclip_desktop.engines.tts.base import Line, Spoken, SpokenWord, TtsSetup

TARGET = "viralclip_desktop.engines.tts.worker:run"
PREDICT_TARGET = "viralclip_desktop.engines.tts.worker:predict"


def request(
    provider: str,
    setup: TtsSetup,
    lines: Sequence[Line],
    out: Sequence[Path] = (),
    stop: Path | None = None,
) -> dict[str, Any]:
    """The request for :func:`run` and :func:`predict`, as JSON; ``out`` has a file for each line. As soon as
    there is a file ``stop``, no further line is begun."""
    return {
        "provider": provider,
        "setup": setup.as_json(),
        "lines": [asdict(line) for line in lines],
        "out": [str(path) for path in out],
        "stop": str(stop or ""),
    }


def run(data: dict[str, Any], emit: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """Speak the lines; how many it were. A cancel is the end of the process."""
    provider = TTS.make(data["provider"], TtsSetup.from_json(data["setup"]))
    lines = [Line(**line) for line in data["lines"]]
    for number, (line, out) in enumerate(zip(lines, data["out"], strict=True)):
        if data["stop"] and Path(data["stop"]).exists():
            return {"lines": number}
        spoken = provider.speak(line, Path(out), CancelToken())
        emit({"line": number, "spoken": spoken_to_json(spoken)})
    return {"lines": len(lines)}


def predict(data: dict[str, Any], _emit: Callable[[dict[str, Any]], None]) -> dict[str, Any]:
    """How long the lines will be, in ticks."""
    provider = TTS.make(data["provider"], TtsSetup.from_json(data["setup"]))
    lengths = provider.predict([Line(**line) for line in data["lines"]])
    return {"ticks": [length.ticks for length in lengths]}


def spoken_to_json(spoken: Spoken) -> dict[str, Any]:
    """Times in ticks."""
    words = [[word.text, word.range.start.ticks, word.range.end.ticks] for word in spoken.words]
    return {"ticks": spoken.duration.ticks, "words": words}


def spoken_from_json(data: dict[str, Any]) -> Spoken:
    """The other side of :func:`spoken_to_json`. Raises ValueError, KeyError or TypeError for what is none."""
    words = [
        SpokenWord(str(text), TimeRange(Time(int(start)), Time(int(end))))
        for text, start, end in data["words"]
    ]
    return Spoken(Time(int(data["ticks"])), tuple(words))
