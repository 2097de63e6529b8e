"""The ranker: from a transcript (and what can be heard) to the best moments. Pure and deterministic."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Reason
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.moments.arrays import Floats, Ints
from viralclip_desktop.features.moments.candidates import Judge, Runs, runs_within
from viralclip_desktop.features.moments.choose import choose
from viralclip_desktop.features.moments.lexicon import load_lexicon
from viralclip_desktop.features.moments.options import FindOptions
from viralclip_desktop.features.moments.reasons import explain
from viralclip_desktop.features.moments.sound import Sound
from viralclip_desktop.features.moments.talk import Talk, read_talk
from viralclip_desktop.features.moments.titles import title_run, unique
from viralclip_desktop.features.moments.units import text_of, units_of
from viralclip_desktop.features.moments.weights import (
    FLOORS,
    LENGTH_POWER,
    SCORE_SPREAD,
    SCORE_TOP,
    SECONDS_PER_CLIP_S,
)

_CHUNK: Final = 200_000  # candidates judged at once: keeps memory flat for any length range
_PIECES: Final = 4  # last resort: sentences are split until four pieces make the shortest clip


@dataclass(frozen=True, slots=True)
class Moment:
    """One found moment; ``range`` is in source time, ``rank`` starts at 1."""

    rank: int
    range: TimeRange
    title: str
    score: int
    reasons: tuple[Reason, ...]
    quote_first: str
    quote_last: str


@dataclass(frozen=True)
class _Chosen:
    talk: Talk
    runs: Runs
    quality: Floats
    note: str = ""


def rank(
    transcript: Transcript,
    duration_s: float,
    options: FindOptions,
    sound: Sound | None = None,
    cancel: CancelToken | None = None,
) -> list[Moment]:
    """The best moments, best first. ``duration_s`` is the recording's length, ``sound`` starts at its 0.

    Raises BadInput when nobody speaks, UsageError for impossible options, Cancelled.
    """
    options.check()
    if not transcript.words:
        raise BadInput("No speech found.", "There is nothing to make clips of.")
    chosen = _find(transcript, duration_s, options, sound, cancel or CancelToken())
    return _moments(chosen)


def _find(
    transcript: Transcript, duration_s: float, options: FindOptions, sound: Sound | None, cancel: CancelToken
) -> _Chosen:
    """Whole sentences first; where they don't fit the length range, ever smaller parts of them."""
    lexicon = load_lexicon(transcript.language)
    spoken_s = transcript.words[-1].end.seconds - transcript.words[0].start.seconds
    if spoken_s < options.min_length_s:
        talk = read_talk(transcript, units_of(transcript, options.max_length_s), lexicon, sound, duration_s)
        if talk.edges.end_s[-1] - talk.edges.start_s[0] < options.min_length_s:
            return _whole(talk)
    for longest_s in (options.max_length_s * 0.95, options.min_length_s / _PIECES):
        talk = read_talk(transcript, units_of(transcript, longest_s), lexicon, sound, duration_s)
        cancel.raise_if_cancelled()
        runs = runs_within(talk, options)
        if len(runs):
            return _best(talk, runs, options, cancel)
    return _nearest(talk, options)


def _whole(talk: Talk) -> _Chosen:
    runs = Runs(np.array([0]), np.array([len(talk.units) - 1]))
    note = "All of the speech: the recording is shorter than the length you asked for"
    return _Chosen(talk, runs, Judge(talk).judge(runs).quality, note)


def _nearest(talk: Talk, options: FindOptions) -> _Chosen:
    """No run fits at all (one long silence after another): the longest that is not too long."""
    within = Runs(*_all_up_to(talk, options.max_length_s))
    lengths = talk.edges.end_s[within.last] - talk.edges.start_s[within.first]
    best = int(np.argmax(lengths))
    runs = within.part(slice(best, best + 1))
    note = "No stretch of speech has the length you asked for; this is the nearest"
    return _Chosen(talk, runs, Judge(talk).judge(runs).quality, note)


