"""How soon the command line answers."""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

from benchmarks.rows import Row

ROOT = Path(__file__).resolve().parents[2]


def run() -> list[Row]:
    """``viralclip --help`` against a Python that does nothing."""
    bare = _median_s([sys.executable, "-c", "pass"])
    shown = _median_s([sys.executable, "-m", "viralclip_desktop", "--help"])
    return [Row("`viralclip --help`", shown, "s", 0.3, f"{shown / bare:.1f}x a bare Python start")]


def _median_s(command: list[str]) -> float:
    times = []
    for _ in range(7):
        started = time.perf_counter()
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
        times.append(time.perf_counter() - started)
    return statistics.median(times)
