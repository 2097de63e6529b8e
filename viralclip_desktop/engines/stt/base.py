"""The one protocol of all speech recognisers.

An engine reads a 16 kHz speech file (see :mod:`.sound`) and emits events as it goes: the language once it
is known, segments in order, progress. What has been emitted is final, so that the caller may keep it and,
after a crash or a cancel, ask again with ``start`` at the last segment's end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import ZERO, Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.provider import ProviderInfo, ProviderSetup
from viralclip_desktop.engines.stt.mending import apart


@dataclass(frozen=True, slots=True, kw_only=True)
class SttSetup(ProviderSetup):
    """What recognisers are built from."""

    model: str = ""
    """A local model by name or folder; empty lets the engine choose."""
    device: str = "auto"
    """``auto``, ``cpu`` or ``cuda``."""


@dataclass(frozen=True, slots=True)
class SttRequest:
    """What to transcribe. ``start`` is where to begin, in source time; ``language`` None = detect it."""

    wav: Path
    language: str | None = None
    start: Time = ZERO


@dataclass(frozen=True, slots=True)
class SttLanguage:
    """The language is known: a code such as ``en``, and how sure that is (0..1)."""

    code: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class SttSegment:
    """Finished words in source time. Everything up to ``end`` is dealt with; there may be no words."""

    words: tuple[Word, ...]
    end: Time


@dataclass(frozen=True, slots=True)
class SttProgress:
    """How far the recogniser is: 0..1 of the whole file, whatever ``start`` was."""

    fraction: float


@dataclass(frozen=True, slots=True)
class SttUsed:
    """So much of what is paid for was used since the last such event (``{"minute": 9.5}``)."""

    units: Mapping[str, float]


SttEvent = SttLanguage | SttSegment | SttProgress | SttUsed
EmitStt = Callable[[SttEvent], None]


@dataclass(frozen=True, slots=True)
class SttResult:
    """What is known at the end. The words came as segments."""

    language: str
    model: str
    """What did it, as stored with the transcript (a model's name, not its folder)."""
    punctuated: bool
    """Whether the words carry punctuation and capitals; otherwise sentences are found by other means."""


class SpeechToText(Protocol):
    """A speech recogniser."""

    @property
    def info(self) -> ProviderInfo:
        """Who this is, with its prices as they are set here."""

    @property
    def model(self) -> str:
        """What it would use, as in :class:`SttResult`; partial results of another one are not reused."""

    @property
    def punctuated(self) -> bool:
        """As in :class:`SttResult`."""

    def ready(self) -> str | None:
        """None if it can work here and now, else why not, in one sentence."""

    def transcribe(self, request: SttRequest, emit: EmitStt, cancel: CancelToken) -> SttResult:
        """Transcribe a file. Raises Faults, and Cancelled soon after a cancel."""


def ordered_words(words: list[Word], after: Time, before: Time) -> tuple[Word, ...]:
    """``words`` made fit to keep: in order of time, not overlapping, within ``[after, before]``, none lost
    that lies there (see :func:`~viralclip_desktop.engines.stt.mending.apart`)."""
    return apart(sorted(words, key=lambda word: word.start), after, before)
