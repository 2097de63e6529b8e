"""Units: what clips are built from. A unit is a whole sentence or, where nothing is punctuated, a clause.

All word and unit numbers are indices; times are seconds of source time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from viralclip_desktop.domain.transcript import Sentence, Transcript, Word, is_unspaced, join_words
from viralclip_desktop.features.moments.lexicon import Lexicon, ends_sentence

_WORDS_A_MARK: Final = 45  # fewer full stops than this tell of a language or recogniser without any
_CLAUSE_S: Final = 5.5  # the usual length of a spoken clause with its adjuncts
_CLAUSE_SPREAD_S: Final = 4.5
_LONGEST_CLAUSE_S: Final = 16.0
_PAUSE_S: Final = 0.35  # a pause that parts clauses where words follow closely otherwise
_PIECE_LETTERS: Final = (
    4  # subtitles of scripts without spaces come in pieces of this size; shorter ends a run
)


@dataclass(frozen=True, slots=True)
class Unit:
    """Words ``first`` up to but not including ``last``. ``opens_cut`` and ``closes_cut`` say whether it
    begins or ends inside a sentence."""

    first: int
    last: int
    opens_cut: bool = False
    closes_cut: bool = False


def units_of(transcript: Transcript, longest_s: float, lexicon: Lexicon | None = None) -> list[Unit]:
    """The sentences, those longer than ``longest_s`` seconds split at their longest pauses.

    A transcript without full stops is parted into clauses: at turns, pauses and clause words.
    """
    words = transcript.words
    if is_unmarked(words):
        cuts = _clause_cuts(words, lexicon or Lexicon(""))
        sentences: Sequence[Sentence] = [Sentence(a, b) for a, b in pairwise(cuts)]
    else:
        sentences = transcript.sentences or [Sentence(0, len(words))]
        sentences = [part for sentence in sentences for part in _at_turns(words, sentence)]
    units: list[Unit] = []
    for sentence in sentences:
        if sentence.last > sentence.first:
            units.extend(_split(words, Unit(sentence.first, sentence.last), longest_s))
    return units


def is_unmarked(words: Sequence[Word]) -> bool:
    """Whether a transcript has next to no full stops."""
    marks = sum(ends_sentence(word.text) for word in words)
    return len(words) > _WORDS_A_MARK * (marks + 1)


def _at_turns(words: Sequence[Word], sentence: Sentence) -> list[Sentence]:
    """A sentence cut where the speaker changes inside it."""
    cuts = [
        at for at in range(sentence.first + 1, sentence.last) if words[at].speaker != words[at - 1].speaker
    ]
    edges = [sentence.first, *cuts, sentence.last]
    return [Sentence(a, b) for a, b in pairwise(edges)]


def _clause_cuts(words: Sequence[Word], lexicon: Lexicon) -> list[int]:
    """Where clauses begin, by the cheapest path: lengths near the usual one, cuts where speech allows
    them."""
    strength = _cut_strengths(words, lexicon)
    starts = np.array([word.start.seconds for word in words])
    ends = np.array([word.end.seconds for word in words])
    best = np.full(len(words) + 1, np.inf)
    origin = np.zeros(len(words) + 1, np.int64)
    best[0], low = 0.0, 0
    for end in range(1, len(words) + 1):
        while low < end - 1 and ends[end - 1] - starts[low] > _LONGEST_CLAUSE_S:
            low += 1
        lengths = ends[end - 1] - starts[low:end]
        cost = best[low:end] + 0.5 * ((lengths - _CLAUSE_S) / _CLAUSE_SPREAD_S) ** 2
        winner = int(np.argmin(cost))
        origin[end] = low + winner
        best[end] = cost[winner] - (strength[end] if end < len(words) else 0.0)
    cuts, at = [len(words)], len(words)
    while at > 0:
        at = int(origin[at])
        cuts.append(at)
    return cuts[::-1]


def _cut_strengths(words: Sequence[Word], lexicon: Lexicon) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """How well a clause may begin with each word; -1 where nothing speaks for it."""
    strength = np.full(len(words), -1.0)
    for at in range(1, len(words)):
        before, here = words[at - 1], words[at]
        pause_s = here.start.seconds - before.end.seconds
        value = 1.6 * min(1.0, max(0.0, pause_s) / _PAUSE_S) + (
            4.0 if here.speaker != before.speaker else 0.0
        )
        value += 2.0 if ends_sentence(before.text) else 0.0
        tokens = [token for word in words[at : at + 4] for token in lexicon.split(word.text)]
        kinds = lexicon.openings(tokens)
        value += 1.0 if "clause" in kinds else 0.4 if "join" in kinds or "so" in kinds else 0.0
        if lexicon.split(before.text) and lexicon.is_one_of(lexicon.split(before.text)[-1], "clause"):
            value -= 0.7  # "and then I": the clause began a word earlier
        value += _run_ends(before.text, here.text)
        strength[at] += value
    return strength


def _run_ends(before: str, here: str) -> float:
    """Scripts without spaces: a piece shorter than the others ends a run, where a space was written."""
    if not (before and here and is_unspaced(before[-1]) and is_unspaced(here[0])):
        return 0.0
    return 0.8 if sum(letter.isalnum() for letter in before) < _PIECE_LETTERS else -1.0


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
