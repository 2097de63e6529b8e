"""One language of a dub: how far it is, and what came of it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.engines.stt.languages import language_name
from viralclip_desktop.features.workflows.dub import DUB_LANGUAGE, dubbed_as
from viralclip_desktop.features.workflows.dub_files import main_file
from viralclip_desktop.features.workflows.dub_tracks import DUB_TRACKS
from viralclip_desktop.gui.common.work_row import WorkRow
from viralclip_desktop.gui.dubbing.words import dub_state, dub_title, report_words
from viralclip_desktop.gui.text import tr, tr_message
from viralclip_desktop.gui.widgets.buttons import IconButton, on_click
from viralclip_desktop.gui.widgets.reveal import open_file, show_in_folder


class DubRow(WorkRow):
    """Shows the job of a language, or of the film with all of them; ``cancel_asked`` and
    ``retry_asked`` carry its id."""

    cancel_asked = Signal(str)
    retry_asked = Signal(str)
    told = Signal(object)
    """What is to be told: a :class:`ToastText`."""

    def __init__(self, job: Job, source_id: str) -> None:
        self.play = IconButton("play", tr("Play"))
        self.folder = IconButton("folder", tr("Show in folder"))
        super().__init__(dub_title(job, source_id), [self.play, self.folder])
        self.job, self._title_text = job, dub_title(job, source_id)
        on_click(self.cancel, lambda: self.cancel_asked.emit(self.job.id))
        on_click(self.retry, lambda: self.retry_asked.emit(self.job.id))
        on_click(self.play, lambda: open_file(self._file(), self.told.emit))
        on_click(self.folder, lambda: show_in_folder(self._file(), self.told.emit))
        self.show_job(job)

    def show_job(self, job: Job) -> None:
        """The job as it stands."""
        self.job = job
        state = job.state
        self.show_words(self._title_text, dub_state(job))
        self.show_share(None if state.ended else job.fraction)
        failed, done = state is WorkState.FAILED, state is WorkState.COMPLETED
        error = tr_message(job.error) or tr("The work could not be finished.")
        self.show_trouble(error if failed else "", tr_message(job.hint), job.details)
        if done:
            self.show_remarks(_remarks(job))
        self.cancel.setVisible(not state.ended)
        self.retry.setVisible(state in (WorkState.FAILED, WorkState.CANCELLED))
        self.play.setVisible(done)
        self.folder.setVisible(done)

    def _file(self) -> Path:
        if DUB_TRACKS.is_of(self.job):
            return DUB_TRACKS.result_of(self.job).files.tracks
        return main_file(DUB_LANGUAGE.result_of(self.job).files)


def _remarks(job: Job) -> list[str]:
    """What a finished job became."""
    if DUB_TRACKS.is_of(job):
        own, *others = (tr_message(language_name(code)) for code in DUB_TRACKS.result_of(job).codes)
        original = tr("{language} (original)", language=own) if own else tr("Original")
        return [tr("Its sound tracks: {titles}.", titles=", ".join((original, *others)))]
    return report_words(DUB_LANGUAGE.result_of(job).report, dubbed_as(job)[1])
