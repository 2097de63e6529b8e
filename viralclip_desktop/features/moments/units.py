"""Units: what clips are built from. A unit is a whole sentence, or a part of one that is too long.

All word and unit numbers are indices; times are seconds of source time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from viralclip_desktop.domain.transcript import Sentence, Transcript, Word, join_words


@dataclass(frozen=True, slots=True)
class Unit:
    """Words ``first`` up to but not including ``last``. ``opens_cut`` and ``closes_cut`` say whether it
    begins or ends inside a sentence."""

    first: int
    last: int
    opens_cut: bool = False
    closes_cut: bool = False


def units_of(transcript: Transcript, longest_s: float) -> list[Unit]:
    """The sentences, those longer than ``longest_s`` seconds split at their longest pauses."""
    sentences: Sequence[Sentence] = transcript.sentences or [Sentence(0, len(transcript.words))]
    units: list[Unit] = []
    for sentence in sentences:
        if sentence.last > sentence.first:
            units.extend(_split(transcript.words, Unit(sentence.first, sentence.last), longest_s))
    return units


def text_of(transcript: Transcript, unit: Unit) -> str:
    """A unit as text, as it was written."""
    return join_words([word.text for word in transcript.words[unit.first : unit.last]])


def length_s(words: Sequence[Word], unit: Unit) -> float:
    """From the start of the unit's first word to the end of its last."""
    return words[unit.last - 1].end.seconds - words[unit.first].start.seconds


def _split(words: Sequence[Word], unit: Unit, longest_s: float) -> list[Unit]:
    """Split again and again until every part fits (a single word is never split)."""
    done: list[Unit] = []
    waiting = [unit]
    while waiting:
        part = waiting.pop()
        if part.last - part.first < 2 or length_s(words, part) <= longest_s:
            done.append(part)
            continue
        middle = _best_cut(words, part, longest_s)
        waiting.append(replace(part, first=middle, opens_cut=True))
        waiting.append(replace(part, last=middle, closes_cut=True))
    return done


def _best_cut(words: Sequence[Word], unit: Unit, longest_s: float) -> int:
    """The word before which to cut: the longest pause, a pause near the middle before one at the edge.

    A second off the middle costs as much as ``0.5 / longest_s`` s of pause: enough to cut words without
    any pauses in halves, too little to outweigh a real one.
    """
    middle_s = (words[unit.first].start.seconds + words[unit.last - 1].end.seconds) / 2

    def worth(index: int) -> float:
        pause = words[index].start.seconds - words[index - 1].end.seconds
        return pause - abs(words[index].start.seconds - middle_s) * 0.5 / longest_s

    return max(range(unit.first + 1, unit.last), key=worth)
