"""The program as a user runs it: a process of its own, with a clean data folder and the small model."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WHISPER = ROOT / "tests" / "data" / "whisper-mini"
VIRALCLIP = [sys.executable, "-m", "viralclip_desktop"]
HEARS_CTRL_C = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from viralclip_desktop.__main__ import main
sys.exit(main())
"""
"""The program, also where a shell runs the tests in the background: there all that starts ignores Ctrl+C."""


def environ(home: Path, **more: str) -> dict[str, str]:
    """A clean data folder and the small model, nothing else of the machine's own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("VIRALCLIP", "OPENAI"))}
    return kept | {"VIRALCLIP_HOME": str(home), "VIRALCLIP_MODELS_DIR": str(WHISPER.parent)} | more


def viralclip(
    home: Path, *args: str, timeout_s: float = 240, **more: str
) -> subprocess.CompletedProcess[str]:
    """Run the program to its end."""
    return subprocess.run(
        [*VIRALCLIP, *args],
        env=environ(home, **more),
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=timeout_s,
    )
