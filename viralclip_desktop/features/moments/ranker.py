"""The ranker: from a transcript (and what can be heard) to the best moments. Pure and deterministic."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from numpy.typing import NDArray

from viralclip_desktop.core.errors import BadInput
from viralclip_desktop.core.progress import CancelToken
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Reason
from viralclip_desktop.domain.standing import GOOD
from viralclip_desktop.domain.transcript import Transcript
from viralclip_desktop.features.common.quiet_titles import quiet_title
from viralclip_desktop.features.moments.arrays import Floats, Ints, running_sum
from viralclip_desktop.features.moments.candidates import Gauge, Runs, pauses_in, runs_within
from viralclip_desktop.features.moments.choose import choose
from viralclip_desktop.features.moments.lexicon import load_lexicon
from viralclip_desktop.features.moments.meaning import Meaning
from viralclip_desktop.features.moments.model import Model, load_model, probability
from viralclip_desktop.features.moments.options import FindOptions
from viralclip_desktop.features.moments.reasons import explain
from viralclip_desktop.features.moments.repeats import said_again
from viralclip_desktop.features.moments.sound import Sound
from viralclip_desktop.features.moments.talk import Talk, read_talk
from viralclip_desktop.features.moments.titles import title_run, unique
from viralclip_desktop.features.moments.units import text_of, units_of
from viralclip_desktop.features.moments.weights import (
    ASKED_FLOOR,
    EDGES,
    ENDINGS,
    FAULTS,
    FEWEST_EDGES,
    FLOOR,
    HEARD_REST,
    LIVELY,
    LONGEST_SILENCE_S,
    MOST_BARRED,
    MOST_MUSIC_S,
    MOST_SAID_AGAIN,
    MOST_SHARED,
    OPENINGS,
    REACTION,
    SCORE_SPREAD,
    SCORE_TOP,
    SCORING,
    SECONDS_PER_CLIP_S,
    TRAP_CHANCE,
    WEAKER_STEP,
)
from viralclip_desktop.features.moments.wishes import MUSIC_WISH, Wish, alike, read_wish, wanted

_CHUNK: Final = 100_000  # candidates judged at once: keeps memory flat for any length range
_PIECES: Final = 4  # last resort: sentences are split until four pieces make the shortest clip
_NEVER: Final = -np.inf
_FURTHER: Final = 0.5  # log-odds: a clip with a sentence more speaks a little less of a subject
_AT_REST: Final = 0.5  # a pause this surely between paragraphs
_GROW_UNITS: Final = 3  # sentences a clip may grow by to come to rest; judgement
_WEAKER: Final = 0.5  # log-odds that an opening may lose when a clip grows back to a rest
_EDGE_UNITS: Final = 2  # sentences by which a better edge is looked for
_QUESTION_WORDS: Final = 5
_SHORT_S: Final = 130.0  # of a recording this short, more is shown than a share of a long talk would be
_ROOM: Final = 3.0  # but it is not cut up altogether: two thirds of it may be left out


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
    """Chosen candidates, best first; ``worth`` in log-odds."""

    talk: Talk
    runs: Runs
    worth: Floats
    wish: Wish
    note: str = ""
    weaker: int = 0
    """How many of the last ones only make up the number that was asked for."""


def rank(
    transcript: Transcript,
    duration_s: float,
    options: FindOptions,
    sound: Sound | None = None,
    cancel: CancelToken | None = None,
    *,
    like: TimeRange | None = None,
    meaning: Meaning | None = None,
) -> list[Moment]:
    """The best moments, best first. ``duration_s`` is the recording's length, ``sound`` starts at its 0. With
    ``like``, a stretch of source time, moments on the same subject come first and that stretch is left out;
    ``meaning`` compares what is meant, without it the words are compared.

    Raises BadInput when nobody speaks, UsageError for impossible options, Cancelled.
    """
    options.check()
    if not transcript.words:
        raise BadInput("No speech found.", "There is nothing to make clips of.")
    cancel = cancel or CancelToken()
    return _moments(_find(transcript, duration_s, options, sound, cancel, like=like, meaning=meaning))


def _find(
    transcript: Transcript,
    duration_s: float,
    options: FindOptions,
    sound: Sound | None,
    cancel: CancelToken,
    *,
    like: TimeRange | None,
    meaning: Meaning | None,
) -> _Chosen:
    """Whole sentences first; where they don't fit the length range, ever smaller parts of them."""
    lexicon, model = load_lexicon(transcript.language), load_model()
    spoken_s = transcript.words[-1].end.seconds - transcript.words[0].start.seconds
    for longest_s in (options.max_length_s * 0.95, options.min_length_s / _PIECES):
        units = units_of(transcript, longest_s, lexicon)
        talk = read_talk(transcript, units, lexicon, sound, duration_s, model, meaning)
        cancel.raise_if_cancelled()
        if spoken_s < options.min_length_s and _length_s(talk) < options.min_length_s:
            return _whole(talk)
        runs = runs_within(talk, options)
        if len(runs):
            return _best(talk, runs, options, cancel, like=like, meaning=meaning)
    return _nearest(talk, options)


