"""Which words and pauses of a recording are slow."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import numpy as np

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.tighten.levels import HOP_S, Levels
from viralclip_desktop.features.tighten.lists import Lists
from viralclip_desktop.features.tighten.plan import Heard
from viralclip_desktop.features.tighten.slow import Slow, slow_stretches

LETTERS = "twelveletter"


def _heard(*runs: tuple[float, float], loud: tuple[float, float] | None = None) -> Heard:
    """A word from one time to another, quiet between; ``loud``: where something sounds that is no word."""
    words = [Word(LETTERS, Time.from_seconds(a), Time.from_seconds(b)) for a, b in runs]
    count = round((runs[-1][1] + 1) / HOP_S)
    at = np.arange(count) * HOP_S
    sounds = np.zeros(count, dtype=bool)
    for a, b in [*runs, *([loud] if loud else [])]:
        sounds |= (at >= a) & (at < b)
    level = np.where(sounds, 40.0, 0.0).astype(np.float32)
    levels = Levels(level, level, ~sounds, np.full(count, 40.0, np.float32))
    return Heard(words, Lists(), levels, lambda a, b: np.zeros(round((b - a) * 16000), np.float32))


EVEN = ((0.0, 1.0), (1.35, 2.35), (2.7, 3.7))


def _told(found: list[Slow]) -> list[tuple[float, float, str]]:
    return [(round(one.range.start.seconds, 2), float(one.speed), one.text) for one in found]


def test_an_even_pace_stays_as_it_is() -> None:
    assert slow_stretches(_heard(*EVEN), 1.0) == []


def test_slow_words_come_up_to_the_usual_pace_and_no_further_than_the_limit() -> None:
    little = slow_stretches(_heard(*EVEN, (4.05, 5.2)), 1.0)
    assert _told(little) == [(3.97, 1.15, LETTERS)]
    much = slow_stretches(_heard(*EVEN, (4.05, 6.05)), 1.0)
    assert _told(much) == [(3.97, 1.3, LETTERS)]
    assert slow_stretches(_heard(*EVEN, (4.05, 6.05)), 0.5)[0].speed == Fraction(23, 20)


def test_a_pause_plays_faster_but_not_right_beside_its_words() -> None:
    [pause] = slow_stretches(_heard(*EVEN, (4.7, 5.7)), 0.5)
    assert (pause.range.start.seconds, pause.range.end.seconds) == (3.78, 4.62)
    assert (pause.speed, pause.text) == (Fraction(3, 2), "")


def test_what_sounds_in_a_pause_keeps_its_pace() -> None:
    assert slow_stretches(_heard(*EVEN, (4.7, 5.7), loud=(4.0, 4.4)), 1.0) == []


def test_no_strength_no_change_and_few_letters_tell_nothing() -> None:
    assert slow_stretches(_heard(*EVEN, (4.7, 5.7)), 0.0) == []
    heard = _heard(*EVEN, (4.05, 6.05))
    short = replace(heard, words=[*heard.words[:3], replace(heard.words[3], text="so")])
    assert [one for one in slow_stretches(short, 1.0) if one.text] == []
