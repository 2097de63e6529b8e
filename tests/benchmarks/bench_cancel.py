"""How soon work stops when it is told so: an export in the making, a worker process that listens to nobody, a
recording being read."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.rows import Row

_BAR_S = 2.0
_AFTER_S = 0.7  # until each of them is well under way


def run() -> list[Row]:
    """Begin each, tell it to stop, and wait for its end."""
    from support.makers import make_sound

    with tempfile.TemporaryDirectory() as folder:
        recording = make_sound(Path(folder) / "hours.flac", 14_400.0, "mono")
        return [
            Row("cancel of an encoding", _stop(_encode), "s", _BAR_S),
            Row("cancel of a worker process and its child", _stop(_worker), "s", _BAR_S),
            Row(
                "cancel of reading a recording",
                _stop(partial(_read, recording)),
                "s",
                _BAR_S,
            ),
        ]


def _stop(work: Callable[[Any], object]) -> float:
    from viralclip_desktop.core.errors import Cancelled
    from viralclip_desktop.core.progress import CancelToken

    cancel, asked = CancelToken(), []

    def ask() -> None:
        asked.append(time.monotonic())
        cancel.cancel()

    threading.Timer(_AFTER_S, ask).start()
    try:
        work(cancel)
    except Cancelled:
        return time.monotonic() - asked[0]
    raise RuntimeError("it ended before it was told to")


def _encode(cancel: Any) -> None:
    from viralclip_desktop.media.run import run_ffmpeg

    run_ffmpeg(["-re", "-f", "lavfi", "-i", "testsrc2", "-f", "null", "-"], cancel=cancel)


def _worker(cancel: Any) -> None:
    from viralclip_desktop.jobs.worker import run_in_worker

    run_in_worker("support.worker_functions:slow_tree", {}, cancel=cancel)


def _read(recording: Path, cancel: Any) -> None:
    from viralclip_desktop.media.audio import extract_speech
    from viralclip_desktop.media.probe import probe

    track = probe(recording).audio[0].index
    extract_speech(recording, track, recording.with_name("speech.wav"), cancel=cancel)
