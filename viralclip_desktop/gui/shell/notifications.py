"""What happens in the background, reported once: notices, finished exports, clips that are ready."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from viralclip_desktop.core.notices import Notice, Severity
from viralclip_desktop.domain.exports import Export, WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.workflows.batch import BATCH, part_of_batch
from viralclip_desktop.features.workflows.link import FETCH_LINK
from viralclip_desktop.features.workflows.main_job import MAIN_JOB
from viralclip_desktop.gui.common.notice_help import help_words, notice_hint
from viralclip_desktop.gui.review.feature import review_batch
from viralclip_desktop.gui.session.navigation import Page
from viralclip_desktop.gui.text import plural, tr, tr_message
from viralclip_desktop.gui.widgets.reveal import show_in_folder
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.gui.jobs.message_log import MessageLog
    from viralclip_desktop.gui.jobs.queue_panel import QueuePanel
    from viralclip_desktop.gui.jobs.working_page import WorkingPage
    from viralclip_desktop.gui.session.workspace import Workspace

_KINDS = {Severity.INFO: "info", Severity.CAUTION: "caution", Severity.ERROR: "bad"}


class Notifications(QObject):
    """Turns events into toasts, unless the page in view tells them already."""

    def __init__(
        self, work: Workspace, messages: MessageLog, queue: QueuePanel, working_page: WorkingPage
    ) -> None:
        super().__init__(work.window)
        self._work, self._messages = work, messages
        self._queue, self._working_page = queue, working_page
        work.context.events.noticed.connect(self._notice)
        work.context.events.job_moved.connect(self._job)
        queue.finished.connect(self._export)

    def _notice(self, notice: Notice) -> None:
        kind = _KINDS.get(notice.severity, "info")
        step = help_words(notice.leads_to)
        then = self._work.actions[notice.leads_to].trigger if step else None
        hint = notice_hint(notice)
        text = ToastText(tr_message(notice.message), hint, notice.details, kind, action=step, then=then)
        if self._work.navigation.page is Page.WORKING and notice.severity < Severity.ERROR:
            self._messages.take(text)  # the working page shows it as a banner
        else:
            self._work.context.tell(text)

    def _job(self, job: Job) -> None:
        if FETCH_LINK.is_of(job) and job.state is WorkState.FAILED and not self._watched(job):
            self._failed(job)
        if BATCH.is_of(job) and job.state.ended and not self._watched(job):
            self._batch(job)
        if not MAIN_JOB.is_of(job) or not job.state.ended or part_of_batch(job):
            return
        name = Path(str(job.payload.get("path", ""))).name
        source_id = str(job.result.get("source_id", ""))
        if job.state is WorkState.COMPLETED and job.payload.get("source_id"):
            self._searched(job, name)
        elif job.state is WorkState.COMPLETED and self._in_view(source_id):
            text = tr("All of “{name}” is heard. The clips are settled.", name=name)
            self._work.context.tell(ToastText(text))
        elif self._watched(job):
            return
        elif job.state is WorkState.COMPLETED:
            text = tr("The clips of “{name}” are ready.", name=name)
            show = ToastText(
                text, action=tr("Show"), then=lambda: self._work.navigation.open_source(source_id)
            )
            self._work.context.tell(show)
        elif job.state is WorkState.FAILED:
            self._failed(job)

    def _searched(self, job: Job, name: str) -> None:
        """What came of another search: often it finds what stands there already, and the page stays as it
        was."""
        found = MAIN_JOB.result_of(job)
        text = plural(found.added, "{n} new clip was found.", "{n} new clips were found.")
        if not found.clip_ids:
            text = tr("The search found no clips.")
        elif not found.added:
            text = tr("The search found the same clips again.")
        if self._watched(job) or self._in_view(found.source_id):
            self._work.context.tell(ToastText(text))
            return
        again = tr("“{name}” was searched again.", name=name)
        show = partial(self._work.navigation.open_source, found.source_id)
        self._work.context.tell(ToastText(again, text, action=tr("Show"), then=show))

    def _batch(self, job: Job) -> None:
        """Its clips are to be reviewed, also where some of its recordings failed."""
        clips, failed = len(job.result.get("clip_ids", ())), job.state is WorkState.FAILED
        if job.state is WorkState.CANCELLED or not (clips or failed):
            return
        ready = plural(clips, "{n} clip is ready.", "{n} clips are ready.")
        text = ToastText(
            tr_message(job.error) if failed else ready,
            tr_message(job.hint) if failed else "",
            job.details,
            "bad" if failed else "info",
            action=plural(clips, "Review {n} clip", "Review {n} clips") if clips else "",
            then=partial(review_batch, self._work, job),
        )
        self._work.context.tell(text)
        self._queue.notice.tell(tr("The batch has ended"), text.message)

    def _failed(self, job: Job) -> None:
        self._work.context.tell(ToastText(tr_message(job.error), tr_message(job.hint), job.details, "bad"))

    def _export(self, export: Export) -> None:
        if self._queue.isVisible():
            return
        title = self._queue.work.title_of(export)
        if export.status is WorkState.COMPLETED:
            path = Path(export.output_path)
            self._work.context.tell(
                ToastText(
                    tr("“{title}” is exported.", title=title) if title else tr("The export is finished."),
                    action=tr("Show in folder"),
                    then=partial(show_in_folder, path, self._work.context.tell),
                )
            )
        elif export.status is WorkState.FAILED:
            why = " ".join(part for part in (tr_message(export.error), tr_message(export.hint)) if part)
            text = tr("“{title}” was not exported.", title=title) if title else tr("The export failed.")
            show = self._queue.toggle
            self._work.context.tell(ToastText(text, why, kind="bad", action=tr("Show"), then=show))

    def _in_view(self, source_id: str) -> bool:
        """Whether the user looks at the clips of a recording."""
        pages = (Page.CLIPS, Page.EDITOR, Page.REVIEW)
        return self._work.navigation.page in pages and self._work.session.source_id == source_id

    def _watched(self, job: Job) -> bool:
        page = self._working_page
        return self._work.navigation.page is not Page.HOME and page.job is not None and page.job.id == job.id
