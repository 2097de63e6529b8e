"""The real window on fixed data, brought into each of its main states one after the other.

One window for all tests of a file: making it and walking through it costs seconds. What is shown is always
the same: the titles, the words, a drawn picture, and a moment of it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from support.patience import patiently
from support.projects import add_project, make_recording, make_services
from support.sounds import tone
from support.window_parts import export_dialog_of, palette_of, settings_of

if TYPE_CHECKING:
    from PySide6.QtGui import QImage
    from PySide6.QtWidgets import QWidget

    from viralclip_desktop.domain.media import Source
    from viralclip_desktop.gui.shell.window import MainWindow

PANELS = (
    "transcript", "clips", "sounds", "captions", "brand", "frame", "audio", "tighten", "finish", "dubbing",
    "export", "history",
    "timeline",
)  # fmt: skip
SECTIONS = (
    "General", "Privacy", "Export", "Clips", "Speech",
    "Speech models", "Keys of cloud services", "Storage", "Backups",
)  # fmt: skip
STATES = (
    "welcome",
    "home_empty",
    "home",
    "search",
    "working",
    "clips",
    "review",
    "review_end",
    *(f"editor_{panel}" for panel in PANELS),
    "studio",
    "studio_music",
    "studio_cloning",
    "full_preview",
    "export_dialog",
    *(f"settings_{section}" for section in SECTIONS),
    "palette",
    "shortcuts",
    "queue",
    "closing",
)
"""In the order in which one window can be in them."""

SIZE = (1366, 768)


class Stage:
    """The window, and the way into and out of each state."""

    def __init__(self, folder: Path) -> None:
        from viralclip_desktop.gui.shell.window import MainWindow

        self.bugs: list[Exception] = []
        self._folder = folder
        self.services = make_services(folder)
        self.services.settings.set(reduce_motion=True)
        self.window: MainWindow = MainWindow(self.services, self.bugs.append)
        self.window.resize(*SIZE)
        self.window.show()
        self.window.begin(None)
        self.window.activateWindow()
        self.source: Source | None = None
        self._leave: list[Callable[[], object]] = []
        self.settle()

    def close(self) -> None:
        """End everything."""
        self.window.hide()
        self.window.end_work()
        self.window.deleteLater()
        self.services.close()

    # --- waiting -----------------------------------------------------------------------------------------

    def wait(self, until: Callable[[], bool], what: str = "") -> None:
        """Let things happen until something is so. Raises :class:`AssertionError` when it never is."""
        from PySide6.QtTest import QTest

        assert patiently(until, meanwhile=lambda: QTest.qWait(5)), f"never so: {what or until}"

    def settle(self) -> None:
        """Everything under way has come home, and the player shows the frame it stands on."""
        from PySide6.QtTest import QTest

        for _ in range(2):  # what came home may ask for more
            self.wait(lambda: self.idle, "idle")
            QTest.qWait(20)
        player = self.window.player
        if self.window.session.clip is not None and player.plan is not None and not player.playing:
            self.wait(lambda: self.window.player.current, "a current frame")

    @property
    def idle(self) -> bool:
        """Whether nothing is under way."""
        context = self.window.context
        ahead = self.window.player.ahead
        begun = ahead.clip is None or ahead.ready  # what comes next is read on a thread of its own
        return context.idle and begun and not any(timer.isActive() for timer in self._slicing())

    def _slicing(self) -> list[Any]:
        """The timers of what is made piece by piece."""
        from PySide6.QtCore import QTimer

        from viralclip_desktop.gui.bridge.slices import Slices

        pieces = self.window.findChildren(Slices)
        return [timer for made in pieces for timer in made.findChildren(QTimer)]

    def picture(self, top: QWidget) -> QImage:
        """What a window looks like once nothing in it moves any more."""
        from PySide6.QtTest import QTest

        image = top.grab().toImage()
        for _ in range(50):
            QTest.qWait(60)
            before, image = image, top.grab().toImage()
            if image == before:
                break
        return image

    # --- states ------------------------------------------------------------------------------------------

    def enter(self, state: str) -> QWidget:
        """Bring the window into a state; returns the widget it is about, the window or a dialog."""
        name, _, part = (
            state.partition("_") if state.startswith(("editor_", "settings_")) else (state, "", "")
        )
        enter: Callable[..., QWidget | None] = getattr(self, f"_enter_{name}")
        top = enter(part) if part else enter()
        self.settle()
        return top or self.window

    def leave(self) -> None:
        """Close what is in front of the window."""
        while self._leave:
            self._leave.pop()()
        self.settle()

    def _enter_welcome(self) -> None:
        self.window.navigation.go_home()

    def _enter_home_empty(self) -> None:
        from viralclip_desktop.gui.projects.welcome_memory import WelcomeMemory

        WelcomeMemory(self.services.paths.home).mark_done()
        self.window.home_page.welcome.hide()
        self.window.navigation.go_home()

    def _enter_home(self) -> None:
        self._need_project()
        self.window.navigation.go_home()
        model = self.window.home_page.model
        self.wait(lambda: model.rowCount() > 0, "a project card")

    def _enter_search(self) -> None:
        self._enter_home()
        page = self.window.home_page.search
        page.field.setText("number")
        self._leave.append(page.field.clear)
        self.wait(lambda: page.model.rowCount() > 0, "hits")

    def _enter_working(self) -> None:
        from viralclip_desktop.domain.exports import WorkState
        from viralclip_desktop.domain.jobs import Job

        source = self._need_project()
        job = Job("job_x", "find_clips", {"path": source.path}, source.project_id, WorkState.RUNNING)
        job = replace(job, stage="transcribe", fraction=0.43, message="Listening", time_left_s=74)
        self.window.context.events.job_moved.emit(job)
        self.window.navigation.watch_job(job)
        cancelled = replace(job, state=WorkState.CANCELLED)
        self._leave.append(lambda: self.window.context.events.job_moved.emit(cancelled))

    def _enter_clips(self) -> None:
        from viralclip_desktop.gui.session.navigation import Page

        source = self._need_project()
        if self.window.session.loaded is None:
            self.window.navigation.open_source(source.id)
            self.wait(lambda: self.window.page is Page.CLIPS, "the clips page")
        self.window.navigation.show_clips()

    def _enter_review(self) -> None:
        from viralclip_desktop.core.time import Time

        self._enter_clips()
        self.settle()
        self.window.navigation.open_review()
        player = self.window.player
        self.wait(lambda: player.position > Time(0), "a clip that plays")
        self._leave.append(self.window.navigation.show_clips)
        player.pause()
        player.seek(Time.from_seconds(2))

    def _enter_review_end(self) -> None:
        self._enter_review()
        page = self.window.review_page
        page.step(len(page.queue.ids))

    def _enter_editor(self, panel: str) -> None:
        from viralclip_desktop.core.time import Time
        from viralclip_desktop.gui.session.navigation import Page

        if self.window.page is not Page.EDITOR:
            self._enter_clips()
            self.settle()
            self.window.navigation.open_editor()
            self.wait(self.window.editor.isVisible, "the editor")
            self.settle()
            self.window.player.seek(Time.from_seconds(2))
        self.window.editor.docks.reveal(panel)

    def _enter_studio(self) -> None:
        from viralclip_desktop.features.library import add_sound

        self._enter_editor("sounds")
        add_sound(self.services, self._need_sound(), tags=["calm"], folder="Beds")
        self.window.navigation.open_studio("library")
        model = self.window.studio_page.tab("library").list.model
        self.wait(lambda: model.rowCount() > 0, "a sound")
        self._leave.append(self.window.navigation.leave_studio)

    def _enter_studio_music(self) -> None:
        from support.studio import put_piece

        self._enter_editor("sounds")
        put_piece(self.services)
        tab = self._studio_tab("music")
        tab.takes.read()
        self.wait(lambda: bool(tab.takes.cards), "a piece")

    def _enter_studio_cloning(self) -> None:
        from support.studio import put_voices

        put_voices(self.services)
        tab = self._studio_tab("cloning")
        self.wait(lambda: bool(tab.voices.cards), "a voice")
        tab.form.samples.add([self._need_sound()])
        self._leave.insert(0, tab.form.samples.clear)
        self.wait(lambda: None not in tab.form.samples.measured, "what is said of a sample")

    def _studio_tab(self, tab_id: str) -> Any:
        self.window.navigation.open_studio(tab_id)
        self._leave.append(self.window.navigation.leave_studio)
        return self.window.studio_page.tab(tab_id)

    def _enter_full_preview(self) -> QWidget:
        self._enter_editor("transcript")
        self.settle()
        self.window.actions_by_id["full_preview"].trigger()
        top = self.window.editor.full_preview
        assert top is not None
        self._leave.append(top.close)
        return top

    def _enter_export_dialog(self) -> QWidget:
        self._enter_editor("transcript")
        self.settle()
        self.window.actions_by_id["export_as"].trigger()
        dialog = export_dialog_of(self.window)
        assert dialog is not None
        self._leave.append(dialog.reject)
        self.wait(lambda: bool(dialog.estimate.text()), "an estimate")
        self.settle()  # the size is measured meanwhile
        return dialog

    def _enter_settings(self, section: str) -> QWidget:
        self.window.actions_by_id["settings"].trigger()
        dialog = settings_of(self.window)
        dialog.show_section(section)
        self._leave.append(dialog.hide)
        return dialog

    def _enter_palette(self) -> QWidget:
        self._enter_editor("transcript")
        self.window.actions_by_id["palette"].trigger()
        palette = palette_of(self.window)
        assert palette is not None
        self._leave.append(palette.hide)
        return palette

    def _enter_shortcuts(self) -> QWidget:
        return self._modal("shortcuts")

    def _enter_queue(self) -> None:
        self._enter_clips()
        queue = self.window.queue
        queue.show()
        self._leave.append(queue.hide)

    def _enter_closing(self) -> QWidget:
        self.window.closing_question()
        dialog = self.window.closing_dialog
        assert dialog is not None
        self._leave.append(dialog.stay.click)
        return dialog

    def _modal(self, action: str) -> QWidget:
        from PySide6.QtWidgets import QApplication

        self.window.actions_by_id[action].trigger()
        dialog: Any = QApplication.activeModalWidget()
        assert dialog is not None
        self._leave.append(dialog.accept)
        return dialog

    def _need_sound(self) -> Path:
        """Half a second of a tone."""
        return tone(self._folder / "A tone.wav", 0.5)

    def _need_project(self) -> Source:
        if self.source is None:
            video = make_recording(self._folder / "Talk about numbers.mp4")
            self.source = add_project(self.services, video)
            self.settle()
        return self.source


@contextmanager
def window_stage(folder: Path, scheme: str = "dark") -> Iterator[Stage]:
    """A stage that is cleared away at the end. Bugs that reached the window's reporter fail."""
    from PySide6.QtWidgets import QApplication

    from viralclip_desktop.gui.theme.theme import ThemeChoice, start_theme

    application = QApplication.instance()
    assert isinstance(application, QApplication)
    start_theme(application, ThemeChoice(scheme))
    stage = Stage(folder)
    try:
        yield stage
    finally:
        stage.close()
    for bug in stage.bugs:
        logging.getLogger(__name__).error("a bug reached the window", exc_info=bug)
    assert stage.bugs == []
