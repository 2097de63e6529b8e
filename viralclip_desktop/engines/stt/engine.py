"""What every recogniser of ours does alike: open the speech file, tell the end, say what is missing."""

from __future__ import annotations

from abc import ABC, abstractmethod
from importlib.util import find_spec
from typing import ClassVar

from viralclip_desktop.core.errors import EnvironmentLacks
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time
from viralclip_desktop.engines.provider import ProviderInfo
from viralclip_desktop.engines.stt.base import EmitStt, SttProgress, SttRequest, SttResult
from viralclip_desktop.engines.stt.guards import Guard
from viralclip_desktop.engines.stt.sound import (
    RATE_HZ,
    SpeechFile,
    Stretch,
    blocks_with_voice,
    voice_threshold,
)

WRITES = ("word_times", "punctuation", "detect_language", "any_language")
"""What a recogniser of every language, with punctuation, can do."""


class FileEngine(ABC):
    """A recogniser that reads a speech file from a moment on; see :class:`.base.SpeechToText`."""

    info: ProviderInfo
    punctuated: ClassVar[bool] = True

    @property
    @abstractmethod
    def model(self) -> str:
        """What it would use."""

    @abstractmethod
    def ready(self) -> str | None:
        """None if it can work here and now, else why not, in one sentence."""

    def check(self) -> None:
        """Raise the fault that keeps it from working here and now."""
        if problem := self.ready():
            raise EnvironmentLacks(problem)

    @abstractmethod
    def listen(self, sound: SpeechFile, request: SttRequest, emit: EmitStt, cancel: CancelToken) -> str:
        """Emit what is said; returns the language ("" if nothing was said)."""

    def transcribe(self, request: SttRequest, emit: EmitStt, cancel: CancelToken) -> SttResult:
        """See the protocol. Raises what :meth:`check` raises."""
        self.check()
        with SpeechFile(request.wav) as sound:
            language = self.listen(sound, request, emit, cancel)
        emit(SttProgress(1.0))
        return SttResult(language, self.model, self.punctuated)


def missing_package(name: str) -> str | None:
    """What to say when a package is missing; None when it is there. Imports nothing."""
    if find_spec(name) is not None:
        return None
    package = name.replace("_", "-")
    return say("The package {package} is missing. Install the program again.", package=package)


def guarded_blocks(
    sound: SpeechFile, start: Time, shortest_s: float, longest_s: float
) -> tuple[Guard, list[Stretch]]:
    """The stretches with a voice from a moment on, cut at pauses, and what watches over their words."""
    levels = sound.levels()
    blocks = blocks_with_voice(levels, start.samples(RATE_HZ), shortest_s, longest_s)
    return Guard(levels, voice_threshold(levels)), list(blocks)