def _length_s(talk: Talk) -> float:
    return float(talk.edges.end_s[-1] - talk.edges.start_s[0])


def _whole(talk: Talk) -> _Chosen:
    runs = Runs(np.array([0]), np.array([len(talk) - 1]))
    note = "All of the speech: the recording is shorter than the length you asked for"
    return _Chosen(talk, runs, np.zeros(1), Wish(""), note)


def _nearest(talk: Talk, options: FindOptions) -> _Chosen:
    """No run fits at all (one long silence after another): the longest that is not too long."""
    first = np.arange(len(talk))
    last = np.searchsorted(talk.edges.end_s, talk.edges.start_s + options.max_length_s, "right") - 1
    last = np.maximum(last, first)
    best = int(np.argmax(talk.edges.end_s[last] - talk.edges.start_s[first]))
    note = "No stretch of speech has the length you asked for; this is the nearest"
    return _Chosen(talk, Runs(first[best : best + 1], last[best : best + 1]), np.zeros(1), Wish(""), note)


def _best(
    talk: Talk,
    runs: Runs,
    options: FindOptions,
    cancel: CancelToken,
    *,
    like: TimeRange | None,
    meaning: Meaning | None,
) -> _Chosen:
    gauge, model = Gauge(talk), load_model()
    worth = np.empty(len(runs))
    for start in range(0, len(runs), _CHUNK):
        cancel.raise_if_cancelled()
        part = slice(start, start + _CHUNK)
        worth[part] = judge(talk, gauge, runs.part(part), model)
    wish = read_wish(options.about, talk, meaning)
    if MUSIC_WISH not in wish.signals:
        worth = np.where(_music_alone_s(talk, runs) > MOST_MUSIC_S, _NEVER, worth)
    asked = wanted(wish, talk, runs) if wish else np.zeros(len(runs))
    if like is not None:
        asked = asked + alike(like, talk, runs)
    worth = worth + asked
    found = pick(talk, runs, worth, options)
    edged = with_best_edges(talk, runs, worth, found, asked)
    best = settle(talk, runs.part(edged), options)
    weaker = fill_up(talk, runs, worth, best, options) if options.fill else found[:0]
    both = best.joined(settle(talk, runs.part(weaker), options, beside=best))
    if not np.isfinite(worth[found]).all():  # what may not be is better than nothing, but no more
        return _Chosen(talk, both, np.zeros(len(both)), wish, weaker=len(both))
    return _Chosen(talk, both, np.concatenate([worth[found], worth[weaker]]), wish, weaker=len(weaker))


