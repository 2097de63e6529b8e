"""Times of words from outside made fit to keep: the text's order stays, whatever the times say."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.stt.marks import spoken_weight

_SHORTEST = Time.from_seconds(0.02)
_LONGEST = Time.from_seconds(1.2)  # a word nobody timed: no longer than a slow one


@dataclass(frozen=True, slots=True)
class LooseWord:
    """A word as a file has it; times may be missing, or wrong."""

    text: str
    start: Time | None = None
    end: Time | None = None
    confidence: float = 1.0
    speaker: str = ""


def mended(words: Sequence[LooseWord], low: Time | None = None, high: Time | None = None) -> list[Word]:
    """Words in the order of the text, with times that go forwards. ``low``, ``high``: where all of them lie,
    if the file says so.

    The starts that agree with the order (the longest rising run of them) are kept; the others, and words
    without times, share what lies between their neighbours, by their letters.
    """
    if not words:
        return []
    trusted = _rising([word.start for word in words])
    known = [word.start for word in words if word.start is not None]
    if len(trusted) * 2 <= len(known):  # most of the times are wrong: none is better than another
        trusted = []
    first = low if low is not None else min(known, default=Time(0))
    ends = [word.end for word in words if word.end is not None]
    last = max(high if high is not None else max(ends, default=first), first)
    starts = _starts(words, trusted, first, last)
    return [_word(words, place, starts, set(trusted), last) for place in range(len(words))]


def _rising(starts: Sequence[Time | None]) -> list[int]:
    """Places of the longest run of starts that never goes back (patience sorting)."""
    tails: list[int] = []
    keys: list[int] = []
    before: dict[int, int | None] = {}
    for place, start in enumerate(starts):
        if start is None:
            continue
        at = bisect_right(keys, start.ticks)
        before[place] = tails[at - 1] if at else None
        tails[at : at + 1], keys[at : at + 1] = [place], [start.ticks]
    run: list[int] = []
    here: int | None = tails[-1] if tails else None
    while here is not None:
        run.append(here)
        here = before[here]
    return run[::-1]


def _starts(words: Sequence[LooseWord], trusted: Sequence[int], first: Time, last: Time) -> list[Time]:
    """A start for every word: the trusted ones' own, the others' shared out between them."""
    starts: list[Time] = [first] * len(words)
    edges = [-1, *trusted, len(words)]
    for left, right in pairwise(edges):
        if left >= 0:
            own = words[left].start
            assert own is not None
            starts[left] = own
        gap = range(left + 1, right)
        if not gap:
            continue
        low = first if left < 0 else (words[left].end or starts[left])
        high = last
        if right < len(words):
            own = words[right].start
            assert own is not None
            high = own
        if high <= low and left >= 0:  # no room: the word before gives some of its own
            low = starts[left] + Time((high - starts[left]).ticks // 2)
        _share(words, gap, starts, low, max(low, high))
    return starts


def _share(words: Sequence[LooseWord], gap: range, starts: list[Time], low: Time, high: Time) -> None:
    weights = [spoken_weight(words[place].text) for place in gap]
    spent, total = 0, sum(weights)
    for place, weight in zip(gap, weights, strict=True):
        starts[place] = low + Time((high - low).ticks * spent // total)
        spent += weight


def _word(
    words: Sequence[LooseWord], place: int, starts: Sequence[Time], trusted: set[int], last: Time
) -> Word:
    word, start = words[place], starts[place]
    following = starts[place + 1] if place + 1 < len(words) else last
    own = word.end if place in trusted else None
    end = own if own is not None and own > start else min(following, start + _LONGEST)
    end = max(min(end, following), start)
    speaker = word.speaker or next((one.speaker for one in reversed(words[:place]) if one.speaker), "")
    return Word(word.text, start, end, word.confidence, speaker)


def apart(words: Sequence[Word], after: Time, before: Time) -> tuple[Word, ...]:
    """Words in order of time made fit to keep, none of them lost: within ``[after, before]``, not
    overlapping, each with a length.

    Where two overlap, the earlier one ends at the later one's start; words that begin together share the
    time. Words that lie altogether outside are left out.
    """
    inside = [word for word in words if word.text.strip() and word.start < before and word.end >= after]
    kept: list[Word] = []
    for place, word in enumerate(inside):
        floor = kept[-1].start + _SHORTEST if kept else after
        start = max(word.start, floor, after)
        following = _next_start(inside, place, start, before)
        end = min(word.end, before)
        if end - start < _SHORTEST:
            end = min(max(start + _SHORTEST, min(following, start + _LONGEST)), before)
        if end <= start:
            continue
        if kept and kept[-1].end > start:
            last = kept[-1]
            kept[-1] = Word(last.text, last.start, start, last.confidence, last.speaker)
        confidence = min(1.0, max(0.0, word.confidence))
        kept.append(Word(word.text.strip(), start, end, confidence, word.speaker))
    return tuple(kept)


def _next_start(words: Sequence[Word], place: int, start: Time, before: Time) -> Time:
    """When something begins after ``start``; a few words look no further, they begin together."""
    for other in words[place + 1 : place + 6]:
        if other.start > start:
            return other.start
    return before
