"""Find and replace in a transcript, also across the borders of words.

|in|New|York,|ok|   find "New York", replace by "NYC"   ->   |in|--NYC,--|ok|
Matches lie within one sentence. Punctuation at a word stays; times as in :mod:`.transcripts`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from viralclip_desktop.domain.edits.transcripts import respelled
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word, needs_space

_APOSTROPHES = "['’]"  # typed one way, transcribed the other


@dataclass(frozen=True)
class Match:
    """Where something was found: words ``first`` up to but not including ``last``."""

    first: int
    last: int


def find(
    transcript: Transcript, text: str, *, whole_words: bool = False, match_case: bool = False
) -> list[Match]:
    """All places of a text, in order."""
    pattern = _pattern(text, whole_words, match_case)
    if pattern is None:
        return []
    found: list[Match] = []
    for sentence in transcript.sentences:
        line, starts = _line(transcript.words[sentence.first : sentence.last])
        for hit in pattern.finditer(line):
            first, last = _touched(starts, hit.start(), hit.end())
            found.append(Match(sentence.first + first, sentence.first + last))
    return found


def find_replace(
    transcript: Transcript, text: str, by: str, *, whole_words: bool = False, match_case: bool = False
) -> tuple[Transcript, int]:
    """Replace a text everywhere; also how often. With an empty ``by``, words of which nothing but
    punctuation stays go as a whole.

    White space in ``text`` stands for any border between words. An empty ``text`` is found nowhere.
    """
    pattern, by = _pattern(text, whole_words, match_case), " ".join(by.split())
    if pattern is None:
        return transcript, 0
    words: list[Word] = []
    sentences: list[Sentence] = []
    count = 0
    for sentence in transcript.sentences:
        old = transcript.words[sentence.first : sentence.last]
        new, times = _replaced(old, pattern, by)
        count += times
        if new:
            sentences.append(Sentence(len(words), len(words) + len(new)))
            words += new
    if not count:
        return transcript, 0
    return replace(transcript, words=tuple(words), sentences=tuple(sentences)), count


def _pattern(text: str, whole_words: bool, match_case: bool) -> re.Pattern[str] | None:
    parts = [re.sub(_APOSTROPHES, _APOSTROPHES, re.escape(part)) for part in text.split()]
    if not parts:
        return None
    source = r"\s*".join(parts) if _unspaced(text.split()) else r"\s+".join(parts)
    if whole_words:
        source = rf"(?<!\w){source}(?!\w)"
    return re.compile(source, 0 if match_case else re.IGNORECASE)


def _unspaced(parts: Sequence[str]) -> bool:
    return any(not needs_space(left, right) for left, right in pairwise(parts))


def _line(words: Sequence[Word]) -> tuple[str, list[int]]:
    """A sentence as text, and where each word begins in it."""
    line, starts = "", []
    for word in words:
        line += " " if line and needs_space(line, word.text) else ""
        starts.append(len(line))
        line += word.text
    return line, starts


def _touched(starts: Sequence[int], begin: int, end: int) -> tuple[int, int]:
    first = max(place for place, start in enumerate(starts) if start <= begin)
    last = max(place for place, start in enumerate(starts) if start < end)
    return first, last + 1


def _replaced(words: Sequence[Word], pattern: re.Pattern[str], by: str) -> tuple[Sequence[Word], int]:
    line, starts = _line(words)
    groups = _groups([hit.span() for hit in pattern.finditer(line) if hit.group() != by], starts)
    if not groups:
        return words, 0
    new: list[Word] = []
    done = 0
    for first, last, spans in groups:
        new += words[done:first]
        begin, end = starts[first], starts[last - 1] + len(words[last - 1].text)
        new += respelled(words[first:last], _rewritten(line, begin, end, spans, by))
        done = last
    return [*new, *words[done:]], sum(len(spans) for _, _, spans in groups)


def _groups(
    spans: Sequence[tuple[int, int]], starts: Sequence[int]
) -> list[tuple[int, int, list[tuple[int, int]]]]:
    """Matches with the words they touch; those that share a word are rewritten together."""
    groups: list[tuple[int, int, list[tuple[int, int]]]] = []
    for span in spans:
        first, last = _touched(starts, *span)
        if groups and first < groups[-1][1]:
            begin, _, before = groups[-1]
            groups[-1] = begin, last, [*before, span]
        else:
            groups.append((first, last, [span]))
    return groups


def _rewritten(line: str, begin: int, end: int, spans: Sequence[tuple[int, int]], by: str) -> list[str]:
    text, at = "", begin
    for start, stop in spans:
        text += line[at:start] + by
        at = stop
    parts = (text + line[at:end]).split()
    return parts if by else [part for part in parts if any(character.isalnum() for character in part)]