def judge(talk: Talk, gauge: Gauge, runs: Runs, model: Model) -> Floats:
    """What each candidate is worth: the logarithm of a product of chances, minus infinity for what may not
    be."""
    features = gauge.features(runs)
    trap = probability(model["clip_trap"].score(features))
    chances = {
        "opening": probability(talk.opening)[runs.first],
        "ending": probability(talk.ending)[runs.last],
        "clip": probability(model["clip"].score(features)),
        "clip_trap": 1.0 - trap,
    }
    worth = sum(
        (SCORING[name] * np.log(chance + 1e-12) for name, chance in chances.items()), np.zeros(len(runs))
    )
    worth = worth + LIVELY * _liveliness(talk, runs) - _faults(talk, gauge, runs)
    worth = worth + REACTION * (
        running_sum(talk.reaction_s)[runs.last + 1] > running_sum(talk.reaction_s)[runs.first]
    )
    left_out = (trap > TRAP_CHANCE) | (features["gap_max"] >= LONGEST_SILENCE_S)
    left_out |= gauge.barred(runs) > MOST_BARRED
    result: Floats = np.where(left_out, _NEVER, worth)
    return result


def _music_alone_s(talk: Talk, runs: Runs) -> Floats:
    """Seconds of music without words inside each candidate."""
    sums = running_sum(talk.music.alone_s)
    alone: Floats = sums[runs.last] - sums[runs.first]
    return alone


def _faults(talk: Talk, gauge: Gauge, runs: Runs) -> Floats:
    """What is taken off each candidate's log-odds for faults that no content makes up for."""
    signals, first, last = talk.signals, runs.first, runs.last
    asked = np.concatenate([[0.0], (signals.question * (signals.words >= 5))[:-1]]) * signals.turn
    nod = signals.opens("nod") * (signals.words < 5)
    house = signals.counts["house"] + signals.counts["ad"]
    housekeeping = np.array((house > 0) & (talk.traps.odds > 0.0), float)
    found = {
        "weak_opening": _outside(talk.opening, OPENINGS)[first],
        "weak_ending": _outside(talk.ending, ENDINGS)[last],
        "pause_inside": gauge.pause_inside(runs) * (HEARD_REST if talk.liveliness.heard else 1.0),
        "answer_alone": asked[first],
        "fragment": np.maximum(signals.words < 4, nod)[first],
        "open_question": signals.question[last],
        "ends_on_nod": nod[last],
        "housekeeping": np.maximum(housekeeping[first], housekeeping[last]),
    }
    total = np.zeros(len(runs))
    for name, strength in found.items():
        total = total + FAULTS[name] * strength
    return total


def _outside(odds: Floats, share: float) -> Floats:
    """1 for every unit that is not among the best ones."""
    kept = max(FEWEST_EDGES, round(share * len(odds)))
    border = np.sort(odds)[::-1][min(kept, len(odds)) - 1]
    outside: Floats = (odds < border).astype(float)
    return outside


def _liveliness(talk: Talk, runs: Runs) -> Floats:
    """-1..1: how much livelier than the voices' habits a candidate sounds; 0 without sound."""
    if not talk.liveliness.heard:
        return np.zeros(len(runs))
    seconds = talk.signals.seconds
    sums, total = running_sum((2.0 * talk.liveliness.energy - 1.0) * seconds), running_sum(seconds)
    after = runs.last + 1
    mean: Floats = (sums[after] - sums[runs.first]) / (total[after] - total[runs.first])
    return mean


def pick(talk: Talk, runs: Runs, worth: Floats, options: FindOptions) -> Ints:
    """The best candidates, none much the same as a better one; at least one."""
    start_s, end_s = talk.edges.start_s[runs.first], talk.edges.end_s[runs.last]
    if not np.isfinite(worth).any():
        worth = np.zeros(len(runs)) - start_s * 1e-9
    length_s, room_s = _length_s(talk), SECONDS_PER_CLIP_S
    if length_s < _SHORT_S:
        room_s = min(room_s, _ROOM * options.min_length_s)
    enough = max(1, min(options.count, round(length_s / room_s)))
    kept = np.where(worth < float(worth[np.isfinite(worth)].max()) - FLOOR, _NEVER, worth)
    again = partial(said_again, talk, runs)
    return choose(start_s, end_s, kept, enough, MOST_SHARED, again, MOST_SAID_AGAIN)


