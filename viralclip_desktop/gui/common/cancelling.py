"""Cancelling work: at once while little is lost by it, and after a question where it was at work for long."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from viralclip_desktop.core.time import Time
from viralclip_desktop.gui.text import duration, tr
from viralclip_desktop.gui.widgets.dialogs import Question

if TYPE_CHECKING:
    from viralclip_desktop.gui.bridge.context import Context

ASK_AFTER_S = 60.0


def cancel_work(
    context: Context,
    host: QWidget,
    job_ids: Iterable[str],
    cancel: Callable[[], object],
    *,
    title: str,
    stays: str = "",
) -> None:
    """Stop some jobs by ``cancel``, off the GUI thread. ``title``: the question, where one is asked;
    ``stays``: what is not lost."""
    jobs = context.services.jobs
    worked_s = max((jobs.worked_s(job_id) for job_id in job_ids), default=0.0)
    if worked_s < ASK_AFTER_S:
        context.tasks.run(cancel)
        return
    worked = tr("It has been at work for {time}.", time=duration(Time.from_seconds(round(worked_s))))
    text = f"{worked} {stays}".strip()
    question = Question(host.window(), title, text, stay=tr("Go on"), go=tr("Cancel the work"))
    question.accepted.connect(lambda: context.tasks.run(cancel))
    question.finished.connect(question.deleteLater)
    question.open()
