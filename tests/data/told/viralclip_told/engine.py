"""A speech recogniser that is told what is said, and how far it may listen."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.engines.provider import ProviderInfo
from viralclip_desktop.engines.stt.base import (
    EmitStt,
    SttLanguage,
    SttProgress,
    SttRequest,
    SttResult,
    SttSegment,
)
from viralclip_desktop.engines.stt.messages import word_from_json


class ToldEngine:
    """Says the sentences of ``talk.json`` in the folder ``VIRALCLIP_TOLD``, up to the second in ``until``
    there; it waits for that to grow."""

    info = ProviderInfo("told", "Told", "stt")
    model = "told"
    punctuated = True

    def __init__(self, setup: Any) -> None:
        self._folder = Path(os.environ["VIRALCLIP_TOLD"])

    def ready(self) -> str | None:
        """Always."""
        return None

    def transcribe(self, request: SttRequest, emit: EmitStt, cancel: CancelToken) -> SttResult:
        """As the protocol says: from ``request.start`` on, in order, sentence by sentence."""
        talk = json.loads((self._folder / "talk.json").read_text(encoding="utf-8"))
        emit(SttLanguage(talk["language"]))
        for segment in self._segments(talk["sentences"], cancel):
            if segment.end > request.start:
                emit(segment)
                emit(SttProgress(segment.end.seconds / talk["duration_s"]))
        return SttResult(talk["language"], self.model, self.punctuated)

    def _segments(self, sentences: list[Any], cancel: CancelToken) -> Iterator[SttSegment]:
        pause = threading.Event()
        for words in sentences:
            said = tuple(word_from_json(word) for word in words)
            while said[-1].end.seconds > self._until_s():
                cancel.raise_if_cancelled()
                pause.wait(0.02)
            yield SttSegment(said, Time(said[-1].end.ticks))

    def _until_s(self) -> float:
        try:
            return float((self._folder / "until").read_text(encoding="utf-8"))
        except ValueError:  # being written just now
            return 0.0
