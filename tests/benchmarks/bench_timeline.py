"""How long the timeline takes to paint with ten thousand items on it, while it is scrolled and zoomed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from benchmarks.rows import Row  # noqa: E402 - found by the line above when run as a child

_CAPTIONS, _LAYERS, _CUTS = 8_000, 1_500, 500
_WORDS_EACH = 5
_BAR_MS = 16.0  # a frame at 60 a second
_STEPS = 400


def run() -> list[Row]:
    """A child without a display paints; the window is 1366 pixels wide, at 100 and at 200 %."""
    rows = []
    for scale in ("1", "2"):
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
            environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "QT_SCALE_FACTOR": scale}
            command = [sys.executable, str(Path(__file__)), home]
            done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        what = f"timeline paint p99, {found['items']:,} items, {scale}00 %"
        spread = f"median {found['median_ms']:.1f}, worst {found['worst_ms']:.1f}"
        note = f"{spread}, p99 of processor time {found['cpu_p99_ms']:.1f} ms"
        rows.append(
            Row(what, found["p99_ms"], "ms", _BAR_MS, f"{note}; laid out in {found['build_ms']:.0f} ms")
        )
    return rows


# --- the child's side ------------------------------------------------------------------------------------


def long_clip(clip: Any, transcript: Any) -> Any:
    """The clip over the whole transcript, with layers, cuts and markers spread over it."""
    from viralclip_desktop.core.time import TimeRange
    from viralclip_desktop.domain.clip import Marker, parts_of
    from viralclip_desktop.domain.edits.cuts import outside
    from viralclip_desktop.domain.edits.new_layers import new_layer
    from viralclip_desktop.domain.layers import LayerKind

    length_s = transcript.words[-1].end.seconds
    cuts = tuple(_spread(length_s, _CUTS, 0.4, TimeRange.from_seconds))
    kinds = [LayerKind.PICTURE, LayerKind.MUSIC, LayerKind.VOICE]
    layers = tuple(
        new_layer(f"layer_{n}", kinds[n % 3], f"/media/thing {n}.mp4", within)
        for n, within in enumerate(_spread(length_s - _CUTS * 0.5, _LAYERS, 2.5, TimeRange.from_seconds))
    )
    markers = tuple(
        Marker(within.end, f"Marker {n}")
        for n, within in enumerate(_spread(length_s, 100, 1.0, TimeRange.from_seconds))
    )
    kept = outside(TimeRange.from_seconds(0, length_s), cuts)
    return replace(clip, parts=parts_of(clip.asset_id, *kept), layers=layers, markers=markers)


def _spread(length_s: float, count: int, each_s: float, make: Any) -> list[Any]:
    step = length_s / count
    return [make(n * step + 0.2, n * step + 0.2 + each_s) for n in range(count)]


def many_captions() -> Any:
    """A transcript of as many short sentences as there are captions."""
    from viralclip_desktop.core.time import Time
    from viralclip_desktop.domain.transcript import Sentence, Transcript, Word

    texts = ("Nobody", "tells", "you", "this", "before.")
    words = tuple(
        Word(texts[n % _WORDS_EACH], Time.from_seconds(n * 0.34), Time.from_seconds(n * 0.34 + 0.3), 0.9)
        for n in range(_CAPTIONS * _WORDS_EACH)
    )
    sentences = tuple(Sentence(n * _WORDS_EACH, (n + 1) * _WORDS_EACH) for n in range(_CAPTIONS))
    return Transcript("whisper", "en", words, sentences)


def _paint(home: Path) -> dict[str, float]:
    from PySide6.QtWidgets import QApplication, QWidget
    from support.gui_timeline import make_bench
    from support.projects import add_project, make_recording, make_services

    from viralclip_desktop.gui.theme.theme import start_theme

    application = QApplication(sys.argv[:1])
    start_theme(application)
    services = make_services(home)
    source = add_project(services, make_recording(home / "clip.mp4", 6), clips=1)

    def settle(done: Any) -> None:
        end = time.monotonic() + 30
        while time.monotonic() < end and not done():
            application.processEvents()

    host = QWidget()
    bench = make_bench(services, source.id, host, settle)
    assert bench.session.loaded is not None
    assert bench.session.clip is not None
    transcript = many_captions()
    clip = long_clip(bench.session.clip, transcript)
    bench.context.tasks.drain()
    loaded = replace(bench.session.loaded, transcript=transcript, peaks=_long_peaks(clip.range.end.seconds))
    control = bench.panel.control
    control.show_recording(loaded)
    began = time.perf_counter()
    control.show_clip(clip)
    build_s = time.perf_counter() - began
    times, busy = _measure(bench.panel)
    bench.close()
    services.close()
    times.sort()
    busy.sort()
    items = sum(len(lane) for lane in control.model.lanes)
    return {
        "items": items,
        "build_ms": build_s * 1000,
        "median_ms": times[len(times) // 2] * 1000,
        "p99_ms": times[int(len(times) * 0.99)] * 1000,
        "worst_ms": times[-1] * 1000,
        "cpu_p99_ms": busy[int(len(busy) * 0.99)] * 1000,
    }


def _long_peaks(length_s: float) -> Any:
    """A pyramid as long as the transcript, of noise."""
    import numpy as np

    from viralclip_desktop.media.peaks import BUCKET_SAMPLES, Peaks

    swing = np.random.default_rng(7).integers(500, 20000, int(length_s * 16000 / BUCKET_SAMPLES))
    levels = [np.stack([-swing, swing], axis=1).astype(np.int16)]
    while len(levels[-1]) > 4:
        levels.append(levels[-1][: len(levels[-1]) // 4 * 4].reshape(-1, 4, 2).max(axis=1))
    return Peaks(16000, BUCKET_SAMPLES, tuple(levels))


def _measure(panel: Any) -> tuple[list[float], list[float]]:
    """Scroll and zoom through the whole clip, painting after each step as the window would. Seconds by the
    clock, which the bar is about, and of this thread's processor time, which tells a slow painter from a
    busy machine."""
    control, canvas, times, busy = panel.control, panel.canvas, list[float](), list[float]()
    control.select_all()
    control.fit()
    for step in range(_STEPS):
        phase = step % 100
        if phase < 40:
            control.zoom(1.16, 200 + 10 * phase)
        elif phase < 70:
            control.scroll_to(control.scene.view.scroll_px + 173)
        else:
            control.zoom(1 / 1.22, 600)
        began, began_busy = time.perf_counter(), time.thread_time()
        canvas.viewport().repaint()
        times.append(time.perf_counter() - began)
        busy.append(time.thread_time() - began_busy)
        if step == _STEPS // 2:
            control.selection.clear()
    return times, busy


if __name__ == "__main__":
    print(json.dumps(_paint(Path(sys.argv[1]))))
