"""Laughter and applause between words, on sounds made for the purpose; an even talk without peaks."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from support.sounds import RATE, applause, laughter, speech, write_wav
from support.spoken import end_s, spoken

from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.features.moments.arrays import robust_z
from viralclip_desktop.features.moments.events import event_in, voted
from viralclip_desktop.features.moments.liveliness import hear
from viralclip_desktop.features.moments.sound import Sound, listen
from viralclip_desktop.features.moments.units import Unit


def heard(folder: Path, between: np.ndarray) -> tuple[Sound, float, float]:
    """A talk with a sound in the middle, and where it is."""
    quiet = np.zeros(RATE // 2)
    parts = [speech(8.0), quiet, between, quiet, speech(8.0, seed=3)]
    sound = listen(write_wav(folder / "talk.wav", np.concatenate(parts)), ignore_progress, CancelToken())
    return sound, 8.2, 8.8 + len(between) / RATE


@pytest.mark.parametrize(
    ("between", "expected"),
    [
        (laughter(2.0), "laughter"),
        (applause(3.0), "applause"),
        (speech(2.5), ""),
        (np.zeros(RATE), ""),
        (laughter(0.25), ""),
    ],
    ids=["laughter", "applause", "somebody speaks", "nothing", "too short"],
)
def test_what_is_heard_between_words(tmp_path: Path, between: np.ndarray, expected: str) -> None:
    assert event_in(*heard(tmp_path, between)) == expected


def test_only_what_sounds_like_people_is_a_reaction(tmp_path: Path) -> None:
    transcript = spoken("We never told the children why the lights went out.\n\nAnd then they all came back.")
    units = [Unit(sentence.first, sentence.last) for sentence in transcript.sentences]
    said_s = transcript.words[units[0].last - 1].end.seconds
    for between, kept in ((laughter(2.0), True), (speech(2.0), False)):
        sound, start_s, _end_s = heard(tmp_path, between)
        late = round((start_s - said_s) * 25)  # as if the first sentence ended right before it
        moved = Sound(sound.level_db[late * 4 :], sound.pitch_st[late:], sound.steady[late:])
        assert bool(voted(np.array([2.5, 0.0]), transcript.words, units, moved)[0]) is kept
    assert voted(np.array([2.5, 0.0]), transcript.words, units, None)[0] == 2.5


def test_an_even_talk_has_no_peaks_and_a_louder_sentence_is_one() -> None:
    transcript = spoken("\n".join(f"Sentence number {n} is about as long as the others." for n in range(12)))
    units = [Unit(sentence.first, sentence.last) for sentence in transcript.sentences]
    for louder_db, peak in ((0.4, False), (8.0, True)):
        level = np.full(int(end_s(transcript) * 100) + 1, -60.0, np.float32)
        for number, sentence in enumerate(transcript.sentences):
            within = transcript.range_of(sentence)
            part = slice(round(within.start.seconds * 100), round(within.end.seconds * 100))
            level[part] = -20.0 + 0.05 * (number % 3) + (louder_db if number == 5 else 0.0)
        alive = hear(transcript, units, Sound(level, np.full(len(level) // 4, np.nan, np.float32)))
        assert (alive.energy[5] > 0.75) is np.bool_(peak)


def test_a_spread_below_the_floor_is_none() -> None:
    values = np.array([1.0, 1.01, 1.02, 1.0, 1.05])
    assert robust_z(values).max() > 2.0
    assert robust_z(values, least=0.5).max() < 0.2
