"""Who said what, when: words with times, grouped into sentences. All times are source time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Final

from viralclip_desktop.core.time import Time, TimeRange

_SURE: Final = 0.6  # whisper's word probability under which about every second word is wrong


@dataclass(frozen=True, slots=True)
class Word:
    """One spoken word as written, punctuation attached; ``confidence`` is 0..1."""

    text: str
    start: Time
    end: Time
    confidence: float = 1.0
    speaker: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether the recogniser was sure of it."""
        return self.confidence >= _SURE


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words ``first`` up to but not including ``last`` of the transcript's word list."""

    first: int
    last: int


@dataclass(frozen=True)
class Transcript:
    """A whole transcript. Words are in order and do not overlap; sentences cover all words."""

    engine: str
    language: str
    words: tuple[Word, ...]
    sentences: tuple[Sentence, ...]
    track: int | None = None
    """Which of the recording's sound tracks was listened to, from 0; None where that is not known, and for
    words that were not heard but given."""
    _starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_starts", [word.start.ticks for word in self.words])

    def is_of_another(self, track: int | None) -> bool:
        """Whether it is known to be of another sound track."""
        return self.track is not None and self.track != track

    def text_of(self, sentence: Sentence) -> str:
        """A sentence as text."""
        return join_words([word.text for word in self.words[sentence.first : sentence.last]])

    def range_of(self, sentence: Sentence) -> TimeRange:
        """From the start of the sentence's first word to the end of its last."""
        return TimeRange(self.words[sentence.first].start, self.words[sentence.last - 1].end)

    def words_between(self, within: TimeRange) -> tuple[Word, ...]:
        """The words whose middle lies in ``within``."""
        low = max(0, bisect_left(self._starts, within.start.ticks) - 1)
        high = bisect_right(self._starts, within.end.ticks)
        return tuple(
            word
            for word in self.words[low:high]
            if within.start.ticks <= (word.start.ticks + word.end.ticks) // 2 < within.end.ticks
        )


def is_unspaced(character: str) -> bool:
    """Whether a character belongs to a script written without spaces between words (Thai, Lao, Khmer,
    Burmese, Han, kana; Hangul uses spaces)."""
    code = ord(character)
    return (
        0x0E00 <= code <= 0x0EFF
        or 0x1000 <= code <= 0x109F
        or 0x1780 <= code <= 0x17FF
        or 0x2E80 <= code <= 0x30FF
        or 0x3400 <= code <= 0x9FFF
        or 0xF900 <= code <= 0xFAFF
        or 0xFF00 <= code <= 0xFFEF
        or 0x20000 <= code <= 0x3FFFF
    )


def needs_space(left: str, right: str) -> bool:
    """Whether two neighbouring words are written with a space between them."""
    return not (left and right and is_unspaced(left[-1]) and is_unspaced(right[0]))


def join_words(texts: list[str]) -> str:
    """Words as running text, with spaces only where the script has them."""
    result = ""
    for text in texts:
        result += (" " if result and needs_space(result, text) else "") + text
    return result
