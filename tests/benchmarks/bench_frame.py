"""Watching for the frame that follows people, as a share of what is watched: half a minute of two talking
people at 1080 lines. ``VIRALCLIP_TEST_MEDIA`` names real ones, else they are drawn; where
``VIRALCLIP_MODELS_DIR`` has LR-ASD, a second row is with it."""

from __future__ import annotations

import os
import resource
import tempfile
import time
from pathlib import Path

from benchmarks.rows import Row
from support.faces import Head, make_film

from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.time import TimeRange
from viralclip_desktop.engines.vision.lr_asd import LrAsd
from viralclip_desktop.features.reframe.watching import Recording, watch
from viralclip_desktop.media.audio import extract_speech
from viralclip_desktop.media.fingerprint import fingerprint
from viralclip_desktop.media.probe import probe

SECONDS, CORES = 30.0, 2


def run() -> list[Row]:
    """With the networks that ship, and with LR-ASD."""
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        film, models = _film(work), Path(os.environ.get("VIRALCLIP_MODELS_DIR", work / "models"))
        rows = [_watched(film, work, work / "none", "watching two people at 1080 lines")]
        if LrAsd(models).ready() is None:
            rows.append(_watched(film, work, models, "the same with LR-ASD"))
        return rows


def _film(work: Path) -> Path:
    real = Path(os.environ.get("VIRALCLIP_TEST_MEDIA", "")) / "two-hosts-40s.mp4"
    if real.is_file():
        return real
    return make_film(work / "film.mp4", [(SECONDS, [Head(0.25, 0.5, 0.5), Head(0.75, 0.5, 0.5)])], 1920, 1080)


def _watched(film: Path, work: Path, models: Path, what: str) -> Row:
    """The share of the film's length by the clock; on a busy machine the processor time tells more."""
    info = probe(film)
    wav = extract_speech(film, info.audio[0].index, work / "speech.wav", info=info)
    stereo = info.audio[0].index if info.audio[0].channels == 2 else None
    recording = Recording("film", film, info, fingerprint(film), wav, stereo)
    with tempfile.TemporaryDirectory(dir=work) as home:
        began, own = time.perf_counter(), _processor_s()
        watch(DataPaths(Path(home), models), recording, [TimeRange.from_seconds(0, SECONDS)])
        clock, used = time.perf_counter() - began, _processor_s() - own
    note = f"{clock:.1f} s; {used:.1f} s of processor time, {used / SECONDS / CORES:.2f} on each of two cores"
    return Row(what, clock / SECONDS, "of its length", 0.5, note)


def _processor_s() -> float:
    spent = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in spent)
