"""Judging a found clip once more after its ends were moved: what is said of it is said of what it shows now.

Its score is put among those of the other clips of its search, so that it stands as they do. What was first
said of it is kept with the search: a clip that is moved back gets it back.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from viralclip_desktop.core.messages import dumps, loads
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip, ClipBatch, Reason
from viralclip_desktop.domain.standing import is_as_found
from viralclip_desktop.domain.transcript import Transcript, Word, join_words
from viralclip_desktop.features.common.derived import MEASURED_SOUND
from viralclip_desktop.features.moments.candidates import Gauge, Runs
from viralclip_desktop.features.moments.lexicon import load_lexicon
from viralclip_desktop.features.moments.model import load_model
from viralclip_desktop.features.moments.ranker import judge
from viralclip_desktop.features.moments.reasons import explain
from viralclip_desktop.features.moments.sound import load_sound
from viralclip_desktop.features.moments.talk import Talk, read_talk
from viralclip_desktop.features.moments.units import units_of
from viralclip_desktop.features.moments.weights import FAULTS, SCORE_TOP

if TYPE_CHECKING:
    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.store.store import Store

_JUDGE: Final = "Judge clip"
_FIRST: Final = "as_found"
_LONGEST_S: Final = 57.0  # of a sentence, as for clips of usual length
_POINTS: Final = 4.0  # of score for each log-odd beyond the best, or below the weakest, clip of its search


@dataclass(frozen=True)
class Said:
    """What is said of a clip."""

    score: int
    reasons: tuple[Reason, ...]
    quote_first: str
    quote_last: str

    def of(self, clip: Clip) -> Clip:
        """The clip with this said of it."""
        return replace(
            clip,
            score=self.score,
            reasons=self.reasons,
            quote_first=self.quote_first,
            quote_last=self.quote_last,
        )


def judge_again(store: Store, paths: DataPaths, clip_id: str) -> Clip | None:
    """Say anew of a found clip how it stands and why, where its ends were moved over words since; None where
    that is nothing else. In the history it is a part of the edit that moved them. Takes up to some
    seconds."""
    clip = store.clip(clip_id)
    transcript = store.transcript(clip.source_id) if clip.source_id and clip.score is not None else None
    if transcript is None or is_as_found(clip, transcript):
        return None
    batch = store.batch(clip.batch_id)
    first = _noted(batch, clip) or Said(clip.score or 0, clip.reasons, clip.quote_first, clip.quote_last)
    back = is_as_found(first.of(clip), transcript)
    said = (
        first
        if back
        else _said_now(_talk_of(store, paths, clip.source_id, transcript), clip, _beside(store, clip))
    )
    if said is None:
        return None
    with store.transaction(_JUDGE, clip.project_id, undoable=False) as tx:
        tx.put(_with_note(tx.batch(clip.batch_id), clip_id, first))
    with store.transaction(_JUDGE, clip.project_id, follows=True) as tx:
        now = tx.clip(clip_id)
        if now.parts != clip.parts:  # moved on meanwhile: it is judged after that
            return None
        tx.put(said.of(now))
        return said.of(now)


def _beside(store: Store, clip: Clip) -> list[Clip]:
    """The other clips of its search, as it left them."""
    transcript = store.transcript(clip.source_id)
    others = (one for one in store.clips(clip.source_id) if one.batch_id == clip.batch_id)
    return [
        one for one in others if one.id != clip.id and one.score is not None and is_as_found(one, transcript)
    ]


def _said_now(talk: Talk, clip: Clip, beside: Sequence[Clip]) -> Said | None:
    """None for a clip in which no sentence is said."""
    own = _units_in(talk, clip)
    if own is None:
        return None
    known = [(units, one) for one in beside if (units := _units_in(talk, one)) is not None]
    pairs = (own, *(units for units, _ in known))
    runs = Runs(np.array([first for first, _ in pairs]), np.array([last for _, last in pairs]))
    worth = judge(talk, Gauge(talk), runs, load_model())
    parts = _sentences_in(talk, clip)
    broken = sum(len(said) < last - first for said, first, last in (parts[0], parts[-1]))
    scores = np.array([one.score for _, one in known], float)
    return Said(
        _score(float(worth[0]) - FAULTS["fragment"] * broken, worth[1:], scores),
        explain(talk, *own),
        join_words([word.text for word in parts[0][0]]),
        join_words([word.text for word in parts[-1][0]]),
    )


def _sentences_in(talk: Talk, clip: Clip) -> list[tuple[list[Word], int, int]]:
    """What is said of each sentence between a clip's ends, with where it begins and ends in the talk."""
    words = talk.transcript.words_between(clip.range)
    first = talk.transcript.words.index(words[0])
    places = range(first, first + len(words))
    return [
        ([talk.transcript.words[n] for n in said], unit.first, unit.last)
        for unit in talk.units
        if (said := range(max(places.start, unit.first), min(places.stop, unit.last)))
    ]


