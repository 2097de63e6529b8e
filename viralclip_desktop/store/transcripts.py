"""Transcripts as rows: one row a sentence, its words as one flat JSON array.

A change rewrites the sentences it touched and nothing else; reading builds the words with C-level maps
(100,000 of them in well under 250 ms, where calling the constructors alone takes longer than that).
"""

from __future__ import annotations

import gc
import json
import secrets
import threading
from collections import OrderedDict, deque
from dataclasses import dataclass, field, replace
from itertools import chain, islice, repeat
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import Connection, delete, insert, select, update

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.transcript import Sentence, Transcript, Word
from viralclip_desktop.store.codec import dumps
from viralclip_desktop.store.tables import subtitle_segments, video_sources

Item = TypeVar("Item")
_FIELDS = 5  # text, start, end, confidence, speaker
_CACHED = 3  # transcripts kept in memory: what an editor has open, and the ones before


class SegmentRow(NamedTuple):
    """One sentence as stored; times in ticks of source time."""

    start: int
    end: int
    text: str
    words: str


@dataclass(frozen=True)
class StoredTranscript:
    """A whole transcript as stored, and as the domain knows it once somebody asked."""

    engine: str
    language: str
    rows: tuple[SegmentRow, ...]
    decoded: Transcript | None = field(default=None, compare=False, repr=False)
    track: int | None = None


def encode(transcript: Transcript, known: StoredTranscript | None = None) -> StoredTranscript:
    """A transcript as rows; those of ``known`` are taken over where its sentences are the same.

    Raises ValueError when the sentences do not cover the words.
    """
    covered = 0
    for sentence in transcript.sentences:
        if sentence.first != covered or sentence.last <= sentence.first:
            raise ValueError(f"sentences must cover all words in order, this one does not: {sentence}")
        covered = sentence.last
    if covered != len(transcript.words):
        raise ValueError(f"sentences cover {covered} of {len(transcript.words)} words")
    old = known.rows if known else ()
    head, tail = _same_sentences(known.decoded if known else None, transcript)
    changed = transcript.sentences[head : len(transcript.sentences) - tail]
    middle = tuple(_encode_sentence(transcript, sentence) for sentence in changed)
    rows = old[:head] + middle + old[len(old) - tail :]
    return StoredTranscript(transcript.engine, transcript.language, rows, transcript, transcript.track)


def _same_sentences(old: Transcript | None, new: Transcript) -> tuple[int, int]:
    """How many sentences at the beginning and at the end have the same words at the same times."""
    if old is None:
        return 0, 0

    def same(one: Sentence, other: Sentence) -> bool:
        return old.words[one.first : one.last] == new.words[other.first : other.last]

    pairs = list(zip(old.sentences, new.sentences, strict=False))
    head = next((place for place, pair in enumerate(pairs) if not same(*pair)), len(pairs))
    backwards = zip(reversed(old.sentences), reversed(new.sentences), strict=False)
    rest = list(islice(backwards, len(pairs) - head))
    tail = next((place for place, pair in enumerate(rest) if not same(*pair)), len(rest))
    return head, tail


def _encode_sentence(transcript: Transcript, sentence: Sentence) -> SegmentRow:
    words = transcript.words[sentence.first : sentence.last]
    flat: list[Any] = []
    for word in words:
        flat += (word.text, word.start.ticks, word.end.ticks, word.confidence, word.speaker)
    return SegmentRow(words[0].start.ticks, words[-1].end.ticks, transcript.text_of(sentence), dumps(flat))


def decode(stored: StoredTranscript, known: StoredTranscript | None = None) -> Transcript:
    """The transcript of ``encode``. Where ``known`` has the same sentences, decoded, they are taken over: all
    of a hundred thousand words anew would hold up every thread."""
    if stored.decoded is not None:
        return stored.decoded
    if known is None or known.decoded is None:
        return Transcript(stored.engine, stored.language, *_of_rows(stored.rows), stored.track)
    old = known.decoded
    first, gone, come = difference(known.rows, stored.rows)
    begins = [*(sentence.first for sentence in old.sentences), len(old.words)]
    start, end = begins[first], begins[first + len(gone)]
    words, sentences = _of_rows(come)
    moved = start + len(words) - end
    return Transcript(
        stored.engine,
        stored.language,
        old.words[:start] + words + old.words[end:],
        old.sentences[:first]
        + _shifted(sentences, start)
        + _shifted(old.sentences[first + len(gone) :], moved),
        stored.track,
    )


def _shifted(sentences: tuple[Sentence, ...], by: int) -> tuple[Sentence, ...]:
    return tuple(Sentence(one.first + by, one.last + by) for one in sentences) if by else sentences


def _of_rows(rows: tuple[SegmentRow, ...]) -> tuple[tuple[Word, ...], tuple[Sentence, ...]]:
    per_sentence = json.loads("[" + ",".join([row.words for row in rows]) + "]")
    sentences, first = [], 0
    for flat in per_sentence:
        last = first + len(flat) // _FIELDS
        sentences.append(Sentence(first, last))
        first = last
    return _words(list(chain.from_iterable(per_sentence))), tuple(sentences)