def fill_up(talk: Talk, runs: Runs, worth: Floats, best: Runs, options: FindOptions) -> Ints:
    """Candidates worth less than those that were picked, as many as are missing of the number asked for; none
    shows, or says again, what another does."""
    free, known = np.isfinite(worth), runs.joined(best)
    for at, (first, last) in enumerate(zip(best.first, best.last, strict=True)):
        free &= (runs.last < first) | (runs.first > last)
        free &= said_again(talk, known, len(runs) + at)[: len(runs)] <= MOST_SAID_AGAIN
    missing = options.count - len(best)
    if missing <= 0 or not free.any():
        return np.array([], np.int64)
    kept = np.where(free & (worth >= float(worth[np.isfinite(worth)].max()) - ASKED_FLOOR), worth, _NEVER)
    start_s, end_s = talk.edges.start_s[runs.first], talk.edges.end_s[runs.last]
    return choose(
        start_s, end_s, kept, missing, MOST_SHARED, partial(said_again, talk, runs), MOST_SAID_AGAIN
    )


def with_best_edges(talk: Talk, runs: Runs, worth: Floats, chosen: Ints, asked: Floats | None = None) -> Ints:
    """Chosen candidates, each exchanged for one that begins or ends a few sentences from it where, all in
    all, that is worth more when edges count for more than in the choice. None overlaps another, and none is
    further from what was ``asked`` for (log-odds, in ``worth`` too) than what it was chosen as."""
    edges = np.log(probability(talk.opening)[runs.first] * probability(talk.ending)[runs.last] + 1e-12)
    total = worth + EDGES * edges
    result = chosen.copy()
    for at in range(len(chosen)):
        first, last = runs.first[result[at]], runs.last[result[at]]
        near = (np.abs(runs.first - first) <= _EDGE_UNITS) & (np.abs(runs.last - last) <= _EDGE_UNITS)
        if asked is not None:
            near &= asked >= asked[result[at]] - _FURTHER
        for other in np.delete(result, at):
            near &= (runs.last < runs.first[other]) | (runs.first > runs.last[other])
        found = np.flatnonzero(near & np.isfinite(total))
        if np.isfinite(total[result[at]]) and len(found):
            result[at] = found[int(np.argmax(total[found]))]
    return result


def settle(talk: Talk, chosen: Runs, options: FindOptions, *, beside: Runs | None = None) -> Runs:
    """Chosen clips with their edges at rest: a question just before is taken in, and where the speaker
    comes to rest within a few sentences the clip lasts until then. No opening becomes a weaker one by that,
    and nothing grows into another clip (of these, or ``beside`` them), into what is left out or beyond the
    longest length."""
    standing = [] if beside is None else list(zip(beside.first, beside.last, strict=True))
    first, last = chosen.first.copy(), chosen.last.copy()
    barred, alone = running_sum(talk.traps.barred.astype(float)), running_sum(talk.music.alone_s)
    rests = np.append(pauses_in(talk) >= _AT_REST, True)
    for at in range(len(chosen)):
        others = [(a, b) for n, (a, b) in enumerate(zip(first, last, strict=True)) if n != at] + standing
        for a, b in _grown(talk, int(first[at]), int(last[at]), rests):
            fits = talk.edges.end_s[b] - talk.edges.start_s[a] <= options.max_length_s
            fits = fits and alone[b] - alone[a] <= max(MOST_MUSIC_S, alone[last[at]] - alone[first[at]])
            fits = fits and barred[b + 1] - barred[a] <= barred[last[at] + 1] - barred[first[at]]
            if fits and all(b < low or a > high for low, high in others):
                first[at], last[at] = a, b
                break
    return Runs(first, last)


