"""What a recogniser has said so far, on disk, so that nothing is listened to twice.

A JSONL file: the first line says what the rest belongs to, then come the language and segments, each
written as it arrives. A line that a crash cut short is ignored, and so is the file of another engine,
model, language or recording.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.json_text import JSON_FAULTS, read_json
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.stt.base import SttEvent, SttLanguage, SttSegment
from viralclip_desktop.engines.stt.messages import from_message, to_message

_VERSION = 1


@dataclass
class PartialTranscript:
    """One partial transcript and its file. ``key`` says what it belongs to (JSON values)."""

    path: Path
    key: dict[str, Any]
    words: list[Word] = field(default_factory=list)
    language: str = ""
    end: Time = ZERO
    """Everything up to here is dealt with, in source time."""

    @classmethod
    def resume(cls, path: Path, key: dict[str, Any]) -> PartialTranscript:
        """What is there for ``key``, or a new one. Anything else in the file is dropped."""
        partial = cls(path, {**key, "version": _VERSION})
        events = partial._read()
        for event in events:
            partial._take(event)
        partial._rewrite(events)
        return partial

    def add(self, event: SttEvent) -> None:
        """Keep an event, in memory and on disk; progress is not kept."""
        if isinstance(event, SttLanguage | SttSegment):
            self._take(event)
            self._write("a", [to_message(event)])

    def discard(self) -> None:
        """Remove the file."""
        self.path.unlink(missing_ok=True)

    def _take(self, event: SttEvent) -> None:
        if isinstance(event, SttLanguage):
            self.language = event.code
        elif isinstance(event, SttSegment):
            self.words += event.words
            self.end = max(self.end, event.end)

    def _read(self) -> list[SttEvent]:
        try:
            lines = self.path.read_text(encoding="utf-8").splitlines()
        except (OSError, UnicodeDecodeError):
            return []
        events: list[SttEvent] = []
        try:
            if not lines or read_json(lines[0]) != self.key:
                return []
            for line in lines[1:]:
                events.append(from_message(read_json(line)))
        except JSON_FAULTS:
            pass  # the line a crash cut short; what came before it counts
        return events

    def _rewrite(self, events: list[SttEvent]) -> None:
        self._write("w", [self.key, *(to_message(event) for event in events)])

    def _write(self, mode: str, messages: list[dict[str, Any]]) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open(mode, encoding="utf-8") as file:
                file.writelines(json.dumps(message) + "\n" for message in messages)
        except OSError as error:
            raise EnvironmentLacks(
                say("The partial transcript cannot be written to {parent}.", parent=self.path.parent),
                "Free some space on that disk and try again; what is there is kept.",
                str(error),
            ) from error
