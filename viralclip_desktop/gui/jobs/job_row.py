"""A job that is no export in the activity panel: imports, downloads, project files, lost recordings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.portable.job import EXPORT_PROJECT, IMPORT_PROJECT
from viralclip_desktop.features.workflows.batch import BATCH
from viralclip_desktop.features.workflows.link import FETCH_LINK
from viralclip_desktop.features.workflows.main_job import MAIN_JOB
from viralclip_desktop.gui.common.cancelling import cancel_work
from viralclip_desktop.gui.common.work_row import WorkRow
from viralclip_desktop.gui.jobs.words import job_words
from viralclip_desktop.gui.text import plural, tr, tr_message
from viralclip_desktop.gui.widgets.buttons import Button, IconButton, on_click
from viralclip_desktop.gui.widgets.progress import time_left_words

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context

WATCHED = (MAIN_JOB.name, FETCH_LINK.name, BATCH.name)
"""Kinds of jobs that have a page of their own while they are at work."""
_LEADS_SOMEWHERE = (MAIN_JOB.name, IMPORT_PROJECT.name, EXPORT_PROJECT.name)


def ask_to_cancel(context: Context, host: QWidget, job: Job) -> None:
    """Stop a job; one that has been at work for long only after a question."""
    jobs, title = context.services.jobs, tr("Cancel “{what}”?", what=job_words(job))
    stays = tr("What was heard so far stays: “Try again” goes on from there.") if MAIN_JOB.is_of(job) else ""
    cancel_work(context, host, [job.id], lambda: jobs.cancel(job.id), title=title, stays=stays)


class JobRow(WorkRow):
    """Shows a :class:`Job`; the signals carry it."""

    cancel_asked = Signal(object)
    retry_asked = Signal(object)
    show_asked = Signal(object)
    review_asked = Signal(object)
    """The clips of a batch are to be reviewed."""

    def __init__(self, job: Job) -> None:
        self.open = IconButton("arrow-square-out", tr("Show"))
        self.review = Button("", "primary", "check-square")
        super().__init__(job_words(job), [self.open])
        self.inside.addWidget(self.review)
        self.job = job
        on_click(self.review, lambda: self.review_asked.emit(self.job))
        on_click(self.open, lambda: self.show_asked.emit(self.job))
        on_click(self.cancel, lambda: self.cancel_asked.emit(self.job))
        on_click(self.retry, lambda: self.retry_asked.emit(self.job))
        self.show_job(job)

    def show_job(self, job: Job) -> None:
        """The job as it stands."""
        self.job = job
        self.show_words(job_words(job), job_state_words(job))
        self.show_share(None if job.state.ended else job.fraction)
        failed = job.state is WorkState.FAILED
        error = tr_message(job.error) or tr("The work could not be finished.")
        self.show_trouble(error if failed else "", tr_message(job.hint), job.details)
        self.cancel.setVisible(not job.state.ended)
        self.retry.setVisible(job.state in (WorkState.FAILED, WorkState.CANCELLED))
        clips = len(job.result.get("clip_ids", ())) if BATCH.is_of(job) and job.state.ended else 0
        self.review.setVisible(clips > 0)
        self.review.setText(plural(clips, "Review {n} clip", "Review {n} clips"))
        watched = job.kind in WATCHED and not job.state.ended
        self.open.setVisible(watched or (job.kind in _LEADS_SOMEWHERE and job.state is WorkState.COMPLETED))


def job_state_words(job: Job) -> str:
    """``Transcribing  ·  40 %  ·  about 2 min left``, ``Waiting for its turn``, ``Done``..."""
    if job.state is WorkState.RUNNING:
        share = f"{round(100 * job.fraction)} %"
        parts = (tr_message(job.message), share, time_left_words(job.time_left_s))
        return "  ·  ".join(part for part in parts if part)
    made = job.result.get("clip_ids", ()) if BATCH.is_of(job) else ()
    done = plural(len(made), "{n} clip is ready", "{n} clips are ready") if made else tr("Done")
    words = {
        WorkState.QUEUED: tr("Waiting for its turn"),
        WorkState.COMPLETED: done,
        WorkState.FAILED: tr("Failed"),
        WorkState.CANCELLED: tr("Cancelled"),
    }
    return words[job.state]
