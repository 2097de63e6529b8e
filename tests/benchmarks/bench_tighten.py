"""How long it takes to plan what goes from a recording of an hour, its sound decoded already."""

from __future__ import annotations

import tempfile
import time
from fractions import Fraction
from pathlib import Path

import numpy as np
from benchmarks.rows import Row
from support.speech import RATE_HZ, write_wav
from support.tight_talk import TightTalk, filler, pause, repeat, say, talk_of

from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.features.tighten.levels import measure
from viralclip_desktop.features.tighten.lists import load_lists
from viralclip_desktop.features.tighten.plan import Heard, plan_cuts
from viralclip_desktop.media.audio import samples_between

HOUR_S = 3600
TALK = [
    say("Welcome back to the show."), pause(0.5), filler("um"), pause(0.25), say("Today we talk about it"),
    pause(0.12), filler("uh"), pause(0.1), say("and how they fall."), pause(1.6), repeat("I"), pause(0.05),
    say("I went to the river with my three brothers."), pause(1.2),
]  # fmt: skip


def run() -> list[Row]:
    """Plan an hour of talk whose fillers the recogniser left out."""
    with tempfile.TemporaryDirectory() as folder:
        wav = Path(folder) / "speech.wav"
        talk = talk_of(TALK, Path(folder))
        times = round(HOUR_S * RATE_HZ / len(talk.samples))
        write_wav(wav, np.tile(talk.samples * 32767, times))
        words = _words(talk, times)
        started = time.perf_counter()
        levels = measure(wav)

        def samples(start_s: float, end_s: float) -> np.ndarray:
            return samples_between(wav, TimeRange.from_seconds(start_s, end_s))

        cuts = plan_cuts(Heard(words, load_lists("en"), levels, samples, Fraction(30)), 0.5)
        took_s = time.perf_counter() - started
    return [Row("an hour tightened", took_s, "s", 60.0, f"{len(words)} words, {len(cuts)} cuts")]


def _words(talk: TightTalk, times: int) -> list[Word]:
    heard, length = talk.heard_by(left_out=["filler"]), Time.from_samples(len(talk.samples), RATE_HZ)
    return [
        Word(
            _own(word.text, turn),
            word.start + Time(length.ticks * turn),
            word.end + Time(length.ticks * turn),
        )
        for turn in range(times)
        for word in heard
    ]


def _own(text: str, turn: int) -> str:
    """A word of this turn alone: an hour of the same sentences would be an hour of takes begun again."""
    return text if text == "I" else f"{turn}{text}"
