"""A whole talk as numbers: everything the ranker knows about each unit, before any clip is considered."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.moments.arrays import Floats, joined, ramp
from viralclip_desktop.features.moments.edges import Edges, find_edges
from viralclip_desktop.features.moments.lexicon import Lexicon
from viralclip_desktop.features.moments.liveliness import Liveliness, hear
from viralclip_desktop.features.moments.sound import Sound
from viralclip_desktop.features.moments.terms import Terms, novelty, terms_in, topic_shifts, weigh
from viralclip_desktop.features.moments.units import Unit
from viralclip_desktop.features.moments.weights import (
    ANSWER_BOND,
    BOUNDARY,
    PAUSE_FULL_S,
    PAUSE_NONE_S,
)
from viralclip_desktop.features.moments.wording import Wording, read_wording


@dataclass(frozen=True)
class Talk:
    """Arrays have one value a unit; ``pause``, ``topic`` and ``boundary`` one a gap: before each unit, and
    at the end.

    ``boundary[g]``: how surely a new story starts with unit ``g``. The ends of the talk count as long
    pauses; a question holds on to its answer.
    """

    transcript: Transcript
    units: list[Unit]
    lexicon: Lexicon | None
    wording: Wording
    liveliness: Liveliness
    terms: Terms
    edges: Edges
    seconds: Floats
    novelty: Floats
    pause: Floats
    topic: Floats
    boundary: Floats
    silence_s: Floats
    """The longest silence inside each unit."""


def read_talk(
    transcript: Transcript, units: list[Unit], lexicon: Lexicon | None, sound: Sound | None, duration_s: float
) -> Talk:
    """Measure a talk. ``duration_s`` is the length of the recording."""
    words = transcript.words
    wording = read_wording(transcript, units, lexicon)
    liveliness = hear(transcript, units, sound)
    stop = lexicon.stop if lexicon else frozenset()
    terms = weigh([terms_in(said.tokens, stop) for said in wording.said])
    edges = find_edges(words, units, sound, duration_s)
    pause = ramp(edges.pause_s, PAUSE_NONE_S, PAUSE_FULL_S)
    topic = topic_shifts(terms, len(words) / max(1, len(units)))
    boundary = _boundaries(pause, topic, wording, liveliness)
    starts_s = np.array([words[unit.first].start.seconds for unit in units])
    ends_s = np.array([words[unit.last - 1].end.seconds for unit in units])
    return Talk(
        transcript=transcript,
        units=units,
        lexicon=lexicon,
        wording=wording,
        liveliness=liveliness,
        terms=terms,
        edges=edges,
        seconds=np.maximum(ends_s - starts_s, 0.05),
        novelty=novelty(terms, starts_s, ends_s),
        pause=pause,
        topic=topic,
        boundary=boundary,
        silence_s=np.array([_longest_silence(transcript, unit) for unit in units]),
    )


def _boundaries(pause: Floats, topic: Floats, wording: Wording, liveliness: Liveliness) -> Floats:
    count = len(wording.said)
    speaker, dull = np.zeros(count + 1), np.zeros(count + 1)
    speaker[1:count] = (np.diff(liveliness.voice) != 0).astype(float)
    dull[1:count] = np.abs(np.diff(wording.dull))
    weighted = [
        (BOUNDARY["pause"], pause),
        (BOUNDARY["topic"], topic),
        (BOUNDARY["turn"], np.append(wording.turn, 0.0)),
        (BOUNDARY["speaker"], speaker),
        (BOUNDARY["dull"], dull),
    ]
    bond = np.append(1.0, 1.0 - (1.0 - ANSWER_BOND) * wording.question)
    result: Floats = joined(np.zeros(count + 1), weighted) * bond
    return result


def _longest_silence(transcript: Transcript, unit: Unit) -> float:
    words = transcript.words[unit.first : unit.last]
    gaps = (after.start.ticks - before.end.ticks for before, after in pairwise(words))
    return max(0.0, Time(max(gaps, default=0)).seconds)
