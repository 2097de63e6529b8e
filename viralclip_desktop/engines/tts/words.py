"""Which of the sounds that were spoken belong to which written word.

A voice's phonetics join words ("for a") and take others apart ("2024"), so what is heard in one go is matched
to the words by how much there is to say.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.engines.tts.base import SpokenWord

_MOST_JOINED, _MOST_APART = 4, 12  # words in one group, groups of one word


@dataclass(frozen=True, slots=True)
class Heard:
    """Sounds without a gap: when they are heard and how many there are."""

    start: Time
    end: Time
    sounds: int


def words_heard(text: str, heard: Sequence[Heard], sounds_of: Callable[[str], int]) -> tuple[SpokenWord, ...]:
    """The words of ``text`` in order with their times; a word of which nothing is heard has no length."""
    words = text.split()
    found = iter(_said_words([word for word in words if _is_said(word)], heard, sounds_of))
    result: list[SpokenWord] = []
    for word in words:
        at = result[-1].range.end if result else Time(0)
        result.append(next(found) if _is_said(word) else SpokenWord(word, TimeRange(at, at)))
    return tuple(result)


def _is_said(word: str) -> bool:
    return any(map(str.isalnum, word))


def _said_words(
    words: Sequence[str], heard: Sequence[Heard], sounds_of: Callable[[str], int]
) -> list[SpokenWord]:
    if len(words) == len(heard):
        pairs = zip(words, heard, strict=True)
        return [SpokenWord(word, TimeRange(one.start, one.end)) for word, one in pairs]
    sizes = [max(1, sounds_of(word)) for word in words]
    result: list[SpokenWord] = []
    for first, last, groups in _matched(sizes, heard):
        if first == last:
            continue  # sounds that no word is written for
        at = result[-1].range.end if result else Time(0)
        result += _shared(words[first:last], sizes[first:last], groups, at)
    return result


Match = tuple[int, int, Sequence[Heard]]
"""First word, the one after the last, and what is heard of them."""


def _matched(sizes: Sequence[int], heard: Sequence[Heard]) -> list[Match]:
    """Words and groups side by side, in order, so that what is to be said differs the least (by dynamic
    programming over how many of each are used up)."""
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None]] = {(0, 0): (0.0, None)}
    for words in range(len(sizes) + 1):
        for groups in range(len(heard) + 1):
            here = best.get((words, groups))
            if here is None:
                continue
            for more_words, more_groups in _STEPS:
                to = (words + more_words, groups + more_groups)
                if to[0] > len(sizes) or to[1] > len(heard):
                    continue
                said = sum(one.sounds for one in heard[groups : to[1]])
                cost = here[0] + abs(said - sum(sizes[words : to[0]])) + _STEP_COST[more_words, more_groups]
                if to not in best or cost < best[to][0]:
                    best[to] = (cost, (words, groups))
    return _walked(best, (len(sizes), len(heard)), heard)


_STEPS: Final = (
    *((1, groups) for groups in range(_MOST_APART + 1)),
    *((words, 1) for words in range(2, _MOST_JOINED + 1)),
    (0, 1),
)
_STEP_COST: Final = {step: 0.5 * abs(step[0] - step[1]) for step in _STEPS}


def _walked(
    best: dict[tuple[int, int], tuple[float, tuple[int, int] | None]],
    end: tuple[int, int],
    heard: Sequence[Heard],
) -> list[Match]:
    matches: list[Match] = []
    at = end
    while (before := best[at][1]) is not None:
        matches.append((before[0], at[0], heard[before[1] : at[1]]))
        at = before
    return matches[::-1]


def _shared(
    words: Sequence[str], sizes: Sequence[int], groups: Sequence[Heard], at: Time
) -> list[SpokenWord]:
    """The time of a match shared among its words by how much there is of each; ``at`` where nothing is
    heard."""
    if not groups:
        return [SpokenWord(word, TimeRange(at, at)) for word in words]
    start, length = groups[0].start, groups[-1].end - groups[0].start
    edges = [0, *accumulate(sizes)]
    times = [start + Time(length.ticks * edge // edges[-1]) for edge in edges]
    return [SpokenWord(word, TimeRange(times[n], times[n + 1])) for n, word in enumerate(words)]
