"""A word begins where it is heard, not in the pause before it."""

from __future__ import annotations

import numpy as np
import pytest

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Word
from viralclip_desktop.engines.stt.onsets import Loudness, begun_when_heard

RATE_HZ = 16_000


def sound(*parts: tuple[float, bool]) -> Loudness:
    """Stretches of noise as loud as speech, and of a quiet room; heard from 10 s on."""
    noise = np.random.default_rng(1)
    pieces = [noise.normal(0, 0.1 if loud else 0.0003, round(seconds * RATE_HZ)) for seconds, loud in parts]
    return Loudness(np.concatenate(pieces).astype(np.float32), RATE_HZ, Time.from_seconds(10))


def words(*said: tuple[str, float, float]) -> list[Word]:
    return [Word(text, Time.from_seconds(start), Time.from_seconds(end)) for text, start, end in said]


PAUSED = ((1.0, True), (1.0, False), (1.0, True))


@pytest.mark.parametrize(
    ("said", "starts"),
    [
        ([("not", 10.6, 10.95), ("what", 10.95, 12.1)], [10.6, 12.0]),  # too little of it before the pause
        ([("time.", 10.5, 10.8), ("When", 10.8, 12.2)], [10.5, 12.0]),  # the pause belongs to the full stop
        (
            [("well", 10.5, 10.8), ("so", 10.8, 12.1)],
            [10.5, 10.8],
        ),  # said before the pause, as far as is known
        ([("Yes.", 10.5, 10.8), ("No.", 10.8, 12.1)], [10.5, 10.8]),
        ([("end.", 10.7, 11.9)], [10.7]),  # the silence behind a word is left alone
        ([("then", 11.4, 12.3)], [12.0]),  # it began in silence
        ([("then", 12.1, 12.4)], [12.1]),
    ],
)
def test_a_word_begins_where_it_is_heard(said: list[tuple[str, float, float]], starts: list[float]) -> None:
    found = begun_when_heard(words(*said), sound(*PAUSED))
    assert [word.start.seconds for word in found] == pytest.approx(starts, abs=0.02)
    assert [word.text for word in found] == [text for text, _, _ in said]


def test_what_was_said_before_counts_too() -> None:
    said = words(("When", 10.8, 12.2))
    (alone,), (after,) = (begun_when_heard(said, sound(*PAUSED), text) for text in ("", "time."))
    assert (alone.start.seconds, after.start.seconds) == pytest.approx((10.8, 12.0), abs=0.02)


def test_even_sound_and_none_move_nothing() -> None:
    said = words(("one", 10.0, 11.0), ("two", 11.0, 12.9))
    for loudness in (sound((3.0, True)), sound((3.0, False)), sound((0.0, True))):
        assert begun_when_heard(said, loudness) == said