def _units_in(talk: Talk, clip: Clip) -> tuple[int, int] | None:
    """The first and the last sentence whose middle plays in a clip."""
    middles = (talk.edges.start_s + talk.edges.end_s) / 2
    kept = clip.kept
    inside = [n for n, middle in enumerate(middles) if _plays(kept, Time.from_seconds(float(middle)))]
    return (inside[0], inside[-1]) if inside else None


def _plays(kept: Sequence[TimeRange], at: Time) -> bool:
    return any(one.contains(at) for one in kept)


def _score(worth: float, known: np.ndarray[Any, Any], scores: np.ndarray[Any, Any]) -> int:
    """Where a worth lies among known ones with their scores; beyond them by its distance."""
    there = np.isfinite(known)
    if not np.isfinite(worth):
        return 0
    if not there.any():
        return round(60 + (SCORE_TOP - 60) * float(np.clip(1.0 + worth / 4.0, 0.0, 1.0)))
    at, marks = np.sort(known[there]), np.sort(scores[there])
    beyond = _POINTS * (max(0.0, worth - at[-1]) - max(0.0, at[0] - worth))
    return round(float(np.clip(np.interp(worth, at, marks) + beyond, 0, SCORE_TOP)))


_reading = threading.Lock()
_last: dict[str, tuple[Transcript, Talk]] = {}


def _talk_of(store: Store, paths: DataPaths, source_id: str, transcript: Transcript) -> Talk:
    """A talk as the finder reads it; the one read last is kept in mind."""
    with _reading:
        known = _last.get(source_id)
        if known is not None and known[0] is transcript:
            return known[1]
        talk = _read(store.source(source_id), paths, transcript)
        _last.clear()
        _last[source_id] = (transcript, talk)
        return talk


def _read(source: Source, paths: DataPaths, transcript: Transcript) -> Talk:
    lexicon = load_lexicon(transcript.language)
    sound = load_sound(paths.source_cache(source.id) / MEASURED_SOUND)
    units = units_of(transcript, _LONGEST_S, lexicon)
    return read_talk(transcript, units, lexicon, sound, source.info.duration.seconds, load_model())


def _noted(batch: ClipBatch, clip: Clip) -> Said | None:
    notes: Any = batch.settings.get(_FIRST, {})
    note = notes.get(clip.id)
    if note is None:
        return None
    reasons = tuple(Reason(kind, strength, loads(text)) for kind, strength, text in note["reasons"])
    return Said(note["score"], reasons, *note["quotes"])


def _with_note(batch: ClipBatch, clip_id: str, first: Said) -> ClipBatch:
    notes: Any = batch.settings.get(_FIRST, {})
    reasons = [[reason.kind, reason.strength, dumps(reason.text)] for reason in first.reasons]
    note = {"score": first.score, "quotes": [first.quote_first, first.quote_last], "reasons": reasons}
    return replace(batch, settings=batch.settings | {_FIRST: notes | {clip_id: note}})
