"""Word times as they are heard: recognisers stretch a word over what they left out beside it.

A word that is far too long for its letters and falls into several sounds with quiet between them keeps those
at its start or at its end: whichever are nearer to the length its letters have, and leave a filler over. One
that is told to begin late in a sound like a filler, and goes on behind the quiet after that, begins there.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word, is_unspaced
from viralclip_desktop.features.tighten.by_sound import Samples, is_filler, traits
from viralclip_desktop.features.tighten.levels import Levels
from viralclip_desktop.features.tighten.lists import key

_PER_LETTER_S, _PER_CHARACTER_S, _LEAST_S = 0.065, 0.18, 0.12  # speech at 165 words a minute; of Han or Thai
_TOO_LONG: Final = 1.5
_SPARE_S: Final = 0.2
_PARTED_S: Final = 0.045  # shorter quiet is a consonant's
_FILLER_S: Final = 0.2  # how far off its length a word may be if what is left over sounds like a filler
_LATE_S, _LATE_SHARE = 0.15, 0.5  # how far into a filler, at least, a word told to begin there is none of it
_LOOSE_S: Final = 0.05

Run = tuple[float, float]


def as_heard(words: Sequence[Word], levels: Levels, samples: Samples) -> list[Word]:
    """The words with the times of their own sounds where theirs are far too long."""
    runs = levels.sound_runs(closed_s=_PARTED_S)
    ends = [end for _, end in runs]
    heard = []
    for word in words:
        if _is_too_long(word):
            heard.append(_own(word, _within(word, runs, ends), samples))
        else:
            heard.append(_off_a_filler(word, runs, ends, samples))
    return heard


def usual_s(text: str) -> float:
    """How long a word usually is."""
    letters = key(text)
    return _LEAST_S + sum(_PER_CHARACTER_S if is_unspaced(one) else _PER_LETTER_S for one in letters)


def _is_too_long(word: Word) -> bool:
    return (word.end - word.start).seconds > _TOO_LONG * usual_s(word.text) + _SPARE_S


def _within(word: Word, runs: Sequence[Run], ends: Sequence[float]) -> list[Run]:
    """The sounds that lie in a word's time, cut to it."""
    start_s, end_s = word.start.seconds, word.end.seconds
    found = []
    for a, b in runs[bisect_left(ends, start_s) :]:
        if a >= end_s:
            break
        if min(b, end_s) - max(a, start_s) > 0.03:
            found.append((max(a, start_s), min(b, end_s)))
    return found


def _off_a_filler(word: Word, runs: Sequence[Run], ends: Sequence[float], samples: Samples) -> Word:
    """A word that begins late in a filler, before the quiet behind that, begins with the sound after it."""
    start_s = word.start.seconds
    place = bisect_left(ends, start_s)
    if place + 1 >= len(runs):
        return word
    filler, own = runs[place], runs[place + 1]
    late = start_s - filler[0] >= max(_LATE_S, (filler[1] - filler[0]) * _LATE_SHARE)
    if not late or own[0] >= word.end.seconds or not is_filler(traits(samples(*filler))):
        return word
    return _with(word, (own[0], max(word.end.seconds, own[0] + _LOOSE_S)))


def _own(word: Word, sounds: Sequence[Run], samples: Samples) -> Word:
    if len(sounds) < 2:
        return word if not sounds else _with(word, sounds[0])
    usual = usual_s(word.text)

    like_filler = [is_filler(traits(samples(*one))) for one in sounds]

    def cost(split: tuple[Run, Sequence[bool]]) -> float:
        span, rest = split
        return abs(span[1] - span[0] - usual) - (_FILLER_S if any(rest) else 0.0)

    first, last = sounds[0], sounds[-1]
    splits: list[tuple[Run, Sequence[bool]]] = [((first[0], last[1]), ())]
    for number, (one, other) in enumerate(pairwise(sounds), 1):
        splits.append(((first[0], one[1]), like_filler[number:]))
        splits.append(((other[0], last[1]), like_filler[:number]))
    return _with(word, min(splits, key=cost)[0])


def _with(word: Word, span: Run) -> Word:
    return replace(word, start=Time.from_seconds(span[0]), end=Time.from_seconds(span[1]))
