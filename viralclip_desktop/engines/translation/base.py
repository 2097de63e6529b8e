"""The one protocol of all translation engines: lines in, one translated line out for each of them.

Lines come with those around them, which are there to be understood and are not translated, with the terms
that have a fixed translation, and with how many characters can be said in the time each of them has.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.engines.provider import ProviderInfo, ProviderSetup

if TYPE_CHECKING:
    from viralclip_desktop.engines.ledger import Ledger

WORKER = "worker"
"""The capability of an engine that is native code, and belongs in a worker process."""
GLOSSARY, CONTEXT = "glossary", "context"
"""The capabilities of those that keep to a glossary, and that read the lines around a line."""
SHORTENS = "shortens"
"""The capability of those that can word a translated line more shortly."""


class TranslationSetup(ProviderSetup):
    """What translation engines are built from."""


class LineState(StrEnum):
    """What came of a line."""

    TRANSLATED = "translated"
    UNCHANGED = "unchanged"  # the same in both languages: a name, a number, music
    TOO_LONG = "too long"  # translated, but it cannot be said in the line's time
    FAILED = "failed"  # nothing came of it; the reason says why


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line to translate. ``most`` is about how many characters can be said in its time; None: any."""

    text: str
    most: int | None = None


@dataclass(frozen=True, slots=True)
class TranslatedText:
    """What came of a line; ``text`` is empty where it failed, and ``reason`` is one sentence then."""

    text: str
    state: LineState
    reason: str = ""

    @property
    def is_there(self) -> bool:
        """Whether there is a text to show or say."""
        return self.state is not LineState.FAILED


@dataclass(frozen=True, slots=True)
class TranslationRequest:
    """Lines of a talk, in order. Languages are codes (``en``); ``source`` is empty where it is not known."""

    lines: tuple[SourceLine, ...]
    source: str
    target: str
    glossary: Mapping[str, str] = field(default_factory=dict)
    """Terms that have to be translated so."""
    before: tuple[str, ...] = ()
    """What is said before the first line, to be understood only."""
    after: tuple[str, ...] = ()
    worded: tuple[str, ...] = ()
    """How each of the lines is translated already, where shorter wordings are wanted: only of engines that
    have the capability ``shortens``."""


Take = Callable[[int, TranslatedText], None]
"""Takes a line's number and what came of it, as soon as that is known."""


def _drop(number: int, made: TranslatedText) -> None:
    del number, made


@dataclass(frozen=True)
class Run:
    """What surrounds a run: who takes the lines as they come, the user's cancel, the budget and the book."""

    take: Take = _drop
    cancel: CancelToken = field(default_factory=CancelToken)
    ledger: Ledger | None = None
    project_id: str = ""


class Translator(Protocol):
    """A translation engine. One object is used by one thread at a time."""

    @property
    def info(self) -> ProviderInfo:
        """Who this is. Capabilities: ``context``, ``glossary``, ``shortens``, ``worker``."""

    def ready(self) -> str | None:
        """None if it can work here and now, else why not, in one sentence. Loads nothing heavy."""

    def problem(self, source: str, target: str) -> str | None:
        """Why it cannot translate between two languages, in one sentence; None if it can."""

    def model(self, source: str, target: str) -> str:
        """The name of the model that translates between two languages; what it translated is known by it."""

    def expected(self, request: TranslationRequest) -> Mapping[str, float]:
        """The most units a request will use, for the cost shown before; empty where it is free."""

    def translate(self, request: TranslationRequest, run: Run) -> tuple[TranslatedText, ...]:
        """One line for each line, in order. A line that cannot be translated is :attr:`LineState.FAILED`, and
        the others are kept. Raises a Fault where no line at all could be translated, and Cancelled."""


def is_worded(text: str) -> bool:
    """Whether there is anything in a text to translate: music signs, dots and figures stay as they are."""
    return any(map(str.isalpha, text))


def judged(line: SourceLine, text: str) -> TranslatedText:
    """What an engine wrote for a line, with its state."""
    tidy = " ".join(text.split())
    if not any(map(str.isalnum, tidy)):
        return failed("The engine wrote nothing for this line.")
    if tidy == " ".join(line.text.split()):
        return TranslatedText(tidy, LineState.UNCHANGED)
    if line.most is not None and len(tidy) > line.most:
        return TranslatedText(tidy, LineState.TOO_LONG, too_long(len(tidy), line.most))
    return TranslatedText(tidy, LineState.TRANSLATED)


def unchanged(line: SourceLine) -> TranslatedText:
    """A line that is the same in every language."""
    return TranslatedText(" ".join(line.text.split()), LineState.UNCHANGED)


def failed(reason: str) -> TranslatedText:
    """A line that could not be translated."""
    return TranslatedText("", LineState.FAILED, reason)


def too_long(length: int, most: int) -> str:
    """Why a line is too long."""
    return say("It has {length} characters; about {most} can be said in its time.", length=length, most=most)


def wanted_of(lines: Sequence[SourceLine]) -> list[int]:
    """The numbers of the lines that have something to translate in them."""
    return [number for number, line in enumerate(lines) if is_worded(line.text)]
