"""What the actions do. Each is one small step; anything that takes a while goes through the bridge."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QFileDialog, QLineEdit, QPlainTextEdit

import viralclip_desktop
from viralclip_desktop.core.geometry import frame_size
from viralclip_desktop.core.progress import CancelToken, ignore_progress
from viralclip_desktop.core.time import ZERO, Time, TimeRange
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.exporting.naming import readable_name
from viralclip_desktop.gui.common.incoming import Incoming, sort_incoming
from viralclip_desktop.gui.editor.panels import PANELS
from viralclip_desktop.gui.shell import files
from viralclip_desktop.gui.shell.actions import Page
from viralclip_desktop.gui.shell.dialogs import Dialogs
from viralclip_desktop.gui.text import plural, tr
from viralclip_desktop.gui.widgets.dialogs import Note
from viralclip_desktop.gui.widgets.reveal import show_in_folder
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.compose.plan import RenderPlan
    from viralclip_desktop.features.desk import Desk
    from viralclip_desktop.features.main_job import MainJobOptions
    from viralclip_desktop.gui.editor.editor_page import EditorPage
    from viralclip_desktop.gui.shell.window import MainWindow
    from viralclip_desktop.gui.timeline.panel import TimelinePanel


_BY_HAND = Time.from_seconds(30)


class Commands:
    """The window's verbs."""

    def __init__(self, window: MainWindow) -> None:
        self._window = window
        self.dialogs = Dialogs(window)

    def handlers(self) -> dict[str, Callable[[], object]]:
        """A handler for each row of the action table."""
        window = self._window
        return {
            **self._playing(),
            **self._timeline(),
            **self._panels(),
            **self.dialogs.handlers(),
            "palette": window.open_palette,
            "shortcuts": window.open_shortcuts,
            "open": self.choose_file,
            "home": window.go_home,
            "edit": self.edit,
            "leave_editor": self.leave_editor,
            "undo": self.undo,
            "redo": window.session.redo,
            "previous_clip": lambda: window.session.select_beside(-1),
            "next_clip": lambda: window.session.select_beside(1),
            "rename": self.rename,
            "duplicate": self.duplicate,
            "delete_clip": self.delete_clip,
            "captions": self.switch_captions,
            "export": self.export,
            "export_all": self.export_all,
            "queue": self.toggle_queue,
            "messages": window.toggle_messages,
            "full_screen": self.full_screen,
            "quit": window.close,
        }

    def _playing(self) -> dict[str, Callable[[], object]]:
        window = self._window
        return {
            "play": window.player.toggle,
            "forward": window.player.faster,
            "reverse": window.player.backwards,
            "pause": window.player.pause,
            "back": lambda: window.player.skip(-1.0),
            "ahead": lambda: window.player.skip(1.0),
            "previous_frame": lambda: window.player.step(-1),
            "next_frame": lambda: window.player.step(1),
            "to_start": window.player.to_start,
            "to_end": window.player.to_end,
            "set_in": lambda: self.set_point("in"),
            "set_out": lambda: self.set_point("out"),
            "clear_in_out": lambda: window.player.set_loop(None),
            "full_still": window.player.show_full_quality,
            "save_still": self.save_still,
        }

    def _timeline(self) -> dict[str, Callable[[], object]]:
        def on(work: Callable[[TimelinePanel], object]) -> Callable[[], object]:
            return lambda: work(self._window.editor.timeline)

        return {
            "split": on(lambda timeline: timeline.split_at_playhead()),
            "split_clip": on(lambda timeline: timeline.split_clip()),
            "part_earlier": on(lambda timeline: timeline.move_part(-1)),
            "part_later": on(lambda timeline: timeline.move_part(1)),
            "delete": on(lambda timeline: timeline.delete_selection()),
            "ripple_delete": on(lambda timeline: timeline.ripple_delete_selection()),
            "marker": on(lambda timeline: timeline.add_marker()),
            "snap": on(lambda timeline: timeline.toggle_snapping()),
            "ripple": on(lambda timeline: timeline.toggle_ripple()),
            "fit": on(lambda timeline: timeline.zoom_to_fit()),
            "zoom_in": on(lambda timeline: timeline.zoom_in()),
            "zoom_out": on(lambda timeline: timeline.zoom_out()),
            "select_all": on(lambda timeline: timeline.select_all()),
            "previous_edge": on(lambda timeline: timeline.previous_edge()),
            "next_edge": on(lambda timeline: timeline.next_edge()),
            "previous_beat": on(lambda timeline: timeline.previous_beat()),
            "next_beat": on(lambda timeline: timeline.next_beat()),
            "nudge_back": on(lambda timeline: timeline.nudge(-1)),
            "nudge_ahead": on(lambda timeline: timeline.nudge(1)),
        }

    def _panels(self) -> dict[str, Callable[[], object]]:
        def on(work: Callable[[EditorPage], object]) -> Callable[[], object]:
            return lambda: work(self._window.editor)

        def reveal(name: str) -> Callable[[], object]:
            return on(lambda editor: editor.docks.reveal(name))

        return {
            **{f"panel_{spec.id}": reveal(spec.id) for spec in PANELS},
            "reset_layout": on(lambda editor: editor.reset_layout()),
            "safe_area": on(lambda editor: editor.show_safe_area()),
            "full_preview": on(lambda editor: editor.full_screen()),
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
        """Find clips in recordings (of folders too), take in project files. A bad one is told in one
        sentence, and nothing else happens."""
        found = list(paths)
        self._window.context.tasks.run(lambda: sort_incoming(found), self._take_in)

    def _take_in(self, incoming: Incoming) -> None:
        desk = self._window.desk
        for number, path in enumerate(incoming.recordings):
            then = self._window.watch_job if number == 0 else None
            submit = partial(desk.submit_main_job, path, _options(desk))
            self._window.context.tasks.run(submit, then)
        for path in incoming.projects:
            self._window.home_page.project_actions.take_in(path)

    def cut_by_hand(self, job: Job) -> None:
        """For a recording that nothing can be found in: import it with one clip to trim."""
        desk, path = self._window.desk, Path(str(job.payload.get("path", "")))

        def work() -> Clip:
            source = desk.import_media(path, ignore_progress, CancelToken())
            return desk.add_clip(source.id, TimeRange(ZERO, min(_BY_HAND, source.info.duration)))

        self._window.context.tasks.run(work, lambda clip: self._window.open_source(clip.source_id, clip.id))

    def add_clip(self) -> None:
        """A clip from the beginning of the open recording, to be trimmed by hand."""
        loaded, desk = self._window.session.loaded, self._window.desk
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

    def edit(self) -> None:
        """Open the selected clip in the editor; in a field, Enter is the field's."""
        field = QApplication.focusWidget()
        if isinstance(field, QAbstractSpinBox):
            field.interpretText()
        else:
            self._window.open_editor()

    def leave_editor(self) -> None:
        """Escape: first out of a field, then out of the exports, then back to the clips."""
        window, field = self._window, QApplication.focusWidget()
        if isinstance(field, QLineEdit | QAbstractSpinBox | QPlainTextEdit):
            window.editor.preview.setFocus()
        elif window.queue.isVisible():
            window.queue.hide()
        else:
            window.show_clips()

    def set_point(self, edge: str) -> None:
        """In the editor the in and out points mark what plays over and over (and what Delete takes); on the
        clips page they trim."""
        window = self._window
        if window.page is Page.EDITOR:
            window.player.set_loop_edge(edge)
        else:
            window.clips_page.stage.set_point(edge)

    def switch_captions(self) -> None:
        """Captions on or off."""
        clip = self._window.session.clip
        if clip is not None:
            self._window.session.switch_captions(not clip.captions_on)

    def rename(self) -> None:
        """Put the cursor in the title."""
        window = self._window
        editing = window.page is Page.EDITOR
        title = window.editor.header.title if editing else window.clips_page.inspector.title
        title.setFocus()
        title.selectAll()

    def undo(self) -> None:
        """Take back the last edit; on the start page, the last project that was deleted comes back."""
        if self._window.page is Page.HOME:
            self._window.home_page.project_actions.undo_delete()
        else:
            self._window.session.undo()

    def duplicate(self) -> None:
        """A copy of the clip behind it, selected."""
        window, clip = self._window, self._window.session.clip
        if clip is not None:
            editing = window.desk.editing
            window.context.edits.submit(
                lambda: editing.duplicate_clip(clip.id), done=lambda copy: window.session.select(copy.id)
            )

    def delete_clip(self) -> None:
        """Delete the clip; the toast brings it back."""
        window, clip = self._window, self._window.session.clip
        if clip is None:
            return
        text = tr("“{title}” was deleted", title=clip.title)
        back = ToastText(text, action=tr("Undo"), then=window.session.undo)
        editing = window.desk.editing
        window.context.edits.submit(
            lambda: editing.delete_clips([clip.id]), done=lambda _left: window.tell(back)
        )

    def save_still(self) -> None:
        """Write the frame that shows as a PNG at export size, where the user says."""
        window, player = self._window, self._window.player
        plan, at, clip = player.plan, player.position, window.session.clip
        if plan is None or clip is None:
            return
        player.pause()
        folder = Path(window.memory.last_folder or Path.home())
        name = Path(readable_name(clip.rank, clip.title, clip.aspect)).with_suffix(".png")
        chosen, _filter = QFileDialog.getSaveFileName(
            window, tr("Save this frame"), str(folder / name), "PNG (*.png)"
        )
        if chosen:
            self.save_still_to(Path(chosen), plan, at)

    def save_still_to(self, path: Path, plan: RenderPlan, at: Time) -> None:
        """Write one frame; the toast shows where it is."""
        window, desk = self._window, self._window.desk
        size = frame_size(plan.aspect, desk.settings.values.resolution.short_side_px)
        saved = ToastText(
            tr("Saved “{name}”", name=path.name), action=tr("Show"), then=lambda: show_in_folder(path)
        )
        window.context.tasks.run(
            lambda: desk.save_frame(plan, size, at, path), lambda _time: window.tell(saved)
        )

    def export(self) -> None:
        """Queue the selected clip."""
        clip = self._window.session.clip
        if clip is not None:
            self._queue([clip])

    def export_all(self) -> None:
        """Queue every clip of the recording."""
        self._queue(list(self._window.session.clips))

    def _queue(self, clips: list[Clip]) -> None:
        window, desk = self._window, self._window.desk
        settings = window.export_panel.settings()

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
        """Show or hide the work under way."""
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
