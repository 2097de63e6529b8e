"""Finding text in a transcript, also across words; without Qt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import overload

import numpy as np
import numpy.typing as npt

from viralclip_desktop.domain.transcript import Sentence, Transcript, Word, join_words, needs_space

_BETWEEN_SENTENCES = "\n"
_UNSPACED = re.compile("[\u0e00-\u109f\u1780-\u17ff\u2e80-\u9fff\uf900-\uffff\U00020000-\U0003ffff]")
"""At least every character of :func:`domain.transcript.is_unspaced`."""
_APOSTROPHE = re.compile("['’]")  # typed one way, transcribed the other

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Query:
    """What to look for."""

    text: str
    match_case: bool = False
    whole_words: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """A place where it was found: from character ``start`` of word ``first`` up to ``end`` of ``last``."""

    first: int
    last: int
    start: int
    end: int

    @property
    def words(self) -> range:
        """The words it lies in."""
        return range(self.first, self.last + 1)


class Matches(Sequence[Match]):
    """Matches in order. There may be tens of thousands after the first letter typed: each is made when it is
    looked at."""

    def __init__(self, firsts: Places, lasts: Places, starts: Places, ends: Places) -> None:
        self._firsts, self._lasts, self._starts, self._ends = firsts, lasts, starts, ends

    def __len__(self) -> int:
        return len(self._firsts)

    @overload
    def __getitem__(self, number: int) -> Match: ...

    @overload
    def __getitem__(self, number: slice) -> Matches: ...

    def __getitem__(self, number: int | slice) -> Match | Matches:
        parts = (self._firsts[number], self._lasts[number], self._starts[number], self._ends[number])
        if isinstance(number, slice):
            return Matches(*parts)
        first, last, start, end = (int(part) for part in parts)
        return Match(first, last, start, end)


class SearchText:
    """All words as one text, made once for a transcript, so that every letter typed is answered at once.

    Finds what :func:`domain.edits.find_replace.find` finds: matches lie within one sentence.
    """

    def __init__(self, transcript: Transcript) -> None:
        lines = [_line(transcript, sentence) for sentence in transcript.sentences]
        self._text = _BETWEEN_SENTENCES.join(lines)
        texts = [word.text for word in transcript.words]
        lengths = np.fromiter((len(text) for text in texts), np.int64, len(texts))
        gaps = np.ones(len(texts), np.int64)
        if _UNSPACED.search(self._text):
            last_of = {sentence.last - 1 for sentence in transcript.sentences}
            for index, (left, right) in enumerate(pairwise(texts)):
                gaps[index] = index in last_of or needs_space(left, right)
        self._starts: Places = np.concatenate(([0], np.cumsum(lengths + gaps)[:-1])) if texts else lengths

    def find(self, query: Query) -> Matches:
        """Every match, in order, none overlapping another."""
        pattern = _pattern(query)
        hits = pattern.finditer(self._text) if pattern is not None else ()
        # no list of spans on the way: ten thousand new objects would set off a search for garbage
        spans = chain.from_iterable(hit.span() for hit in hits)
        places = np.fromiter(spans, np.int64).reshape(-1, 2)
        firsts = np.searchsorted(self._starts, places[:, 0], side="right") - 1
        lasts = np.searchsorted(self._starts, places[:, 1] - 1, side="right") - 1
        starts, ends = places[:, 0] - self._starts[firsts], places[:, 1] - self._starts[lasts]
        return Matches(firsts, lasts, starts, ends)


def _line(transcript: Transcript, sentence: Sentence) -> str:
    texts = [word.text for word in transcript.words[sentence.first : sentence.last]]
    line = " ".join(texts)
    return join_words(texts) if _UNSPACED.search(line) else line


def replaced(words: Sequence[Word], match: Match, by: str) -> list[str]:
    """What the words that a match touches become; none where only punctuation would stay."""
    whole = [words[index].text for index in match.words]
    before, after = whole[0][: match.start], whole[-1][match.end :]
    if not by.strip() and not any(character.isalnum() for character in before + after):
        return []
    return (before + " ".join(by.split()) + after).split()


def _pattern(query: Query) -> re.Pattern[str] | None:
    parts = query.text.split()
    if not parts:
        return None
    unspaced = any(not needs_space(left, right) for left, right in pairwise(parts))
    between = " ?" if unspaced else " +"
    source = between.join(_APOSTROPHE.sub("['’]", re.escape(part)) for part in parts)
    if query.whole_words:
        source = rf"(?<!\w){source}(?!\w)"
    return re.compile(source, 0 if query.match_case else re.IGNORECASE)
