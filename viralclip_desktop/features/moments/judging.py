"""Judging a found clip once more after its ends were moved, or words were cut out or put back: what is said
of it is said of what it shows now.

Its score is put among those that its search gave, so that it stands as the others do. What was said of it
before is kept with the search: a clip in which the same is said again gets it back. A clip with cuts is read
in its talk as if what was cut had never been said.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from viralclip_desktop.core.messages import dumps, loads
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.clip import Clip, ClipBatch, Reason, parts_of
from viralclip_desktop.domain.standing import (
    is_as_found,
    said_in,
    said_text,
    with_doubt,
)
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word, join_words
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
_JUDGED: Final = "judged"
_MOST_NOTED: Final = 12  # of what was said of a clip in other states; each takes about a kilobyte
_LONGEST_S: Final = 57.0  # of a sentence, as for clips of usual length
_POINTS: Final = 4.0  # of score for each log-odd beyond the best, or below the weakest, clip of its search


@dataclass(frozen=True)
class Said:
    """What is said of a clip."""

    score: int
    reasons: tuple[Reason, ...]
    quote_first: str
    quote_last: str

    @staticmethod
    def known_of(clip: Clip) -> Said:
        """What is said of a clip as it stands."""
        return Said(clip.score or 0, clip.reasons, clip.quote_first, clip.quote_last)

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
    """Say anew of a found clip how it stands and why, where something else is said in it since, or more or
    less of it was heard for sure; None where that is nothing else. In the history it is a part of the edit
    that changed it. Takes up to some seconds."""
    clip = store.clip(clip_id)
    transcript = store.transcript(clip.source_id) if clip.source_id and clip.score is not None else None
    if transcript is None:
        return None
    said = _said_of(store, paths, clip, transcript)
    after = with_doubt(said.of(clip), transcript)
    if after == clip:
        return None
    with store.transaction(_JUDGE, clip.project_id, follows=True) as tx:
        now = tx.clip(clip_id)
        if now.parts != clip.parts:  # moved on meanwhile: it is judged after that
            return None
        after = Said.known_of(after).of(now)
        tx.put(after)
        return after


def _said_of(store: Store, paths: DataPaths, clip: Clip, transcript: Transcript) -> Said:
    """What was said of a clip when these words were last said in it, the first time by its search; else what
    is to be said now."""
    batch, now = store.batch(clip.batch_id), Said.known_of(clip)
    notes, key = _notes(batch, clip.id), _name(clip, transcript)
    first = notes.get(_FIRST, now)
    if is_as_found(first.of(clip), transcript):
        return first
    if key in notes:
        return notes[key]
    if len(notes) == 1 and is_as_found(clip, transcript):  # judged before all that was said was noted
        return now
    said = _said_now(store, paths, clip, transcript) or now
    with store.transaction(_JUDGE, clip.project_id, undoable=False) as tx:
        tx.put(_with_notes(tx.batch(clip.batch_id), clip.id, {_FIRST: first, key: said}))
    return said


def _name(clip: Clip, transcript: Transcript) -> str:
    """A name for what is said in a clip."""
    return hashlib.sha256(said_text(clip, transcript).encode()).hexdigest()[:16]


def _found_beside(store: Store, clip: Clip, transcript: Transcript) -> list[tuple[Clip, int]]:
    """The clips of its search as that left them, itself too where its ends are where they were, each with the
    score it had."""
    batch, known = store.batch(clip.batch_id), []
    for one in store.clips(clip.source_id):
        if one.batch_id == clip.batch_id and one.score is not None:
            first = _notes(batch, one.id).get(_FIRST, Said.known_of(one))
            found = first.of(replace(one, parts=parts_of(one.asset_id, one.range)))
            if is_as_found(found, transcript):
                known.append((found, first.score))
    return known


def _said_now(store: Store, paths: DataPaths, clip: Clip, transcript: Transcript) -> Said | None:
    """None for a clip in which no sentence is said."""
    whole = _talk_of(store, paths, clip.source_id, transcript)
    is_whole = said_in(clip, transcript) == list(transcript.words_between(clip.range))
    talk, played = (whole, clip) if is_whole else _without_cuts(store, paths, clip, transcript)
    own = _units_in(talk, played)
    if own is None:
        return None
    beside = _found_beside(store, clip, transcript)
    known = [(units, score) for one, score in beside if (units := _units_in(whole, one)) is not None]
    parts = _sentences_in(talk, played)
    broken = sum(len(said) < last - first for said, first, last in (parts[0], parts[-1]))
    return Said(
        _score(
            float(_worths(talk, [own])[0]) - FAULTS["fragment"] * broken,
            _worths(whole, [units for units, _ in known]),
            np.array([score for _, score in known], float),
        ),
        explain(talk, *own),
        join_words([word.text for word in parts[0][0]]),
        join_words([word.text for word in parts[-1][0]]),
    )


def _worths(talk: Talk, pairs: Sequence[tuple[int, int]]) -> np.ndarray[Any, Any]:
    if not pairs:
        return np.zeros(0)
    runs = Runs(np.array([first for first, _ in pairs]), np.array([last for _, last in pairs]))
    return judge(talk, Gauge(talk), runs, load_model())


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


def _without_cuts(store: Store, paths: DataPaths, clip: Clip, transcript: Transcript) -> tuple[Talk, Clip]:
    """A talk as if what is cut out of a clip had never been said, and the clip in it."""
    cuts = clip.cuts
    with _reading:
        talk = _read(store.source(clip.source_id), paths, _closed(transcript, cuts), cuts)
    within = TimeRange(_earlier(clip.range.start, cuts), _earlier(clip.range.end, cuts))
    return talk, replace(clip, parts=parts_of(clip.asset_id, within))


def _closed(transcript: Transcript, cuts: Sequence[TimeRange]) -> Transcript:
    """A transcript without the words whose middle lies in a cut; the others come earlier."""
    places, words = [0], list[Word]()
    for word in transcript.words:
        middle = Time((word.start.ticks + word.end.ticks) // 2)
        if not _plays(cuts, middle):
            start, end = _earlier(word.start, cuts), _earlier(word.end, cuts)
            words.append(replace(word, start=start, end=end))
        places.append(len(words))
    said = (Sentence(places[one.first], places[one.last]) for one in transcript.sentences)
    return replace(
        transcript, words=tuple(words), sentences=tuple(one for one in said if one.first < one.last)
    )


def _earlier(at: Time, cuts: Sequence[TimeRange]) -> Time:
    """When a moment comes once the cuts before it are closed."""
    return at - Time(sum((min(at, cut.end) - cut.start).ticks for cut in cuts if cut.start < at))


def _read(source: Source, paths: DataPaths, transcript: Transcript, cuts: Sequence[TimeRange] = ()) -> Talk:
    lexicon = load_lexicon(transcript.language)
    sound = load_sound(paths.source_cache(source.id) / MEASURED_SOUND)
    if sound is not None and cuts:
        sound = sound.without([(cut.start.seconds, cut.end.seconds) for cut in cuts])
    length = _earlier(source.info.duration, cuts)
    units = units_of(transcript, _LONGEST_S, lexicon)
    return read_talk(transcript, units, lexicon, sound, length.seconds, load_model())


def _notes(batch: ClipBatch, clip_id: str) -> dict[str, Said]:
    """What was said of a clip, by the name of what was said in it; the first of it by its search."""
    found: dict[str, Said] = {}
    for name in (_FIRST, _JUDGED):
        kept: Any = batch.settings.get(name, {})
        notes = kept.get(clip_id, {})
        for key, note in ({name: notes} if name == _FIRST and notes else notes).items():
            reasons = tuple(Reason(kind, strength, loads(text)) for kind, strength, text in note["reasons"])
            found[key] = Said(note["score"], reasons, *note["quotes"])
    return found


def _with_notes(batch: ClipBatch, clip_id: str, new: Mapping[str, Said]) -> ClipBatch:
    noted = {key: _note(said) for key, said in {**_notes(batch, clip_id), **new}.items()}
    first: Any = batch.settings.get(_FIRST, {})
    judged: Any = batch.settings.get(_JUDGED, {})
    own = {key: note for key, note in noted.items() if key != _FIRST}
    last = dict(list(own.items())[-_MOST_NOTED:])
    more = {_FIRST: first | {clip_id: noted[_FIRST]}, _JUDGED: judged | {clip_id: last}}
    return replace(batch, settings=batch.settings | more)


def _note(said: Said) -> dict[str, Any]:
    reasons = [[reason.kind, reason.strength, dumps(reason.text)] for reason in said.reasons]
    return {"score": said.score, "quotes": [said.quote_first, said.quote_last], "reasons": reasons}
