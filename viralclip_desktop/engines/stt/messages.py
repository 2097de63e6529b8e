"""Recogniser events as JSON values: what crosses the pipe of a worker and what a partial file keeps."""

from __future__ import annotations

from typing import Any

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.stt.base import SttEvent, SttLanguage, SttProgress, SttSegment, SttUsed


def to_message(event: SttEvent) -> dict[str, Any]:
    """An event as JSON; times are exact, in ticks."""
    match event:
        case SttLanguage(code, confidence):
            return {"type": "language", "code": code, "confidence": confidence}
        case SttProgress(fraction):
            return {"type": "progress", "fraction": fraction}
        case SttUsed(units):
            return {"type": "used", "units": dict(units)}
        case SttSegment(words, end):
            return {"type": "segment", "end": end.ticks, "words": [word_to_json(word) for word in words]}


def from_message(message: dict[str, Any]) -> SttEvent:
    """The event a message tells. Raises KeyError, TypeError or ValueError for anything else."""
    match message["type"]:
        case "language":
            return SttLanguage(str(message["code"]), float(message["confidence"]))
        case "progress":
            return SttProgress(float(message["fraction"]))
        case "used":
            return SttUsed({str(unit): float(count) for unit, count in message["units"].items()})
        case "segment":
            words = tuple(word_from_json(item) for item in message["words"])
            return SttSegment(words, Time(int(message["end"])))
        case other:
            raise ValueError(f"no such event: {other}")


def word_to_json(word: Word) -> list[Any]:
    """A word as ``[text, start ticks, end ticks, confidence, speaker]``."""
    return [word.text, word.start.ticks, word.end.ticks, round(word.confidence, 4), word.speaker]


def word_from_json(item: list[Any]) -> Word:
    """The other side of :func:`word_to_json`."""
    text, start, end, confidence, speaker = item
    return Word(str(text), Time(int(start)), Time(int(end)), float(confidence), str(speaker))
