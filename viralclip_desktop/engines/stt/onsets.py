"""Words begin where they are heard: word times of a recogniser stretch back over the pause before a word."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_STEP_S = 0.01
_LEAST_PAUSE_S = 0.3  # a shorter silence in a word may be a stop consonant
_LEAST_LEAD_S = 0.05
_LEAST_HEARD_S = 0.04
_LETTER_S = 0.04  # nobody says a word faster
_ABOVE_NOISE_DB, _BELOW_SPEECH_DB, _LEAST_BELOW_DB = 12.0, 35.0, 15.0
_MARKS = ".,;:!?…。？！、，"


class Loudness:
    """Where something is heard in a stretch of speech: ``samples`` are mono at ``rate_hz``, the first one is
    heard at ``start``."""

    def __init__(self, samples: NDArray[np.float32], rate_hz: int, start: Time) -> None:
        import numpy as np

        step = round(rate_hz * _STEP_S)
        frames = samples[: len(samples) // step * step].reshape(-1, step)
        levels = 10 * np.log10(np.mean(np.square(frames, dtype=np.float64), axis=1) + 1e-10)
        noise, speech = np.percentile(levels, [10, 95]) if len(levels) else (0.0, 0.0)
        least = min(max(noise + _ABOVE_NOISE_DB, speech - _BELOW_SPEECH_DB), speech - _LEAST_BELOW_DB)
        self._heard: Any = levels > least
        self._start = start

    def onset(self, word: Word, after_mark: bool) -> Time:
        """When a word begins to be heard; its own start where that can't be told. ``after_mark``: whether the
        word before ends with one, so that a pause belongs between the two."""
        first, last = (round((at - self._start).seconds / _STEP_S) for at in (word.start, word.end))
        heard = self._heard[max(0, first) : max(0, last)]
        begin, end = _longest_pause(heard)
        lead, rest = begin * _STEP_S, (len(heard) - end) * _STEP_S
        if rest < _LEAST_HEARD_S or (end - begin) * _STEP_S < (_LEAST_PAUSE_S if begin else _LEAST_LEAD_S):
            return word.start
        letters = sum(character.isalnum() for character in word.text)
        between = after_mark and not word.text.endswith(tuple(_MARKS))
        if lead >= _LETTER_S * letters and not between:
            return word.start
        return word.start + Time.from_seconds(end * _STEP_S)


def begun_when_heard(words: Sequence[Word], loudness: Loudness, before: str = "") -> list[Word]:
    """Words with the silence before them taken off. ``before``: what was said before them."""
    marks = [text.endswith(tuple(_MARKS)) for text in (before, *(word.text for word in words))]
    return [
        replace(word, start=min(loudness.onset(word, mark), word.end))
        for word, mark in zip(words, marks, strict=False)
    ]


def _longest_pause(heard: Any) -> tuple[int, int]:
    """The first and one past the last place of the longest run in which nothing is heard."""
    best, begin = (0, 0), 0
    for at, one in enumerate([*heard, True]):
        if one:
            if at - begin > best[1] - best[0]:
                best = begin, at
            begin = at + 1
    return best
