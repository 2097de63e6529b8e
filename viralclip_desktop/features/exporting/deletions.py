"""What becomes of orders when their clips are deleted, and when an undo brings those back."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.domain.exports import Export, WorkState

if TYPE_CHECKING:
    from viralclip_desktop.domain.changes import Changes
    from viralclip_desktop.jobs.queue import JobQueue
    from viralclip_desktop.store.store import Store


def follow_deletions(store: Store, jobs: JobQueue, changes: Changes) -> None:
    """Cancel the work on exports that are gone; one that came back without being worked on is cancelled."""
    for change in changes.items:
        if change.kind != "export":
            continue
        if change.after is None:
            _give_up(jobs, change.before)
        elif change.before is None:
            _tell_the_truth(store, jobs, change.after, changes.project_id)


def _give_up(jobs: JobQueue, export: Export | None) -> None:
    if export is not None and not export.status.ended and export.job_id:
        with suppress(NotFound):
            jobs.cancel(export.job_id)


def _tell_the_truth(store: Store, jobs: JobQueue, export: Export, project_id: str) -> None:
    if export.status.ended or not export.job_id:
        return
    with suppress(NotFound):
        if not jobs.get(export.job_id).state.ended:
            return  # it is about to stop, and tells so itself
    with store.transaction("Export", project_id, undoable=False) as tx:
        tx.put(replace(export, status=WorkState.CANCELLED))
