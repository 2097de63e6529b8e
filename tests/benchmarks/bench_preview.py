"""The preview: exact frames after a seek, and playing, at the size the window shows."""

from __future__ import annotations

import random
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from benchmarks.bench_export import captioned, make_film
from benchmarks.rows import Row

from viralclip_desktop.compose.plan import LoudnessPlan, RenderPlan
from viralclip_desktop.core.geometry import Aspect, preview_size
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.assets import Asset, AssetKind
from viralclip_desktop.domain.clip import Framing
from viralclip_desktop.domain.media import Source
from viralclip_desktop.features.preview import player_frame
from viralclip_desktop.features.preview.proxies import make_proxies
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.media.preview import PreviewStream, PreviewVideo
from viralclip_desktop.media.probe import probe
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
        return [
            _stills(plan, work),
            *_far(work),
            *_playing(plan, "cropped", work),
            *_playing(fitted, "fitted", work),
        ]


def _stills(plan: RenderPlan, work: Path) -> Row:
    chance = random.Random(1)
    render_frame(plan, SIZE, Time(0), work)
    times = sorted(_still_s(plan, Time.from_seconds(chance.uniform(0, 29.9)), work) for _ in range(SEEKS))
    note = f"{SEEKS} seeks, keyframes 2 s apart, {SIZE}; median {1000 * times[SEEKS // 2]:.0f} ms"
    return Row("exact preview frame, p95", 1000 * times[int(SEEKS * 0.95)], "ms", 120, note)


def _far(work: Path) -> list[Row]:
    """A film of 1080 lines whose keyframes lie 10 s apart, before its proxy is there and after."""
    film = make_film(work / "far.mp4", 40, "1920x1080", 300)
    plan = replace(captioned(film, 5.0, 30), loudness=LoudnessPlan(gain_db=6.0))
    asset = Asset("film", AssetKind.RECORDING, str(film), "", fingerprint(film), probe(film))
    paths, source = DataPaths(work / "home", work), Source("film", "", asset, "", 0, 0.0)
    rows = [_player_stills(plan, paths, "before its proxy is there", 600)]
    started = time.perf_counter()
    make_proxies(paths, source, TimeRange.from_seconds(0, 40))
    share = (time.perf_counter() - started) / 40
    what = "time to make a proxy"
    rows.append(Row(what, share, "x its length", None, "1080 lines, in the background's priority"))
    return [*rows, _player_stills(plan, paths, "out of its proxy", 120)]


def _player_stills(plan: RenderPlan, paths: DataPaths, what: str, bar_ms: float) -> Row:
    chance = random.Random(1)
    player_frame(paths, plan, SIZE, Time(0))
    times = []
    for _ in range(SEEKS):
        at = Time.from_seconds(chance.uniform(0, 29.9))
        started = time.perf_counter()
        player_frame(paths, plan, SIZE, at)
        times.append(1000 * (time.perf_counter() - started))
    times.sort()
    note = f"{SEEKS} seeks, 1080 lines, keyframes 10 s apart; median {times[SEEKS // 2]:.0f} ms"
    return Row(f"exact frame {what}, p95", times[int(SEEKS * 0.95)], "ms", bar_ms, note)


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
