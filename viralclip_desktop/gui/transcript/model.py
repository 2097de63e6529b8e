"""What the transcript panel shows, without Qt: rows of words, and which of them play.

All times are source time unless a name says otherwise. Nothing here walks over all words: a recording of
ten hours has a hundred thousand of them, and every question is asked once a frame.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cached_property

from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word, join_words

_LINGER = Time.from_seconds(0.6)  # a word stays lit through the short pause behind it
_AIR_BEFORE = Time.from_seconds(0.08)  # keeps the attack of the first consonant
_AIR_AFTER = Time.from_seconds(0.15)  # lets the last sound die away


class WordState(Enum):
    """Whether a word is heard in the clip."""

    OUTSIDE = "outside"
    PLAYS = "plays"
    CUT = "cut"


@dataclass(frozen=True)
class TranscriptModel:
    """A transcript as seen from a clip. Rows are sentences; ``only_clip`` leaves out what the clip has not.

    A row is the index of a sentence in the transcript, whichever rows are shown.
    """

    transcript: Transcript
    clip: Clip | None = None
    only_clip: bool = False

    def seen_from(self, clip: Clip | None, only_clip: bool) -> TranscriptModel:
        """The same words seen from another clip, or another state of it."""
        made = TranscriptModel(self.transcript, clip, only_clip)
        made.__dict__["speakers"] = self.speakers  # asked for at every edit, found by a walk over all rows
        return made

    # --- rows ------------------------------------------------------------------------------------------

    @cached_property
    def rows(self) -> range:
        """The sentences shown."""
        sentences = self.transcript.sentences
        if not self.only_clip:
            return range(len(sentences))
        inside = self.clip_words
        if not inside:
            return range(0)
        return range(self.row_of(inside[0]), self.row_of(inside[-1]) + 1)

    @cached_property
    def clip_words(self) -> range:
        """The words whose middle lies in the clip, cut or not."""
        return range(0) if self.clip is None else words_in(self.transcript, self.clip.range)

    @property
    def shown_words(self) -> range:
        """Every word of the rows shown."""
        if not self.rows:
            return range(0)
        return range(self.sentence(self.rows[0]).first, self.sentence(self.rows[-1]).last)

    def sentence(self, row: int) -> Sentence:
        """A row's sentence."""
        return self.transcript.sentences[row]

    def words_of(self, row: int) -> range:
        """The indexes of a row's words."""
        sentence = self.sentence(row)
        return range(sentence.first, sentence.last)

    def row_of(self, word: int) -> int:
        """The row a word stands in."""
        return bisect_right(self.transcript.sentences, word, key=_first) - 1

    def speaker_of(self, row: int) -> str:
        """Who says a sentence; empty when nobody is named."""
        return self.transcript.words[self.sentence(row).first].speaker

    def starts_speaker(self, row: int) -> bool:
        """Whether another speaker begins with this row (always in the first one shown)."""
        return row == self.rows[0] or self.speaker_of(row) != self.speaker_of(row - 1)

    @cached_property
    def speakers(self) -> tuple[str, ...]:
        """Everybody named, in the order they are first heard."""
        words = self.transcript.words
        return tuple(
            dict.fromkeys(name for s in self.transcript.sentences if (name := words[s.first].speaker))
        )

    def rows_said_by(self, speaker: str) -> list[int]:
        """Every row of one speaker, shown or not."""
        words = self.transcript.words
        found = enumerate(self.transcript.sentences)
        return [row for row, sentence in found if words[sentence.first].speaker == speaker]

    # --- words -----------------------------------------------------------------------------------------

    def word(self, index: int) -> Word:
        """One word."""
        return self.transcript.words[index]

    def unsure(self, index: int) -> bool:
        """Whether the recogniser was not sure of a word."""
        return not self.word(index).is_sure

    def state(self, index: int) -> WordState:
        """Whether a word plays in the clip. Without a clip every word does."""
        if self.clip is None:
            return WordState.PLAYS
        if index not in self.clip_words:
            return WordState.OUTSIDE
        middle = _twice_middle(self.word(index))
        at = bisect_right(self.clip.cuts, middle, key=_twice_start) - 1
        cut = at >= 0 and middle < 2 * self.clip.cuts[at].end.ticks
        return WordState.CUT if cut else WordState.PLAYS

    def word_at(self, time: Time) -> int | None:
        """The word spoken at a time, or just before it."""
        index = bisect_right(self.transcript.words, time.ticks, key=_start) - 1
        if index < 0 or time - self.word(index).end > _LINGER:
            return None
        return index

    def text(self, words: range) -> str:
        """Words as running text, each sentence on its own line."""
        lines = []
        for row, part in self.by_row(words):
            name = self.speaker_of(row) if part[0] == self.sentence(row).first else ""
            said = join_words([self.word(index).text for index in part])
            lines.append(f"{name}: {said}" if name and self.starts_speaker(row) else said)
        return "\n".join(lines)

    def by_row(self, words: range) -> Iterator[tuple[int, range]]:
        """The parts of a run of words by the row they stand in."""
        start = words.start
        while start < words.stop:
            row = self.row_of(start)
            stop = min(words.stop, self.sentence(row).last)
            yield row, range(start, stop)
            start = stop

    def edge_before(self, word: int) -> Time:
        """Where a clip begins that has a word as its first: with a little air, never in the word before."""
        floor = self.word(word - 1).end if word else ZERO
        start = self.word(word).start
        return min(start, max(floor, start - _AIR_BEFORE))

    def edge_after(self, word: int) -> Time:
        """Where a clip ends that has a word as its last: its sound dies away, the next is not touched."""
        end = self.word(word).end
        if word + 1 == len(self.transcript.words):
            return end + _AIR_AFTER
        return max(end, min(self.word(word + 1).start, end + _AIR_AFTER))

    def in_state(self, words: range, state: WordState) -> list[int]:
        """Those of some words that are in one state."""
        return [index for index in words if self.state(index) is state]

    def played(self, words: range) -> Time:
        """How long some words take in the clip, the cuts left out."""
        span = TimeRange(self.word(words[0]).start, self.word(words[-1]).end)
        total = span.duration.ticks
        for cut in self.clip.cuts if self.clip else ():
            shared = span.intersection(cut)
            total -= shared.duration.ticks if shared else 0
        return Time(total)


def words_in(transcript: Transcript, within: TimeRange) -> range:
    """The words whose middle lies in a range of source time."""
    words = transcript.words
    low = bisect_left(words, 2 * within.start.ticks, key=_twice_middle)
    return range(low, max(low, bisect_left(words, 2 * within.end.ticks, key=_twice_middle)))


def _first(sentence: Sentence) -> int:
    return sentence.first


def _start(word: Word) -> int:
    return word.start.ticks


def _twice_start(cut: TimeRange) -> int:
    return 2 * cut.start.ticks


def _twice_middle(word: Word) -> int:
    return word.start.ticks + word.end.ticks
