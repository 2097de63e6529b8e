"""The preview: exact frames after a seek, and playing, at the size the window shows."""

from __future__ import annotations

import random
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.bench_export import captioned, make_film
from benchmarks.rows import Row

from viralclip_desktop.compose.plan import RenderPlan
from viralclip_desktop.core.geometry import Aspect, preview_size
from viralclip_desktop.core.time import Time
from viralclip_desktop.domain.clip import Framing
from viralclip_desktop.media.preview import PreviewStream, PreviewVideo
from viralclip_desktop.media.render import render_frame

SIZE = preview_size(Aspect.VERTICAL, 540)
SEEKS = 40


def run() -> list[Row]:
    """Measure on a film made here: moving, grainy 720p at 30, two seconds between keyframes."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        plan = captioned(make_film(work / "film.mp4", 40), 5.0, 30)
        plan = replace(plan, loudness=replace(plan.loudness, gain_db=6.0))
        fitted = replace(plan, framing=Framing.FIT)
        return [_stills(plan, work), *_playing(plan, "cropped", work), *_playing(fitted, "fitted", work)]


def _stills(plan: RenderPlan, work: Path) -> Row:
    chance = random.Random(1)
    render_frame(plan, SIZE, Time(0), work)
    times = sorted(_still_s(plan, Time.from_seconds(chance.uniform(0, 29.9)), work) for _ in range(SEEKS))
    note = f"{SEEKS} seeks, keyframes 2 s apart, {SIZE}; median {1000 * times[SEEKS // 2]:.0f} ms"
    return Row("exact preview frame, p95", 1000 * times[int(SEEKS * 0.95)], "ms", 120, note)


def _still_s(plan: RenderPlan, at: Time, work: Path) -> float:
    started = time.perf_counter()
    render_frame(plan, SIZE, at, work)
    return time.perf_counter() - started


def _playing(plan: RenderPlan, what: str, work: Path) -> list[Row]:
    started, first_s, frames = time.perf_counter(), 0.0, 0
    with PreviewStream(plan, SIZE, Time.from_seconds(1), work) as stream:
        for item in stream:
            if isinstance(item, PreviewVideo):
                frames += 1
                first_s = first_s or time.perf_counter() - started
    seconds = (time.perf_counter() - started) / frames
    rate = float(plan.fps)
    note = f"{what}, {SIZE} with sound: {1 / seconds:.0f} frames a second"
    return [
        Row(f"time to make a playing frame, {what}", seconds * rate, "x its duration", 1.0, note),
        Row(f"playing starts after, {what}", 1000 * first_s, "ms", None, note),
    ]
