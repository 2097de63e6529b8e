"""The waveform: building it against ffmpeg's bare decode, its memory on ten hours, drawing from it."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import psutil
from benchmarks.rows import Row

from viralclip_desktop.core.progress import ProgressEvent
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.media.audio import decode_sound
from viralclip_desktop.media.peaks import Peaks, build_peaks
from viralclip_desktop.media.probe import probe
from viralclip_desktop.media.run import input_args, run_ffmpeg

MINUTES, HOURS = 20, 10
ROUNDS = 5


def run() -> list[Row]:
    """Measure on sound made here: pink noise, AAC, 48 kHz stereo."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        _make(work / "minute.m4a")
        return [*_speed(work), *_ten_hours(work)]


def _make(path: Path) -> None:
    noise = "anoisesrc=color=pink:amplitude=0.5:sample_rate=48000:duration=60,aformat=channel_layouts=stereo"
    run_ffmpeg(["-f", "lavfi", "-i", noise, "-b:a", "160k", str(path)])


def _repeated(work: Path, minutes: int) -> Path:
    out = work / f"{minutes}.m4a"
    loops = ["-stream_loop", str(minutes - 1)]
    run_ffmpeg([*loops, *input_args(work / "minute.m4a"), "-c", "copy", str(out)])
    return out


def _speed(work: Path) -> list[Row]:
    film, out, wav = _repeated(work, MINUTES), work / "a.peaks", work / "a.wav"
    info = probe(film)
    ways: tuple[Callable[[], object], ...] = (
        lambda: run_ffmpeg([*input_args(film), "-map", "0:a", "-f", "null", "-"]),
        lambda: build_peaks(film, info, 0, out),
        lambda: decode_sound(film, info, 0, wav, out),
    )
    # In turns, the best of each: what else the machine does then hits all three alike.
    rounds = [[_seconds(way) for way in ways] for _ in range(ROUNDS)]
    bare, peaks, both = (min(times) for times in zip(*rounds, strict=True))
    against = f"against ffmpeg's bare decode of {MINUTES} min: {bare:.2f} s"
    return [
        Row("waveform peaks", peaks / bare, "x", 1.2, against),
        Row("waveform peaks and speech wav in one pass", both / bare, "x", None, against),
    ]


def _seconds(way: Callable[[], object]) -> float:
    started = time.perf_counter()
    way()
    return time.perf_counter() - started


def _ten_hours(work: Path) -> list[Row]:
    film = _repeated(work, HOURS * 60)
    info = probe(film)
    before, most = _memory_mb(), 0.0

    def look(event: ProgressEvent) -> None:
        nonlocal most
        most = max(most, _memory_mb())

    peaks = build_peaks(film, info, 0, work / "long.peaks", progress=look)
    look(ProgressEvent("end"))
    note = "this process and ffmpeg's together"
    return [Row(f"memory for the waveform of {HOURS} h", most - before, "MB", 150, note), _drawing(peaks)]


def _memory_mb() -> float:
    this = psutil.Process()
    return sum(process.memory_info().rss for process in (this, *this.children(recursive=True))) / 1e6


def _drawing(peaks: Peaks) -> Row:
    lengths_s = [HOURS * 3600 * share for share in (1.0, 0.3, 0.1, 0.01, 0.001, 0.0001)]
    ranges = [TimeRange.from_seconds(0, length) for length in lengths_s]
    worst = max(_seconds(partial(peaks.between, within, 1920)) for within in ranges)
    return Row(f"drawing 1,920 px of {HOURS} h at any zoom", 1000 * worst, "ms", None, "slowest of six zooms")
