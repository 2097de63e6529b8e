"""Transcription: what the program adds to the engine's own time, and its memory on a long recording."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from benchmarks.rows import Row
from support import stored
from support.speech import RATE_HZ, WHISPER_MINI, silence, spoken, write_wav

from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.time import Time
from viralclip_desktop.features.transcription import transcribe_source
from viralclip_desktop.store import Store

MINUTES = 8
ROUNDS = 3
SENTENCES = (
    "Hello world. This is a video clip.",
    "What is the number? The number is seven.",
    "Today we play music in the garden.",
    "The dog and the cat open the window.",
)

# faster-whisper by itself, with the options the program uses.
BARE = """
import sys, faster_whisper
model = faster_whisper.WhisperModel(sys.argv[2], device="cpu", compute_type="int8", local_files_only=True,
                                    cpu_threads=int(sys.argv[3]))
segments, info = model.transcribe(sys.argv[1], word_timestamps=True, vad_filter=True,
                                  condition_on_previous_text=False, hallucination_silence_threshold=2.0)
print(sum(len(segment.words) for segment in segments))
"""


def run() -> list[Row]:
    """Measure with the toy model, the fastest engine there is: with a real one the share is smaller still."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        wav = _talk(work)
        pairs = [(_bare(wav), _ours(work, wav, number)) for number in range(ROUNDS)]
    bare, ours = (min(times) for times in zip(*pairs, strict=True))
    note = f"against faster-whisper's own {bare:.1f} s for {MINUTES} min of speech with the toy model"
    return [Row("the program's own cost around a transcription", 100 * (ours / bare - 1), "%", 5, note)]


def _talk(work: Path) -> Path:
    parts = [part for text in SENTENCES for part in (spoken(text, work), silence(0.7))]
    once = np.concatenate(parts)
    wav = work / "talk.wav"
    write_wav(wav, np.tile(once, 1 + MINUTES * 60 * RATE_HZ // len(once)))
    return wav


def _bare(wav: Path) -> float:
    from viralclip_desktop.engines.stt.whisper import cpu_threads

    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", BARE, str(wav), str(WHISPER_MINI), str(cpu_threads())],
        check=True,
        capture_output=True,
    )
    return time.perf_counter() - started


def _ours(work: Path, wav: Path, number: int) -> float:
    home = work / str(number)
    paths = DataPaths(home, WHISPER_MINI.parent)
    speech = paths.source_cache("src_1") / "speech.wav"
    speech.parent.mkdir(parents=True)
    speech.hardlink_to(wav)
    with stored.new_store(home) as store:
        _put_source(store)
        started = time.perf_counter()
        transcribe_source(store, paths, "src_1", environ={})
        return time.perf_counter() - started


def _put_source(store: Store) -> None:
    source = stored.source()
    info = replace(source.info, duration=Time.from_seconds(MINUTES * 60))
    with store.transaction("Import", "proj_1") as tx:
        tx.put(stored.project())
        tx.put(stored.with_file(source, info=info))
