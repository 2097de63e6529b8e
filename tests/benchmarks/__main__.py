"""Runs every benchmark and prints the table: ``python3 dev.py bench [NAME ...]``."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
from pathlib import Path

FOLDER = Path(__file__).parent


def main() -> int:
    """Run the named benchmarks, or all; exit code 1 when a bar is missed."""
    names = sys.argv[1:] or sorted(path.stem.removeprefix("bench_") for path in FOLDER.glob("bench_*.py"))
    missed = 0
    print("| what | measured | bar | |\n|---|---|---|---|", flush=True)
    with tempfile.TemporaryDirectory() as home:
        os.environ["VIRALCLIP_HOME"] = home
        for name in names:
            for row in importlib.import_module(f"benchmarks.bench_{name}").run():
                bar = "" if row.bar is None else f"{row.bar:g} {row.unit}"
                late = row.bar is not None and row.value > row.bar
                missed += late
                mark = "missed" if late else ""
                note = f"{mark} {row.note}".strip()
                print(f"| {row.what} | {row.value:.3g} {row.unit} | {bar} | {note} |", flush=True)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
