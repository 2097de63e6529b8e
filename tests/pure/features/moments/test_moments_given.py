"""What a sentence has in common with its neighbours, and whose turn it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from support.spoken import spoken

from viralclip_desktop.features.moments.given import given_and_new
from viralclip_desktop.features.moments.lexicon import load_lexicon
from viralclip_desktop.features.moments.signals import Signals, read_signals
from viralclip_desktop.features.moments.terms import terms_in, weigh
from viralclip_desktop.features.moments.turns import turn_features
from viralclip_desktop.features.moments.units import units_of

TALK = """Bakers sell bread.
Bread needs flour.
Flour is white.
Sailors cross oceans.
Oceans scare sailors."""


ANSWER = """Why do you bake?
I bake because my father did.
He taught me all of it.
Yes.
He still does that today."""


def given(text: str) -> dict[str, np.ndarray]:
    stop = load_lexicon("en").stop
    return given_and_new(
        weigh([terms_in(line.lower().strip(".").split(), stop) for line in text.split("\n")])
    )


def test_words_just_said_are_given_and_words_said_next_are_taken_up() -> None:
    found = given(TALK)
    assert found["given_1"][0] == 0.0
    assert 0.0 < found["given_1"][1] < 1.0
    assert found["taken_up_1"][0] > 0.0
    assert found["given_3"][3] == 0.0
    assert found["taken_up_1"][3] > 0.5


def test_a_new_subject_is_set_where_the_talk_before_does_not_go_on() -> None:
    found = given(TALK)
    assert found["sets_topic"][3] > found["sets_topic"][2]
    assert found["goes_on"][3] == 0.0 < found["goes_on"][1]


def test_a_unit_without_telling_words_is_neither_given_nor_new() -> None:
    found = given("Bakers sell bread.\nand so it is.\nBakers sell bread.")
    assert 0.0 < found["given_1"][1] == found["taken_up_1"][1] < 1.0
    assert found["keeps_topic"][1] == 0.0


def test_places_in_a_turn_and_the_part_of_a_voice() -> None:
    found = turn_features(two_voices())
    assert list(found["into_turn"] > 0) == [False, False, True, False, False]
    assert list(found["left_of_turn"] > 0) == [False, True, False, False, False]
    assert list(found["resumes"]) == [0.0, 0.0, 0.0, 0.0, 1.0]
    assert found["voice_share"][1] > 0.5 > found["voice_share"][0]
    assert found["after_asker"][1] > 0.0 == found["after_asker"][2]


def two_voices() -> Signals:
    """A question, two sentences of answer, a nod, one more sentence."""
    transcript, lexicon = spoken(ANSWER), load_lexicon("en")
    voices, units = [0, 1, 1, 0, 1], units_of(transcript, 60.0, lexicon)
    words = list(transcript.words)
    for voice, unit in zip(voices, units, strict=True):
        for at in range(unit.first, unit.last):
            words[at] = replace(words[at], speaker=f"voice {voice}")
    transcript = replace(transcript, words=tuple(words))
    return read_signals(transcript, units, lexicon)
