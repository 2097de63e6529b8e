"""The words of a recording as tightening compares them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from viralclip_desktop.domain.tightening import CutKind
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.tighten.lists import Lists, key

CLOSERS: Final = "\"'”’»)]}」』）】》›"
_STOPS: Final = frozenset(".!?。！？｡।॥۔؟…")
_MARKS: Final = _STOPS | frozenset(",;:—–、，؛،")


@dataclass(frozen=True, slots=True)
class Gone:
    """Words ``first`` up to but not including ``last`` that go."""

    first: int
    last: int
    kind: CutKind


@dataclass(frozen=True)
class Said:
    """Words of a transcript, of which those at ``kept`` are still to be judged; a *place* counts in
    ``kept``."""

    words: Sequence[Word]
    kept: Sequence[int]
    lists: Lists

    @cached_property
    def keys(self) -> list[str]:
        """The kept words as they are compared."""
        return [key(self.words[at].text) for at in self.kept]

    def word(self, place: int) -> Word:
        """The word at a place."""
        return self.words[self.kept[place]]

    def pause_s(self, place: int) -> float:
        """The time between the word at a place and the one kept before it."""
        return (self.word(place).start - self.word(place - 1).end).seconds

    def apart_s(self, place: int, later: int) -> float:
        """The time from one word's start to another's."""
        return (self.word(later).start - self.word(place).start).seconds

    def gone(self, place: int, end: int, kind: CutKind) -> Gone:
        """The words from a place up to another, with what was taken out between them before."""
        return Gone(self.kept[place], self.kept[end], kind)


def has_mark(text: str) -> bool:
    """Whether a word ends with a mark of punctuation that parts it from the next one."""
    return text.rstrip(CLOSERS)[-1:] in _MARKS


def ends_sentence(text: str) -> bool:
    """Whether a word ends a sentence, or breaks it off."""
    return text.rstrip(CLOSERS + " ")[-1:] in _STOPS


def is_final(text: str) -> bool:
    """Whether a word ends a sentence that was said whole."""
    return ends_sentence(text) and not text.rstrip(CLOSERS).endswith(("...", "…"))
