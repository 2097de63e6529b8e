"""A transcript as stretches of one voice each, and voices as names on its words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

from viralclip_desktop.domain.transcript import Sentence, Transcript, Word

_PAUSE_S: Final = 0.25  # a turn may begin after it
_LONGEST_S: Final = 3.0  # a longer stretch may hold two voices that answer without a pause
_SHORTEST_S: Final = 1.0  # a shorter one hardly tells a voice
_CLEARLY: Final = 0.7  # of a sentence's time: then it is all one voice's
_NUMBERED: Final = "Speaker {}"
_AUTOMATIC: Final = re.compile(r"Speaker \d+")


@dataclass(frozen=True)
class Stretch:
    """Words ``first`` up to but not including ``last``, and when they are said."""

    first: int
    last: int
    start_s: float
    end_s: float

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return self.end_s - self.start_s


def stretches(transcript: Transcript) -> list[Stretch]:
    """The words in stretches that one voice most likely speaks: no pause inside, at most three seconds,
    never beyond a sentence."""
    return [stretch for sentence in transcript.sentences for stretch in _within(transcript.words, sentence)]


def _within(words: Sequence[Word], sentence: Sentence) -> list[Stretch]:
    cuts = [sentence.first]
    for at in range(sentence.first + 1, sentence.last):
        begun_s = words[cuts[-1]].start.seconds
        said_s = words[at - 1].end.seconds - begun_s
        left_s = words[sentence.last - 1].end.seconds - words[at].start.seconds
        paused = words[at].start.seconds - words[at - 1].end.seconds >= _PAUSE_S
        long = words[at].end.seconds - begun_s > _LONGEST_S
        if said_s >= _SHORTEST_S and left_s >= _SHORTEST_S and (paused or long):
            cuts.append(at)
    bounds = pairwise([*cuts, sentence.last])
    return [Stretch(a, b, words[a].start.seconds, words[b - 1].end.seconds) for a, b in bounds]


def named(transcript: Transcript, parts: Sequence[Stretch], voice: Sequence[int]) -> Transcript:
    """The transcript with a speaker on each word. ``voice`` numbers the stretches from 0, -1 where unknown.

    Names that a person gave stay on their words, and a voice that has one keeps it; others are called
    "Speaker 1" and so on. A single voice without a name gets none.
    """
    of_word = _by_sentence(transcript, parts, voice)
    names = _names(transcript.words, of_word)
    words = [
        word if _is_given(word.speaker) else replace(word, speaker=names.get(number, ""))
        for word, number in zip(transcript.words, of_word, strict=True)
    ]
    return replace(transcript, words=tuple(words))


def _by_sentence(transcript: Transcript, parts: Sequence[Stretch], voice: Sequence[int]) -> list[int]:
    """The voice of each word; a sentence that is mostly one voice's is all its, and what is unknown belongs
    to the voice before it."""
    found = [-1] * len(transcript.words)
    for part, number in zip(parts, voice, strict=True):
        found[part.first : part.last] = [number] * (part.last - part.first)
    before = next((number for number in voice if number >= 0), -1)
    for sentence in transcript.sentences:
        told: Counter[int] = Counter()
        for at in range(sentence.first, sentence.last):
            told[found[at]] += transcript.words[at].end.ticks - transcript.words[at].start.ticks
        del told[-1]
        most, ticks = told.most_common(1)[0] if told else (before, 0)
        for at in range(sentence.first, sentence.last):
            if found[at] < 0 or ticks >= _CLEARLY * told.total():
                found[at] = most
        before = found[sentence.last - 1]
    return found


def _names(words: Sequence[Word], of_word: Sequence[int]) -> dict[int, str]:
    """What each voice is called: the name given to most of its words, each name once, else a number."""
    given = Counter(
        (number, word.speaker)
        for word, number in zip(words, of_word, strict=True)
        if number >= 0 and _is_given(word.speaker)
    )
    names: dict[int, str] = {}
    for (number, name), _count in given.most_common():
        if number not in names and name not in names.values():
            names[number] = name
    everyone = list(dict.fromkeys(number for number in of_word if number >= 0))
    if len(everyone) == 1 and not given:
        return {}
    return {
        number: names.get(number, _NUMBERED.format(place)) for place, number in enumerate(everyone, start=1)
    }


def _is_given(name: str) -> bool:
    return bool(name) and _AUTOMATIC.fullmatch(name) is None
