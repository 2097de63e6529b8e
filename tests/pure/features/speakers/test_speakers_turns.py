"""Stretches of one voice, voices into groups, and the names that come of them."""

from __future__ import annotations

import numpy as np
import pytest
from support.spoken import spoken

from viralclip_desktop.domain.edits.transcripts import assign_speaker
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.speakers.clusters import voices
from viralclip_desktop.features.speakers.turns import named, stretches

TALK = spoken(
    "I never wanted to leave the village where my father built his boat.\n\n"
    "And who told you that you had to leave it behind after all?\n\n"
    "The storm did, and it took the harbour and the boat on the same night."
)


def rows(*directions: int, noise: float = 0.3) -> np.ndarray:
    """Voices in eight directions, each look off by some noise."""
    random = np.random.default_rng(1)
    made = np.eye(8)[list(directions)] + noise / 8**0.5 * random.standard_normal((len(directions), 8))
    return made / np.linalg.norm(made, axis=1, keepdims=True)


def speakers(transcript: Transcript) -> list[str]:
    return [transcript.words[sentence.first].speaker for sentence in transcript.sentences]


def tell(transcript: Transcript, *of_sentence: int) -> Transcript:
    parts = stretches(transcript)
    at = {sentence.first: place for place, sentence in enumerate(transcript.sentences)}
    now, numbers = 0, []
    for part in parts:
        now = at.get(part.first, now)
        numbers.append(of_sentence[now])
    return named(transcript, parts, numbers)


def test_stretches_cover_every_word_and_keep_within_a_sentence() -> None:
    parts = stretches(TALK)
    assert [word for part in parts for word in range(part.first, part.last)] == list(range(len(TALK.words)))
    assert {sentence.first for sentence in TALK.sentences} <= {part.first for part in parts}
    assert all(1.0 <= part.seconds <= 4.0 for part in parts)


@pytest.mark.parametrize("who", [[0, 1, 0, 1, 1, 0], [0, 0, 1, 2, 1, 2, 0, 3, 3], [0, 0, 0, 0]])
def test_voices_are_numbered_as_they_come_up(who: list[int]) -> None:
    assert voices(rows(*who), np.full(len(who), 2.5)).tolist() == who


def test_a_stretch_too_short_to_tell_is_nobodys() -> None:
    heard = rows(0, 1, 0, 1)
    heard[2] = 0.0
    assert voices(heard, np.full(4, 3.0)).tolist() == [0, 1, -1, 1]


def test_a_cough_is_no_speaker() -> None:
    assert voices(rows(0, 1, 0, 1, 5), np.array([9.0, 9.0, 9.0, 9.0, 1.2])).max() == 1


def test_more_stretches_than_are_clustered_join_the_groups() -> None:
    who = [number % 3 for number in range(1300)]
    assert voices(rows(*who), np.full(1300, 2.0)).tolist() == who


def test_two_voices_get_numbers_and_one_voice_gets_none() -> None:
    assert speakers(tell(TALK, 0, 1, 0)) == ["Speaker 1", "Speaker 2", "Speaker 1"]
    assert speakers(tell(TALK, 0, 0, 0)) == ["", "", ""]


def test_what_is_unknown_belongs_to_the_voice_before() -> None:
    assert speakers(tell(TALK, 0, 1, -1)) == ["Speaker 1", "Speaker 2", "Speaker 2"]
    assert speakers(tell(TALK, -1, 0, 1)) == ["Speaker 1", "Speaker 1", "Speaker 2"]


def test_a_corrected_name_stays_and_is_the_voices_when_run_again() -> None:
    told = assign_speaker(tell(TALK, 0, 1, 0), [0], "Anna")
    assert speakers(tell(told, 0, 1, 0)) == ["Anna", "Speaker 2", "Anna"]
    other = assign_speaker(told, [1], "Ben")
    assert speakers(tell(other, 0, 0, 0)) == ["Anna", "Ben", "Anna"]
