"""What is said in a recording, in another language: timed lines, on their own or beside the transcript.

A line has its own time, so an imported subtitle file keeps its timing, and what a person or a program wrote
for a sentence stands as long as that sentence.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from viralclip_desktop.core.time import TimeRange


@dataclass(frozen=True, slots=True)
class TranslatedLine:
    """One line. ``range`` is source time in a :class:`Translation`, clip time in a render plan."""

    range: TimeRange
    text: str


@dataclass(frozen=True, slots=True)
class Translation:
    """A recording's lines in one language, in order and never two at a time."""

    id: str
    source_id: str
    language: str
    """Its code (``th``, ``en``...); a recording has one translation a language."""
    lines: tuple[TranslatedLine, ...] = ()


def in_language(translations: Iterable[Translation], language: str) -> Translation | None:
    """The translation into a language; None when there is none, or no language is asked for."""
    return next((one for one in translations if language and one.language == language), None)
