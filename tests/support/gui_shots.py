"""Pictures of every page and state, to be looked at: ``python tests/support/gui_shots.py OUT [RECORDING]``.

Renders without a display at 1366x768, 1920x1080 and 1366x768 at 200 %, dark and light.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

SIZES = {"small": (1366, 768, 1.0), "large": (1920, 1080, 1.0), "dense": (1366, 768, 2.0)}


def main(out: Path, recording: Path | None, size: str, scheme: str) -> None:
    """Take all pictures of one size and scheme."""
    width, height, scale = SIZES[size]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    from support.gui_desk import add_project, make_desk, make_recording

    from viralclip_desktop.gui.shell.application import make_application
    from viralclip_desktop.gui.shell.window import MainWindow
    from viralclip_desktop.gui.theme.theme import ThemeChoice, start_theme

    application = make_application()
    start_theme(application, ThemeChoice(scheme))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        desk = make_desk(Path(folder))
        window = MainWindow(desk, _raise)
        window.resize(width, height)
        window.show()
        shots = _Shots(application, window, out, f"{size}-{scheme}")
        shots.take("home-empty")
        video = recording or make_recording(Path(folder) / "Talk about numbers.mp4")
        source = add_project(desk, video, clips=9, engine="sphinx")
        other = make_recording(
            Path(folder) / "A very long name of a recording from last summer, part 2.mp4", 5
        )
        add_project(desk, other, clips=0)
        _states(shots, window, desk, source)
        window.close()
        desk.close()


def _states(shots: _Shots, window: object, desk: object, source: object) -> None:
    from viralclip_desktop.core.errors import BadInput
    from viralclip_desktop.domain.exports import WorkState
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.gui.widgets.toasts import ToastText

    window.home_page.reload()
    shots.take("home", 1.0)
    window.home_page.drop_zone.light(True)
    window.context.trouble(BadInput("“notes.mp4” is not a video or sound file.", "Choose another file."))
    shots.take("home-bad-file")
    window.home_page.drop_zone.light(False)
    job = Job("job_x", "find_clips", {"path": source.path}, source.project_id, WorkState.RUNNING)
    job = replace(job, stage="transcribe", fraction=0.43, message="Listening, 0:56 of 3:04", time_left_s=74)
    window.context.events.job_moved.emit(job)
    window.watch_job(job)
    window.desk.notices.info(
        "Using the built-in draft recogniser.",
        "For better captions install a Whisper model: viralclip models install small.",
    )
    shots.take("working", 0.6)
    failed = replace(job, state=WorkState.FAILED, error="No speech was found in “Talk”.",
                     hint="Choose a recording in which somebody speaks.", details="log line\nlog line")  # fmt: skip
    window.context.events.job_moved.emit(failed)
    shots.take("working-failed", 0.4)
    window.open_source(source.id)
    shots.take("clips", 6.0)
    player = window.clips_page.stage.player
    player.step(60)
    window.clips_page.session.reshape(
        __import__("viralclip_desktop.core.geometry", fromlist=["Aspect"]).Aspect.WIDE
    )
    window.clips_page.stage.trim.handle_in.setFocus()
    shots.take("clips-wide", 3.0)
    from viralclip_desktop.domain.exports import ExportSettings

    exports = [desk.export_clip(clip.id, ExportSettings()) for clip in desk.store.clips(source.id)[:3]]
    window.commands.toggle_queue()
    shots.take("exports", 2.0)
    with desk.store.transaction("Export", source.project_id, undoable=False) as tx:
        tx.put(
            replace(
                exports[2],
                status=WorkState.FAILED,
                error="The disk is full.",
                hint="Make room and try again.",
            )
        )
    window.queue.reload()
    shots.take("exports-later", 25.0, lambda: desk.store.export(exports[1].id).status.ended)
    window.tell(ToastText("Undid: Trim clip"))
    window.closing_question()
    shots.take("closing")


class _Shots:
    def __init__(self, application: object, window: object, out: Path, name: str) -> None:
        self._application, self._window, self._out, self._name = application, window, out, name
        out.mkdir(parents=True, exist_ok=True)

    def take(self, name: str, settle_s: float = 0.4, until: Callable[[], bool] | None = None) -> None:
        end = time.monotonic() + settle_s
        while time.monotonic() < end and not (until and until()):
            self._application.processEvents()
            time.sleep(0.01)
        for _ in range(20):
            self._application.processEvents()
        self._window.grab().save(str(self._out / f"{self._name}-{name}.png"))
        dialog = self._application.activeModalWidget()
        if dialog is not None:
            dialog.grab().save(str(self._out / f"{self._name}-{name}-dialog.png"))


def _raise(error: Exception) -> None:
    raise error


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    given = Path(sys.argv[4]) if len(sys.argv) > 4 else None
    main(Path(sys.argv[1]), given, sys.argv[2], sys.argv[3])
