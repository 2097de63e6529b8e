"""What of a recording is slow: pauses that were kept, and words said slower than the speaker usually does.

A pause counts where the room alone is heard in it: laughter and music keep their pace. How fast somebody
speaks is told by letters a second, against the median of the recording, which serves any language.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from statistics import median
from typing import Final

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.tighten.plan import Heard
from viralclip_desktop.features.tighten.times import as_heard

_BREATH_S: Final = 0.3  # between words: shorter ones are part of what is said
_PAUSE_S: Final = 0.45  # shorter ones save nothing that is noticed
_REST_S: Final = 0.25  # of a pause, as it is heard afterwards
_BESIDE_S: Final = 0.08  # of a word: its ends keep their pace
_SOUND_S: Final = 0.04
_MOST_SPEECH, _MOST_PAUSE = 0.3, 1.0  # faster by that at full strength: 1.3 times, twice
_STEP: Final = 20  # steps of speed in 1: nobody hears a twentieth, and stretches stay together
_FEWEST_LETTERS: Final = 12  # of what is said without a breath: fewer tell no pace


@dataclass(frozen=True, slots=True)
class Slow:
    """Something slow (source time), how fast it may play, and its words; empty for a pause."""

    range: TimeRange
    speed: Fraction
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Run:
    """What is said without a breath."""

    words: tuple[Word, ...]

    @property
    def start_s(self) -> float:
        return self.words[0].start.seconds

    @property
    def end_s(self) -> float:
        return self.words[-1].end.seconds

    @property
    def letters(self) -> int:
        return sum(one.isalnum() for word in self.words for one in word.text)

    @property
    def rate(self) -> float:
        """Letters a second."""
        return self.letters / max(0.1, self.end_s - self.start_s)


def slow_stretches(heard: Heard, strength: float) -> list[Slow]:
    """What may play faster at a strength of 0..1, in order and apart."""
    runs = list(_runs(as_heard(heard.words, heard.levels, heard.samples)))
    telling = [run.rate for run in runs if run.letters >= _FEWEST_LETTERS]
    if not telling or strength <= 0:
        return []
    usual = median(telling)
    found = [_slow_words(run, usual, strength) for run in runs]
    found += [_slow_pause(heard, a, b, strength) for a, b in pairwise(runs)]
    return sorted((one for one in found if one is not None), key=lambda one: one.range.start)


def _runs(words: Sequence[Word]) -> Iterator[_Run]:
    run: list[Word] = []
    for word in words:
        if run and word.start.seconds - run[-1].end.seconds >= _BREATH_S:
            yield _Run(tuple(run))
            run = []
        run.append(word)
    if run:
        yield _Run(tuple(run))


def _slow_words(run: _Run, usual: float, strength: float) -> Slow | None:
    speed = _stepped(min(usual / run.rate, 1 + _MOST_SPEECH * strength)) if run.letters else Fraction(1)
    if speed <= 1 or run.letters < _FEWEST_LETTERS:
        return None
    within = TimeRange.from_seconds(run.start_s - _BESIDE_S, run.end_s + _BESIDE_S)
    return Slow(within, speed, " ".join(word.text for word in run.words))


def _slow_pause(heard: Heard, before: _Run, after: _Run, strength: float) -> Slow | None:
    start_s, end_s = before.end_s + _BESIDE_S, after.start_s - _BESIDE_S
    length_s = after.start_s - before.end_s
    if length_s < _PAUSE_S or heard.levels.sounding_s(start_s, end_s) > _SOUND_S:
        return None
    speed = _stepped(min(length_s / _REST_S, 1 + _MOST_PAUSE * strength))
    return Slow(TimeRange(Time.from_seconds(start_s), Time.from_seconds(end_s)), speed) if speed > 1 else None


def _stepped(speed: float) -> Fraction:
    return Fraction(int(speed * _STEP + 1e-6), _STEP)
