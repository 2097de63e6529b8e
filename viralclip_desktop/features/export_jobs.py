"""Exports as jobs: the queue does them, and the ``exports`` table mirrors how they stand."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.progress import CancelToken, Progress
from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.exports import Export, WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features import errands
from viralclip_desktop.jobs.queue import Handler, Update

if TYPE_CHECKING:
    from viralclip_desktop.features.desk import Desk

KIND = "export"  # payload: export_id; result: export_id, path
LANE = "export"
LANES = {KIND: LANE}


def handlers(desk: Desk) -> dict[str, Handler]:
    """What the job queue calls."""
    return {KIND: partial(_run, desk)}


def follow(desk: Desk) -> None:
    """Keep exports true to their jobs, and jobs to the clips they are for."""
    desk.jobs.listen(partial(_mirror, desk))
    desk.store.changes.subscribe(partial(_follow_deletions, desk))


def queue(desk: Desk, export: Export) -> Export:
    """Give an export a job; the export with the job's id."""
    project_id = desk.store.source(desk.store.clip(export.clip_id).source_id).project_id
    export = replace(export, job_id=new_id("job"))
    _put(desk, export, project_id)
    desk.jobs.submit(KIND, {"export_id": export.id}, project_id, job_id=export.job_id)
    return export


def _run(desk: Desk, job: Job, progress: Progress, cancel: CancelToken, _update: Update) -> dict[str, Any]:
    from viralclip_desktop.features.exporting import run_export

    export_id = job.payload["export_id"]
    faces = errands.faces_for_export(desk, desk.store.export(export_id), progress, cancel)
    export = run_export(desk.store, desk.paths, export_id, progress, cancel, faces=faces)
    return {"export_id": export.id, "path": export.output_path}


def _mirror(desk: Desk, job: Job) -> None:
    """Keep an export's state true when its job was cancelled before it began, or waits again."""
    if job.kind != KIND or job.state not in (WorkState.QUEUED, WorkState.CANCELLED):
        return
    try:
        export = desk.store.export(job.payload["export_id"])
    except NotFound:
        return  # its clip was deleted meanwhile
    if export.status not in (job.state, WorkState.COMPLETED):
        _put(desk, replace(export, status=job.state), job.project_id)


def _follow_deletions(desk: Desk, changes: Changes) -> None:
    """Nobody waits for the exports of a deleted clip."""
    if changes.ids("export"):
        from viralclip_desktop.features.exporting.deletions import follow_deletions

        follow_deletions(desk.store, desk.jobs, changes)


def _put(desk: Desk, export: Export, project_id: str) -> None:
    with desk.store.transaction("Export", project_id, undoable=False) as tx:
        tx.put(export)