def _all_up_to(talk: Talk, longest_s: float) -> tuple[Ints, Ints]:
    """For each unit the longest run from it that is not too long, or the unit alone."""
    first = np.arange(len(talk.units))
    last = np.searchsorted(talk.edges.end_s, talk.edges.start_s + longest_s, "right") - 1
    return first, np.maximum(last, first)


def _best(talk: Talk, runs: Runs, options: FindOptions, cancel: CancelToken) -> _Chosen:
    judge, quality = Judge(talk), np.empty(len(runs))
    for start in range(0, len(runs), _CHUNK):
        cancel.raise_if_cancelled()
        part = slice(start, start + _CHUNK)
        quality[part] = judge.judge(runs.part(part)).quality
    found = _pick(talk, runs, quality, options)
    return _Chosen(talk, Runs(runs.first[found], runs.last[found]), quality[found])


def _pick(talk: Talk, runs: Runs, quality: Floats, options: FindOptions) -> Ints:
    """The best candidates without overlap; the floor sinks until a long talk has its clips."""
    enough = min(options.count, int(talk.edges.end_s[-1] / SECONDS_PER_CLIP_S))
    found = np.zeros(0, np.int64)
    for share in FLOORS:
        found = choose(runs, _worth(talk, runs, quality, share), len(talk.units), options.count)
        if len(found) >= enough:
            break
    return found


def _worth(talk: Talk, runs: Runs, quality: Floats, share: float) -> Floats:
    """What a candidate adds to the batch: its quality above a floor, longer stories before scraps of them."""
    floor = share * float(quality.max())
    seconds = talk.edges.end_s[runs.last] - talk.edges.start_s[runs.first]
    worth: Floats = np.maximum(quality - floor, 0.0) * seconds**LENGTH_POWER
    return worth


def _moments(chosen: _Chosen) -> list[Moment]:
    """Clips in order of rank, with scores, titles and reasons."""
    order = np.lexsort((chosen.runs.first, -np.round(chosen.quality, 9)))
    quality = chosen.quality[order]
    judged = Judge(chosen.talk).judge(chosen.runs)
    titles: list[str] = []
    moments = []
    for place, index in enumerate(order):
        first, last = int(chosen.runs.first[index]), int(chosen.runs.last[index])
        titles.append(unique(title_run(chosen.talk, first, last), titles))
        reasons = explain(chosen.talk, first, last, judged=judged, index=int(index), note=chosen.note)
        score = _scores(quality)[place]
        moments.append(
            _moment(chosen.talk, first, last, place=place + 1, score=score, title=titles[-1], reasons=reasons)
        )
    return moments


def _moment(
    talk: Talk, first: int, last: int, *, place: int, score: int, title: str, reasons: tuple[Reason, ...]
) -> Moment:
    start, end = float(talk.edges.start_s[first]), float(talk.edges.end_s[last])
    return Moment(
        rank=place,
        range=TimeRange(Time.from_seconds(start), Time.from_seconds(end)),
        title=title,
        score=score,
        reasons=reasons,
        quote_first=text_of(talk.transcript, talk.units[first]),
        quote_last=text_of(talk.transcript, talk.units[last]),
    )


def _scores(quality: Floats) -> list[int]:
    """0..99 by rank within the batch, from qualities in falling order.

    The best gets 85 to 99, by how good it is in itself. The others follow by half their rank and half their
    distance to the best one, so that a close second stays close.
    """
    best, count = float(quality[0]), len(quality)
    top = min(SCORE_TOP, round(85 + 14 * best / 0.75))
    if count == 1:
        return [top]
    spread = SCORE_SPREAD * min(1.0, (count + 1) / 8)  # two clips are not forty points apart
    by_rank = np.arange(count) / (count - 1)
    by_distance = (best - quality) / max(best - float(quality[-1]), 0.10)
    return [max(0, round(float(top - spread * fall))) for fall in (by_rank + by_distance) / 2]
