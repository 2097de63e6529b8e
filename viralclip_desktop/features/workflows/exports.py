"""Exports as jobs: the queue does them, and the ``exports`` table mirrors how they stand."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.progress import CancelToken, Progress, staged
from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.exports import Export, ExportSettings, WorkState
from viralclip_desktop.domain.frame_plan import PictureKnown
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.workflows.preview import look_now
from viralclip_desktop.jobs.kinds import JobContext, JobKind

LANE = "export"


@dataclass(frozen=True)
class ExportRequest:
    """Which order is to be carried out."""

    export_id: str


@dataclass(frozen=True)
class Exported:
    """The order, and the file it became."""

    export_id: str
    path: Path


def export_clip(services: Services, clip_id: str, settings: ExportSettings) -> Export:
    """Queue an export."""
    from viralclip_desktop.features.exporting import create_export

    return _queue(services, create_export(services.store, services.paths, clip_id, settings))


def retry_export(services: Services, export_id: str) -> Export:
    """Queue an export that failed or was cancelled again."""
    from viralclip_desktop.features.exporting import retry_export as renew

    return _queue(services, renew(services.store, export_id))


def cancel_export(services: Services, export_id: str) -> None:
    """Stop an export, or take it out of the queue."""
    services.jobs.cancel(services.store.export(export_id).job_id)


def follow(services: Services) -> None:
    """Keep exports true to their jobs, and jobs to the clips they are for."""
    services.jobs.listen(partial(_mirror, services))
    services.store.changes.subscribe(partial(_follow_deletions, services))


def _queue(services: Services, export: Export) -> Export:
    project_id = services.store.source(services.store.clip(export.clip_id).source_id).project_id
    export = replace(export, job_id=new_id("job"))
    _put(services, export, project_id)
    services.jobs.submit(EXPORT, ExportRequest(export.id), project_id, job_id=export.job_id)
    return export


def _run(services: Services, request: ExportRequest, context: JobContext) -> Exported:
    from viralclip_desktop.features.exporting import run_export

    store, paths = services.store, services.paths
    known = _known(services, store.export(request.export_id), context.progress, context.cancel)
    export = run_export(store, paths, request.export_id, context.progress, context.cancel, known=known)
    return Exported(export.id, Path(export.output_path))


def _known(services: Services, export: Export, progress: Progress, cancel: CancelToken) -> PictureKnown:
    """What an export's picture needs to be known, looked for now where it is not."""
    if export.settings.audio_only:
        return PictureKnown()
    share = staged(progress, "sight", 0.0, 0.0)
    return look_now(services, export.clip_id, share, cancel, export.settings.aspect)


def _mirror(services: Services, job: Job) -> None:
    """Keep an export's state true when its job was cancelled before it began, or waits again."""
    if not EXPORT.is_of(job) or job.state not in (WorkState.QUEUED, WorkState.CANCELLED):
        return
    try:
        export = services.store.export(EXPORT.request_of(job).export_id)
    except NotFound:
        return  # its clip was deleted meanwhile
    if export.status not in (job.state, WorkState.COMPLETED):
        _put(services, replace(export, status=job.state), job.project_id)


def _follow_deletions(services: Services, changes: Changes) -> None:
    """Nobody waits for the exports of a deleted clip."""
    if changes.ids("export"):
        from viralclip_desktop.features.exporting.deletions import follow_deletions

        follow_deletions(services.store, services.jobs, changes)


def _put(services: Services, export: Export, project_id: str) -> None:
    with services.store.transaction("Export", project_id, undoable=False) as tx:
        tx.put(export)


EXPORT = JobKind("export", LANE, ExportRequest, Exported, _run)
