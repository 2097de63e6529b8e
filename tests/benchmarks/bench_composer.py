"""Sixty beds of the composer (five tempi, twelve keys, four moods), measured as they sound; their cost."""

from __future__ import annotations

import time
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from benchmarks.rows import Row
from support import music as heard

from viralclip_desktop.features.music import compose_music
from viralclip_desktop.media.loudness import measure
from viralclip_desktop.music.composer import Wishes

TEMPI, MOODS = (70.0, 92.0, 110.0, 128.0, 150.0), ("happy", "calm", "energetic", "dark")
LENGTH_S = 24.0
WITHOUT_DRUMS = ("sad-piano", "calm-ambient")


def run() -> list[Row]:
    """Compose and listen; every second bed is a loop."""
    tempo_off, keys, off_lu, peaks, seams, spent_s, harsh = [], [], [], [], [], 0.0, []
    with TemporaryDirectory() as folder:
        for number, (tempo, tonic) in enumerate(product(TEMPI, range(12))):
            wishes = Wishes(LENGTH_S, MOODS[number % 4], tempo, tonic, seed=number, loops=number % 2 == 1)
            started = time.process_time()
            made = compose_music(wishes, Path(folder) / f"{number}.wav")
            spent_s += time.process_time() - started
            sound, level = heard.read(Path(made.path)), measure(Path(made.path))
            keys.append(heard.mirex(heard.key_of(sound), made.key))
            if made.preset not in WITHOUT_DRUMS:
                tempo_off.append(abs(heard.tempo_near(sound, made.tempo) / made.tempo - 1) * 100)
            off_lu.append(abs((level.integrated_lufs or -99) + 14))
            peaks.append(level.true_peak_dbtp or 0.0)
            harsh.append(heard.band_db(sound, 6000, 20_000))
            if wishes.loops:
                seams.append(heard.seam(sound))
    return [
        Row("composer: tempo off, worst of those with drums", max(tempo_off), "%", 0.5),
        Row("composer: keys missed (1 - MIREX, mean of 60)", 1 - float(np.mean(keys)), "", 0.15),
        Row("composer: loudness off, worst", max(off_lu), "LU", 0.5),
        Row("composer: true peak, highest", max(peaks), "dBTP", -1.5),
        Row("composer: sharpest bend at a loop's seam, against the piece's own", max(seams), "", 1.0),
        Row("composer: above 6 kHz, loudest", max(harsh), "dB", -9.0),
        Row("composer: cost", spent_s / (60 * LENGTH_S), "CPU s/s", 0.1, f"beds of {LENGTH_S:g} s"),
    ]
