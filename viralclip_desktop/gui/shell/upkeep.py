"""What the window does by itself, or for any job: cancel, retry, resume, back up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.upkeep import keep_safe as keep_backup
from viralclip_desktop.gui.jobs.job_row import ask_to_cancel
from viralclip_desktop.gui.text import tr
from viralclip_desktop.gui.widgets.toasts import ToastText

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context
    from viralclip_desktop.gui.session.workspace import Workspace


def cancel_job(work: Workspace, job_id: str) -> None:
    """Stop a job; one that has been at work for long only after a question."""
    context, jobs = work.context, work.context.services.jobs
    context.tasks.run(lambda: jobs.get(job_id), lambda job: ask_to_cancel(context, work.window, job))


def retry_job(context: Context, job_id: str) -> None:
    """Run a job again."""
    context.tasks.run(lambda: context.services.jobs.retry(job_id))


def resume_work(context: Context) -> None:
    """Go on with what the last session left unfinished."""

    def resumed(jobs: list[Job]) -> None:
        for job in jobs:
            context.events.job_moved.emit(job)
        if jobs:
            context.tell(ToastText(tr("Going on where you left off.")))

    context.tasks.run(context.services.jobs.resume_interrupted, resumed)


def keep_safe(context: Context) -> None:
    """Back up the database when that is due."""
    context.tasks.run(lambda: keep_backup(context.services))
