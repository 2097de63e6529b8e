"""How soon the window answers after a cold start, and how long it ever stands still while jobs run."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from benchmarks.rows import Row  # noqa: E402 - found by the line above when run as a child

_STARTS = 5


def run() -> list[Row]:
    """Start the real window several times; then run a search and an export in it and watch the event loop."""
    starts = [_child("start") for _ in range(_STARTS + 1)][1:]  # the first warms the disk
    began = statistics.median(start["ready_s"] for start in starts)
    bare = statistics.median(start["qt_s"] for start in starts)
    work = _child("work")
    playing = work["playing"]
    return [
        Row("window interactive after a cold start", began, "s", 1.2, f"{bare:.2f} s of it Python and Qt"),
        Row("longest stall of the window while jobs run", work["stall_ms"], "ms", 50, work["note"]),
        Row("frames late while playing", playing["late"], "%", 1, f"{playing['fps']:.1f} frames a second"),
    ]


def _child(what: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "VIRALCLIP_HOME": home}
        command = [sys.executable, str(Path(__file__)), what, home, str(time.time())]
        done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
        found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return found


# --- the child's side ------------------------------------------------------------------------------------


def _start(_home: Path, spawned_s: float) -> dict[str, Any]:
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    application = QApplication(sys.argv[:1])
    found: dict[str, Any] = {"qt_s": time.time() - spawned_s}
    from viralclip_desktop.app import main

    def ready() -> None:  # painted, and the event loop came round to a task of the lowest urgency
        found["ready_s"] = time.time() - spawned_s
        application.closeAllWindows()

    QTimer.singleShot(0, lambda: QTimer.singleShot(0, ready))
    main([])
    return found


def _work(home: Path, _spawned_s: float) -> dict[str, Any]:
    from PySide6.QtWidgets import QApplication
    from support.projects import add_project, make_recording, make_services
    from support.talk import small_talk

    from viralclip_desktop.domain.exports import ExportSettings
    from viralclip_desktop.features.common.orders import MainJobOptions
    from viralclip_desktop.features.workflows.exports import export_clip
    from viralclip_desktop.features.workflows.main_job import submit_main_job
    from viralclip_desktop.gui.shell.window import MainWindow
    from viralclip_desktop.gui.theme.theme import start_theme

    talk = small_talk(home / "talk.mp4")
    application = QApplication(sys.argv[:1])
    start_theme(application)
    services = make_services(home)
    source = add_project(services, make_recording(home / "clip.mp4"))
    window = MainWindow(services, _raise)
    window.resize(1366, 768)
    window.show()
    window.navigation.open_source(source.id)
    player = window.clips_page.stage.player
    _spin(application, lambda: player.current, 20)
    job = submit_main_job(services, talk, MainJobOptions(min_length_s=4, stt="sphinx"))
    for clip in services.store.clips(source.id)[:2]:
        export_clip(services, clip.id, ExportSettings())
    stall_s = _spin(application, lambda: not services.jobs.list(active_only=True), 240)
    state = services.jobs.get(job.id).state
    playing = _play(application, player)
    window.close()
    services.close()
    note = f"a search ({state}) and two exports at 1080p"
    return {"stall_ms": stall_s * 1000, "note": note, "playing": playing}


def _play(application: Any, player: Any) -> dict[str, float]:
    frames: list[float] = []
    player.seek(player.position.__class__(0))
    player.pictured.connect(lambda _image: frames.append(time.monotonic()))
    player.play()
    running = player.playback
    _spin(application, lambda: not player.playing, 30)
    late = 100 * running.dropped / max(1, running.shown)
    return {"late": late, "fps": (len(frames) - 2) / max(0.001, frames[-2] - frames[0])}


def _spin(application: Any, until: Callable[[], bool], at_most_s: float) -> float:
    """Run the event loop until something is true; the longest time one round took, in seconds."""
    end, longest, checked = time.monotonic() + at_most_s, 0.0, 0.0
    while time.monotonic() < end:
        began = time.perf_counter()
        application.processEvents()
        longest = max(longest, time.perf_counter() - began)
        if began - checked > 0.25:  # looking costs time of its own, which is not the window's
            checked = began
            if until():
                return longest
        time.sleep(0.002)
    raise TimeoutError("it took too long")


def _raise(error: Exception) -> None:
    raise error


if __name__ == "__main__":
    outcome = {"start": _start, "work": _work}[sys.argv[1]](Path(sys.argv[2]), float(sys.argv[3]))
    print(json.dumps(outcome))