def _grown(talk: Talk, first: int, last: int, rests: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Better edges than those of a clip, the best first."""
    to_rest = last
    for b in range(last, min(last + _GROW_UNITS + 1, len(talk))):
        if b > last and (talk.signals.turn[b] or talk.traps.odds[b] > 0.0):
            break
        if rests[b + 1]:
            to_rest = b
            break
    asked = next((at for at in range(first - 1, first - 4, -1) if _is_asked(talk, at, first, rests)), first)
    opening = asked if asked != first else _after_rest(talk, first, rests)
    if asked == first and talk.opening[opening] < talk.opening[first] - _WEAKER:
        opening = first
    pairs = [(opening, to_rest), (first, to_rest), (opening, last)]
    return [pair for pair in dict.fromkeys(pairs) if pair != (first, last)]


def _after_rest(talk: Talk, first: int, rests: NDArray[np.bool_]) -> int:
    """Where the speaker began after a rest, if that is at most two sentences before."""
    for at in range(first, max(-1, first - 3), -1):
        if talk.traps.odds[at] > 0.0:
            break
        if rests[at]:
            return at
        if talk.signals.turn[at]:
            break
    return first


def _is_asked(talk: Talk, at: int, first: int, rests: NDArray[np.bool_]) -> bool:
    """Whether unit ``at`` is a question that stands alone and that unit ``first`` answers: by another
    voice, or after a rest, and pointing at nothing said before."""
    signals = talk.signals
    if (
        at < 0
        or not signals.question[at]
        or signals.words[at] < _QUESTION_WORDS
        or signals.counts["point"][at]
    ):
        return False
    opens = bool(signals.turn[at] or rests[at])
    by_another = signals.turn[at + 1] and signals.turn[at + 1 : first + 1].sum() == 1
    return opens and bool(by_another or first == at + 1)


def _moments(chosen: _Chosen) -> list[Moment]:
    """Clips in order of rank, with scores, titles and reasons."""
    titles: list[str] = []
    moments = []
    for place, score in enumerate(_scores(chosen.worth, chosen.weaker)):
        first, last = int(chosen.runs.first[place]), int(chosen.runs.last[place])
        start = Time.from_seconds(float(chosen.talk.edges.start_s[first]))
        found = title_run(chosen.talk, first, last) or [quiet_title(place + 1, start)]
        titles.append(unique(found, titles))
        reasons = explain(chosen.talk, first, last, wish=chosen.wish, note=chosen.note)
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


def _scores(worth: Floats, weaker: int = 0) -> list[int]:
    """0..100 by rank within the batch, from worths in falling order.

    The best gets 60 to 96, by how good it is in itself: the best of a dull talk is no 97. The others follow
    by half their rank and half their distance to the best one, so that a close second stays close. Those
    last ones that are ``weaker``, and only make up the number, are below what is called good.
    """
    strong = _strong_scores(worth[: len(worth) - weaker]) if weaker < len(worth) else []
    top = min([GOOD - 1, *(score - 1 for score in strong)])
    return strong + [max(0, top - WEAKER_STEP * place) for place in range(weaker)]


def _strong_scores(worth: Floats) -> list[int]:
    best, count = float(worth[0]), len(worth)
    top = round(60 + (SCORE_TOP - 60) * float(np.clip(1.0 + best / 4.0, 0.0, 1.0)))
    if count == 1:
        return [top]
    spread = SCORE_SPREAD * min(1.0, (count + 1) / 8)  # two clips are not forty points apart
    by_rank = np.arange(count) / (count - 1)
    by_distance = (best - worth) / max(best - float(worth[-1]), 1.0)
    return [max(0, round(float(top - spread * fall))) for fall in (by_rank + by_distance) / 2]
