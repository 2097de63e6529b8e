"""How long the finder takes for an hour of talk and for a very long one, listening not counted."""

from __future__ import annotations

import random
import time

import numpy as np
from benchmarks.rows import Row
from support import talks
from support.spoken import end_s, spoken

from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.moments.options import FindOptions
from viralclip_desktop.features.moments.ranker import rank
from viralclip_desktop.features.moments.sound import Sound

HOUR_WORDS, WORDS = 8_700, 100_000  # as fast as the test talks are spoken


def run() -> list[Row]:
    """Rank talks of these numbers of words with sound."""
    return [
        _found_in("clips found in an hour of talk", HOUR_WORDS, 3.0),
        _found_in("clips found in a very long talk", WORDS, None),
    ]


def _found_in(name: str, words: int, bar_s: float | None) -> Row:
    transcript = long_talk(words)
    duration_s = end_s(transcript)
    noise = np.random.default_rng(0)
    levels = np.where(noise.random(int(duration_s * 100)) > 0.3, -20.0, -60.0).astype(np.float32)
    pitch = noise.normal(5.0, 2.0, len(levels) // 4).astype(np.float32)
    started = time.perf_counter()
    found = rank(transcript, duration_s, FindOptions(), Sound(levels, pitch))
    took_s = time.perf_counter() - started
    return Row(name, took_s, "s", bar_s, f"{duration_s / 3600:.1f} h, {words:,} words, {len(found)} clips")


def long_talk(wanted: int) -> Transcript:
    """The test talks over and over, three words in ten replaced, until there are ``wanted`` words."""
    chance = random.Random(1)
    lines = "\n".join([talks.INTERVIEW, talks.LECTURE, talks.VLOG]).splitlines()
    text: list[str] = []
    words = 0
    while words < wanted:
        for line in lines:
            parts = [
                w if chance.random() < 0.7 else f"thing{int(chance.paretovariate(0.7)) % 20000}"
                for w in line.split()
            ]
            words += len(parts)
            text.append(" ".join(parts))
    return spoken("\n".join(text))
