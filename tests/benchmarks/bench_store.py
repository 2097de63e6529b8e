"""The database: opening a project with 100,000 words, storing one edit, finding a word."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from benchmarks.rows import Row
from support import stored

from viralclip_desktop.store import Store

WORDS = 100_000
CLIPS = 20
ROUNDS = 7


def run() -> list[Row]:
    """Measure on a database made here."""
    with tempfile.TemporaryDirectory() as folder:
        _make(Path(folder))
        opening = [_timed(lambda: _open_project(Path(folder))) for _ in range(ROUNDS)]
        with stored.new_store(Path(folder)) as store:
            store.transcript("src_1")
            rename = [_timed(lambda: _rename(store)) for _ in range(ROUNDS)]
            correct = [_timed(lambda: _correct(store)) for _ in range(ROUNDS)]
            find = [_timed(lambda: store.search("told nob")) for _ in range(ROUNDS)]
    note = f"median of {ROUNDS}"
    return [
        Row("Opening a project with 100,000 words", statistics.median(opening), "ms", 300, note),
        Row("Storing an edit of a clip, synced to disk", statistics.median(rename), "ms", None, note),
        Row("Correcting one of 100,000 words", statistics.median(correct), "ms", None, note),
        Row("Finding words in 100,000", statistics.median(find), "ms", None, note),
    ]


def _timed(action: Callable[[], object]) -> float:
    """How long it takes, in milliseconds."""
    started = time.perf_counter()
    action()
    return 1000 * (time.perf_counter() - started)


def _make(folder: Path) -> None:
    with stored.new_store(folder) as store:
        stored.fill(store)
        with store.transaction("Transcribe", "proj_1") as tx:
            tx.put_transcript("src_1", stored.long_transcript(WORDS))
            for number in range(2, CLIPS + 1):
                tx.put(stored.clip(f"clip_{number}", rank=number))


def _open_project(folder: Path) -> None:
    """What the window reads before it shows a project, nothing in memory yet."""
    with stored.new_store(folder) as store:
        store.projects()
        (source,) = store.sources("proj_1")
        transcript = store.transcript(source.id)
        assert transcript is not None
        assert len(transcript.words) == WORDS
        assert len(store.clips(source.id)) == CLIPS
        store.exports()
        store.history("proj_1")


def _rename(store: Store) -> None:
    with store.transaction("Rename clip", "proj_1") as tx:
        clip = tx.clip("clip_1")
        tx.put(replace(clip, title=clip.title + "."))


def _correct(store: Store) -> None:
    transcript = store.transcript("src_1")
    assert transcript is not None
    words = list(transcript.words)
    middle = len(words) // 2
    words[middle] = replace(words[middle], text=words[middle].text + "s")
    with store.transaction("Correct word", "proj_1") as tx:
        tx.put_transcript("src_1", replace(transcript, words=tuple(words)))
