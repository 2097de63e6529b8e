"""In a short recording the rests that are heard part the subjects."""

import json
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from support.spoken import word_length_s

from viralclip_desktop.core.resources import resource
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word
from viralclip_desktop.features.moments.options import FindOptions
from viralclip_desktop.features.moments.ranker import Moment, rank
from viralclip_desktop.features.moments.sound import LEVEL_HOP_S, PITCH_HOP_S, Sound

STORIES = ((5, 15), (21, 28), (33, 38), (42, 50))
"""The sample talk's questions with their answers; between them there is only housekeeping."""


@pytest.fixture(scope="module")
def lines() -> list[dict[str, Any]]:
    """The sample talk."""
    talk: dict[str, Any] = json.loads(resource("sample", "talk.json").read_text("utf-8"))
    return list(talk["lines"])


def heard(lines: Sequence[dict[str, Any]]) -> tuple[Transcript, Sound]:
    """The talk as it is said by one voice, pauses as they are, nobody named."""
    now, words, sentences = 0.5, list[Word](), list[Sentence]()
    for line in lines:
        first = len(words)
        for token in line["text"].split():
            end = now + word_length_s(token)
            words.append(Word(token, Time.from_seconds(now), Time.from_seconds(end), 0.9, ""))
            now = end + 0.03
        sentences.append(Sentence(first, len(words)))
        now += line["pause_s"]
    levels = np.full(int(now / LEVEL_HOP_S), -60.0, np.float32)
    for word in words:
        levels[int(word.start.seconds / LEVEL_HOP_S) : int(word.end.seconds / LEVEL_HOP_S)] = -20.0
    pitch = np.full(int(now / PITCH_HOP_S), 5.0, np.float32)
    return Transcript("test", "en", tuple(words), tuple(sentences)), Sound(levels, pitch)


def story_of(moment: Moment, transcript: Transcript) -> int | None:
    """The story that a clip lies in as a whole; None for one that holds anything else."""
    inside = [
        number
        for number, sentence in enumerate(transcript.sentences)
        if moment.range.overlaps(transcript.range_of(sentence))
    ]
    whole = (at for at, (first, last) in enumerate(STORIES) if first <= inside[0] and inside[-1] <= last)
    return next(whole, None)


def test_no_clip_goes_on_into_the_housekeeping_between_the_stories(lines: list[dict[str, Any]]) -> None:
    transcript, sound = heard(lines)
    moments = rank(transcript, transcript.words[-1].end.seconds + 1.0, FindOptions(count=3), sound)
    stories = {story_of(moment, transcript) for moment in moments}
    assert len(moments) == len(stories) == 3
    assert None not in stories
