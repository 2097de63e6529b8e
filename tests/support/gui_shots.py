"""Pictures of every page and state, to be looked at.

``python tests/support/gui_shots.py OUT small|large|dense dark|light [RECORDING [LANGUAGE]]`` renders,
without a display, at 1366x768, 1920x1080, or 1366x768 at 200 %.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.features import editing
from viralclip_desktop.features.workflows.exports import export_clip

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[2]), str(Path(__file__).resolve().parents[1])]

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.gui.shell.window import MainWindow

SIZES = {"small": (1366, 768, 1), "large": (1920, 1080, 1), "dense": (1366, 768, 2)}
_LONG_NAME = "A very long name of a recording from last summer, part 2.mp4"


def main(out: Path, size: str, scheme: str, recording: Path | None, language: str = "en") -> None:
    """Take all pictures of one size, scheme and language."""
    width, height, scale = SIZES[size]
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ["QT_SCALE_FACTOR"] = str(scale)
    from support.projects import add_project, make_recording, make_services

    from viralclip_desktop.gui.language import start_language
    from viralclip_desktop.gui.shell.application import make_application
    from viralclip_desktop.gui.shell.window import MainWindow
    from viralclip_desktop.gui.theme.theme import ThemeChoice, start_theme

    application = make_application()
    start_language(application, language)
    start_theme(application, ThemeChoice(scheme))
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        services = make_services(Path(folder))
        window = MainWindow(services, _raise)
        window.resize(width, height)
        window.show()
        shots = Shots(application, window, out, f"{language}-{size}-{scheme}")
        shots.take("home-empty")
        video = recording or make_recording(Path(folder) / "Talk about numbers.mp4")
        source = add_project(services, video, clips=9, engine="sphinx")
        add_project(services, make_recording(Path(folder) / _LONG_NAME, 5), clips=0)
        for states in (_home, _working, _clips, _editor, _exports):
            states(shots, source)
        window.close()
        services.close()


class Shots:
    """Lets the window settle and saves what it looks like."""

    def __init__(self, application: QApplication, window: MainWindow, out: Path, name: str) -> None:
        self.application, self.window, self._out, self._name = application, window, out, name
        out.mkdir(parents=True, exist_ok=True)

    def settle(self, settle_s: float = 0.4, until: Callable[[], bool] | None = None) -> None:
        """Let things happen."""
        from support.patience import patiently

        patiently(until or (lambda: False), settle_s, meanwhile=self.application.processEvents)
        for _ in range(20):
            self.application.processEvents()

    def take(self, name: str, settle_s: float = 0.4, until: Callable[[], bool] | None = None) -> None:
        """Save the window, and the dialog over it if there is one."""
        self.settle(settle_s, until)
        self.window.grab().save(str(self._out / f"{self._name}-{name}.png"))
        from support.window_parts import palette_of

        palette = palette_of(self.window)
        dialog = self.application.activeModalWidget() or palette
        if dialog is not None and dialog.isVisible():
            dialog.grab().save(str(self._out / f"{self._name}-{name}-dialog.png"))


def _home(shots: Shots, _source: Source) -> None:
    from viralclip_desktop.core.errors import BadInput

    window = shots.window
    window.home_page.reload()
    shots.take("home", 1.0)
    window.home_page.drop_zone.light(True)
    window.context.trouble(BadInput("“notes.mp4” is not a video or sound file.", "Choose another file."))
    shots.take("home-bad-file")
    window.home_page.drop_zone.light(False)
    window.toasts.shown[0].dismiss()


def _working(shots: Shots, source: Source) -> None:
    from viralclip_desktop.domain.exports import WorkState
    from viralclip_desktop.domain.jobs import Job

    window = shots.window
    job = Job("job_x", "find_clips", {"path": source.path}, source.project_id, WorkState.RUNNING)
    job = replace(job, stage="transcribe", fraction=0.43, message="Listening", time_left_s=74)
    window.context.events.job_moved.emit(job)
    window.navigation.watch_job(job)
    hint = "For accurate captions in any language run: viralclip models install small"
    window.services.notices.info("Using the built-in draft recogniser (English only).", hint)
    shots.take("working", 0.6)
    shots.window.closing_question()
    shots.take("closing")
    window.closing_dialog.stay.click()
    failed = replace(job, state=WorkState.FAILED, details="log line\nlog line")
    hint = "Try to play it in another program."
    failed = replace(failed, error="No speech found in “Talk”.", hint=hint)
    window.context.events.job_moved.emit(failed)
    shots.take("working-failed", 0.4)


def _clips(shots: Shots, source: Source) -> None:
    from viralclip_desktop.core.geometry import Aspect
    from viralclip_desktop.core.time import Time

    window = shots.window
    window.navigation.open_source(source.id)
    page = window.clips_page
    shots.take("clips-first", 6.0)
    page.session.select(page.session.clips[2].id)
    page.stage.player.go_when_planned(Time.from_seconds(2))
    shots.take("clips", 3.0)
    bar = page.inspector.area.verticalScrollBar()
    bar.setValue(bar.maximum())
    shots.take("clips-captions", 2.0)
    bar.setValue(0)
    page.session.edit(editing.reshape_clip, Aspect.WIDE)
    page.stage.trim.handle_in.setFocus()
    shots.take("clips-wide", 3.0)


def _editor(shots: Shots, _source: Source) -> None:
    from viralclip_desktop.core.geometry import Aspect
    from viralclip_desktop.core.time import Time

    window = shots.window
    window.session.edit(editing.reshape_clip, Aspect.VERTICAL)
    shots.settle(0.5)
    window.navigation.open_editor()
    window.player.go_when_planned(Time.from_seconds(2.5))
    shots.take("editor", 4.0)
    for panel in ("brand", "frame", "audio", "export"):
        window.editor.docks.reveal(panel)
        shots.take(f"editor-{panel}", 1.5)
    window.actions_by_id["safe_area"].trigger()
    window.session.edit(editing.restyle_clip, "pop")
    shots.settle(0.5)
    window.session.undo()
    window.editor.docks.reveal("history")
    window.editor.docks.reveal("clips")
    window.player.set_loop_edge("in")
    window.player.skip(2.0)
    window.player.set_loop_edge("out")
    shots.take("editor-history", 2.0)
    window.actions_by_id["safe_area"].trigger()
    from support.window_parts import open_palette

    palette = open_palette(window)
    palette.field.setText("sp")
    shots.take("editor-palette", 0.5)
    palette.hide()
    window.actions_by_id["shortcuts"].trigger()
    shots.take("shortcuts", 0.5)
    shots.application.activeModalWidget().accept()
    window.navigation.show_clips()
    window.clips_page.cards.setFocus()
    shots.settle(0.5)


def _exports(shots: Shots, source: Source) -> None:
    from viralclip_desktop.domain.exports import ExportSettings, WorkState

    window, services = shots.window, shots.window.services
    exports = [
        export_clip(services, clip.id, ExportSettings()) for clip in services.store.clips(source.id)[:3]
    ]
    window.queue.toggle()
    with services.store.transaction("Export", source.project_id, undoable=False) as tx:
        failed = replace(exports[2], status=WorkState.FAILED, error="The disk is full.")
        tx.put(replace(failed, hint="Make room and try again."))
    shots.take("exports", 60.0, lambda: services.store.export(exports[0].id).status.ended)


def _raise(error: Exception) -> None:
    raise error


if __name__ == "__main__":
    given = Path(sys.argv[4]) if len(sys.argv) > 4 and sys.argv[4] else None
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], given, *sys.argv[5:6])
