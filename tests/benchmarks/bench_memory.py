"""How much memory a long recording costs on its way in."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import wave
from pathlib import Path

import numpy as np
from benchmarks.rows import Row

ROOT = Path(__file__).resolve().parents[2]
HOURS = 2

# Runs in a process of its own, so that the peak is that of the import and nothing else.
SCRIPT = """
import resource, sys
from pathlib import Path
from viralclip_desktop.app import build_services
from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.features.workflows.main_job import import_recording
home = Path(sys.argv[1])
services = build_services(DataPaths(home, home / "models"))
for path in sys.argv[2:]:
    import_recording(services, Path(path), ignore_progress, CancelToken())
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
services.close()
"""


def run() -> list[Row]:
    """Peak memory of importing two hours against that of importing ten seconds."""
    with tempfile.TemporaryDirectory() as folder:
        short, long = Path(folder) / "short.wav", Path(folder) / "long.wav"
        _noise(short, 10)
        _noise(long, HOURS * 3600)
        small = _peak_mb(Path(folder) / "a", short)
        large = _peak_mb(Path(folder) / "b", short, long)
    note = f"{large:.0f} MB at most, {small:.0f} MB for ten seconds"
    return [Row(f"memory for importing {HOURS} hours", large - small, "MB more", 150.0, note)]


def _peak_mb(home: Path, *paths: Path) -> float:
    command = [sys.executable, "-c", SCRIPT, str(home), *map(str, paths)]
    return float(
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()[-1]
    )


def _noise(path: Path, seconds: int) -> None:
    second = (np.random.default_rng(0).normal(0, 2000, 16_000)).astype("<i2").tobytes()
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(16_000)
        for _ in range(seconds):
            out.writeframesraw(second)