def _words(flat: list[Any]) -> tuple[Word, ...]:
    collecting = gc.isenabled()
    gc.disable()  # 300,000 new objects would set off collections that find nothing
    try:
        columns = [flat[index::_FIELDS] for index in range(_FIELDS)]
        starts, ends = _made(Time, ticks=columns[1]), _made(Time, ticks=columns[2])
        text, _, _, confidence, speaker = columns
        return tuple(_made(Word, text=text, start=starts, end=ends, confidence=confidence, speaker=speaker))
    finally:
        if collecting:
            gc.enable()


def _made(kind: type[Any], **columns: list[Any]) -> list[Any]:
    """Objects of a frozen class with slots, filled column by column."""
    made = list(map(object.__new__, repeat(kind, len(next(iter(columns.values()))))))
    for name, values in columns.items():
        deque(map(vars(kind)[name].__set__, made, values), maxlen=0)
    return made


def load(connection: Connection, source_id: str) -> StoredTranscript | None:
    """The stored transcript of a source; None when it has none."""
    names = ("transcript_engine", "transcript_language", "transcript_track", "transcript_revision")
    head = select(*video_sources.c[names])
    row = connection.execute(head.where(video_sources.c.id == source_id)).first()
    if row is None or row.transcript_revision is None:
        return None
    columns = subtitle_segments.c["start_ticks", "end_ticks", "text", "words"]
    query = select(*columns).where(subtitle_segments.c.source_id == source_id)
    rows = connection.execute(query.order_by(subtitle_segments.c.idx))
    segments = tuple(SegmentRow(*values) for values in rows)
    engine, language = row.transcript_engine or "", row.transcript_language or ""
    return StoredTranscript(engine, language, segments, track=row.transcript_track)


def save(
    connection: Connection, source_id: str, old: StoredTranscript | None, new: StoredTranscript | None
) -> str | None:
    """Replace ``old`` (what is stored now) by ``new``, writing only what differs; returns the revision."""
    revision = secrets.token_hex(8) if new else None
    head = update(video_sources).where(video_sources.c.id == source_id)
    done = connection.execute(
        head.values(
            transcript_engine=new.engine if new else None,
            transcript_language=new.language if new else None,
            transcript_track=new.track if new else None,
            transcript_revision=revision,
        )
    )
    if done.rowcount == 0:
        raise NotFound("The recording of this transcript no longer exists.")
    old_rows = old.rows if old else ()
    new_rows = new.rows if new else ()
    first, old_part, new_part = difference(old_rows, new_rows)
    _replace(connection, source_id, first, len(old_part), new_part)
    return revision


def _replace(
    connection: Connection, source_id: str, first: int, count: int, rows: tuple[SegmentRow, ...]
) -> None:
    table = subtitle_segments
    mine = table.c.source_id == source_id
    if count:
        connection.execute(delete(table).where(mine, table.c.idx >= first, table.c.idx < first + count))
    if shift := len(rows) - count:
        # two steps, because SQLite checks (source, idx) row by row: away below zero, then back shifted
        tail = update(table).where(mine, table.c.idx >= first + count)
        connection.execute(tail.values(idx=-1 - table.c.idx - shift))
        connection.execute(update(table).where(mine, table.c.idx < 0).values(idx=-1 - table.c.idx))
    if rows:
        connection.execute(
            insert(table),
            [
                {
                    "source_id": source_id,
                    "idx": first + offset,
                    "start_ticks": row.start,
                    "end_ticks": row.end,
                    "text": row.text,
                    "words": row.words,
                }
                for offset, row in enumerate(rows)
            ],
        )


def difference(
    old: tuple[Item, ...], new: tuple[Item, ...]
) -> tuple[int, tuple[Item, ...], tuple[Item, ...]]:
    """Where the two first differ, and what stands there in each up to their common end."""
    shortest = min(len(old), len(new))
    first = 0
    while first < shortest and old[first] == new[first]:
        first += 1
    tail = 0
    while tail < shortest - first and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    return first, old[first : len(old) - tail], new[first : len(new) - tail]


class TranscriptCache:
    """The last few transcripts, by source and revision."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[str, StoredTranscript]] = OrderedDict()
        self._lock = threading.Lock()

    def read(self, connection: Connection, source_id: str) -> Transcript | None:
        """The transcript of a recording, from memory when it is still the stored one."""
        stored = self.stored(connection, source_id)
        return None if stored is None else stored.decoded

    def stored(self, connection: Connection, source_id: str) -> StoredTranscript | None:
        """The same as rows, decoded already."""
        column = select(video_sources.c.transcript_revision).where(video_sources.c.id == source_id)
        revision = connection.execute(column).scalar()
        if revision is None:
            return None
        with self._lock:
            kept = self._kept.get(source_id)
        stored = kept[1] if kept is not None and kept[0] == revision else load(connection, source_id)
        if stored is not None:
            stored = replace(stored, decoded=decode(stored))
            self.keep(source_id, revision, stored)
        return stored

    def keep(self, source_id: str, revision: str | None, stored: StoredTranscript | None) -> None:
        """Remember a transcript just written. One that is rolled back is never found: its revision isn't."""
        if revision is None or stored is None:
            return
        with self._lock:
            self._kept[source_id] = (revision, stored)
            self._kept.move_to_end(source_id)
            while len(self._kept) > _CACHED:
                self._kept.popitem(last=False)
