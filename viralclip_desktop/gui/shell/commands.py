"""What the actions do. Each is one small step; anything that takes a while goes through the bridge."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

import viralclip_desktop
from viralclip_desktop.core.errors import Fault
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.gui.shell import files
from viralclip_desktop.gui.text import plural, tr
from viralclip_desktop.gui.widgets.dialogs import Note
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.features.desk import Desk
    from viralclip_desktop.features.main_job import MainJobOptions
    from viralclip_desktop.gui.preview.player import Player
    from viralclip_desktop.gui.shell.window import MainWindow


_BY_HAND = Time.from_seconds(30)


class Commands:
    """The window's verbs."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window

    def handlers(self) -> dict[str, Callable[[], object]]:
        """A handler for each row of the action table."""
        window = self._window
        return {
            "open": self.choose_file,
            "home": window.go_home,
            "undo": self.undo,
            "redo": self.redo,
            "play": lambda: self._player().toggle(),
            "forward": lambda: self._player().play(),
            "pause": lambda: self._player().pause(),
            "back": lambda: self._player().skip(-1.0),
            "ahead": lambda: self._player().skip(1.0),
            "previous_frame": lambda: self._player().step(-1),
            "next_frame": lambda: self._player().step(1),
            "to_start": lambda: self._player().to_start(),
            "to_end": lambda: self._player().to_end(),
            "set_in": lambda: window.clips_page.stage.set_point("in"),
            "set_out": lambda: window.clips_page.stage.set_point("out"),
            "previous_clip": lambda: window.clips_page.session.select_beside(-1),
            "next_clip": lambda: window.clips_page.session.select_beside(1),
            "rename": self.rename,
            "captions": self.switch_captions,
            "export": self.export,
            "export_all": self.export_all,
            "queue": self.toggle_queue,
            "full_screen": self.full_screen,
            "quit": window.close,
        }

    # --- files -------------------------------------------------------------------------------------------

    def choose_file(self) -> None:
        """Ask for recordings with the system's dialog."""
        memory = self._window.memory
        chosen, _filter = QFileDialog.getOpenFileNames(
            self._window, tr("Open a recording"), memory.last_folder, files.dialog_filter()
        )
        if chosen:
            memory.last_folder = str(Path(chosen[0]).parent)
            self.open_files(Path(name) for name in chosen)

    def open_files(self, paths: Iterable[Path]) -> None:
        """Find clips in recordings. A bad one is told in one sentence, and nothing else happens."""
        try:
            good = files.checked(paths)
        except Fault as fault:
            self._window.context.trouble(fault)
            return
        desk = self._window.desk
        for number, path in enumerate(good):
            then = self._window.watch_job if number == 0 else None
            submit = partial(desk.submit_main_job, path, _options(desk))
            self._window.context.tasks.run(submit, then)

    def cut_by_hand(self, job: Job) -> None:
        """For a recording that nothing can be found in: import it with one clip to trim."""
        desk, path = self._window.desk, Path(str(job.payload.get("path", "")))

        def work() -> Clip:
            source = desk.import_media(path, ignore_progress, CancelToken())
            return desk.add_clip(source.id, TimeRange(ZERO, min(_BY_HAND, source.info.duration)))

        self._window.context.tasks.run(work, lambda clip: self._window.open_source(clip.source_id, clip.id))

    def add_clip(self) -> None:
        """A clip from the beginning of the open recording, to be trimmed by hand."""
        loaded, desk = self._window.clips_page.session.loaded, self._window.desk
        if loaded is not None:
            within = TimeRange(ZERO, min(_BY_HAND, loaded.source.info.duration))
            self._window.context.edits.submit(lambda: desk.add_clip(loaded.source.id, within))

    # --- jobs --------------------------------------------------------------------------------------------

    def cancel_job(self, job_id: str) -> None:
        """Stop a job."""
        desk = self._window.desk
        self._window.context.tasks.run(lambda: desk.jobs.cancel(job_id))

    def retry_job(self, job_id: str) -> None:
        """Run a job again."""
        desk = self._window.desk
        self._window.context.tasks.run(lambda: desk.jobs.retry(job_id))

    def resume_work(self) -> None:
        """Go on with what the last session left unfinished."""
        desk = self._window.desk

        def resumed(jobs: list[Job]) -> None:
            for job in jobs:
                self._window.context.events.job_moved.emit(job)
            if jobs:
                self._window.tell(ToastText(tr("Going on where you left off.")))

        self._window.context.tasks.run(desk.jobs.resume_interrupted, resumed)

    def keep_safe(self) -> None:
        """Back up the database when that is due."""
        self._window.context.tasks.run(self._window.desk.keep_safe)

    # --- clips -------------------------------------------------------------------------------------------

    def undo(self) -> None:
        """Take back the last edit."""
        self._window.clips_page.session.undo()

    def redo(self) -> None:
        """Bring it back."""
        self._window.clips_page.session.redo()

    def switch_captions(self) -> None:
        """Captions on or off."""
        self._window.clips_page.inspector.captions.click()

    def rename(self) -> None:
        """Put the cursor in the title."""
        title = self._window.clips_page.inspector.title
        title.setFocus()
        title.selectAll()

    def export(self) -> None:
        """Queue the selected clip."""
        clip = self._window.clips_page.session.clip
        if clip is not None:
            self._queue([clip])

    def export_all(self) -> None:
        """Queue every clip of the recording."""
        self._queue(list(self._window.clips_page.session.clips))

    def _queue(self, clips: list[Clip]) -> None:
        window, desk = self._window, self._window.desk
        settings = window.clips_page.export_panel.settings()

        def queue_them() -> None:
            for clip in clips:
                desk.export_clip(clip.id, settings)

        def queued(_result: object) -> None:
            one = tr("Exporting “{title}”", title=clips[0].title)
            text = one if len(clips) == 1 else plural(len(clips), "Exporting {n} clip", "Exporting {n} clips")
            if not window.queue.isVisible():
                window.tell(ToastText(text, action=tr("Show"), then=self.toggle_queue))

        # behind the edits: what was just changed is in the file
        window.context.edits.submit(queue_them, done=queued)

    # --- the window --------------------------------------------------------------------------------------

    def toggle_queue(self) -> None:
        """Show or hide the exports."""
        self._window.queue.toggle()

    def full_screen(self) -> None:
        """Fill the screen, or come back from it."""
        if self._window.isFullScreen():
            self._window.showNormal()
        else:
            self._window.showFullScreen()

    def about(self) -> None:
        """Name, version, licences."""
        text = tr(
            "Turns long recordings into finished short clips, on your own machine. "
            "Uses ffmpeg and eSpeak NG, both under the GPL."
        )
        name = tr("ViralClip Desktop {version}", version=viralclip_desktop.__version__)
        Note(self._window, name, text).open()

    def _player(self) -> Player:
        return self._window.clips_page.stage.player


def _options(desk: Desk) -> MainJobOptions:
    """What the settings say about new clips."""
    from viralclip_desktop.features.main_job import MainJobOptions

    values = desk.settings.values
    return MainJobOptions(
        count=values.clip_count,
        min_length_s=values.min_length_s,
        max_length_s=values.max_length_s,
        stt=None if values.speech_engine == "auto" else values.speech_engine,
        aspect=values.aspect,
        style=values.caption_style,
    )
