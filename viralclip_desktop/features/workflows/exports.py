"""Exports as jobs. How an export stands is what its job says: the queue writes it down with the job."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.progress import CancelToken, Progress, staged
from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.exports import Export, ExportSettings, WorkState
from viralclip_desktop.domain.frame_plan import PictureKnown
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.workflows.preview import look_now, preview_plan
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


def exports_at_once(processors: int | None = None) -> int:
    """How many exports to run side by side: two, so that one encodes while another begins or ends; more
    only where there are more processors than x264 uses on one picture of this size (about six)."""
    return max(2, min(4, (processors or os.cpu_count() or 1) // 6))


def export_clip(services: Services, clip_id: str, settings: ExportSettings) -> Export:
    """Queue an export."""
    from viralclip_desktop.features.exporting.exporting import create_export

    return _queued(
        services, clip_id, lambda: create_export(services.store, services.paths, clip_id, settings)
    )


def retry_export(services: Services, export_id: str) -> Export:
    """Queue an export that failed or was cancelled again."""
    from viralclip_desktop.features.exporting.exporting import retry_export as renew

    clip_id = services.store.export(export_id).clip_id
    return _queued(services, clip_id, lambda: renew(services.store, export_id))


def cancel_export(services: Services, export_id: str) -> None:
    """Stop an export, or take it out of the queue."""
    services.jobs.cancel(services.store.export(export_id).job_id)


def follow(services: Services) -> None:
    """Nobody waits for the exports of a deleted clip."""
    services.store.changes.subscribe(partial(_follow_deletions, services))


def _queued(services: Services, clip_id: str, order: Callable[[], Export]) -> Export:
    """Store an order and its job in one commit, so that none is ever without the other."""
    store, jobs = services.store, services.jobs
    project_id = store.clip(clip_id).project_id
    with store.transaction("Export", project_id, undoable=False) as tx:
        export = replace(order(), job_id=new_id("job"), status=WorkState.QUEUED, error="", hint="")
        tx.put(export)
        request = ExportRequest(export.id)
        job = jobs.submit(EXPORT, request, project_id, job_id=export.job_id, start=False)
    jobs.start(job)
    return store.export(export.id)


def _run(services: Services, request: ExportRequest, context: JobContext) -> Exported:
    from viralclip_desktop.features.exporting.exporting import run_export

    store, paths = services.store, services.paths
    order = store.export(request.export_id)
    if not order.settings.audio_only:
        preview_plan(store, paths, order.clip_id, services.notices)
    known = _known(services, order, context.progress, context.cancel)
    export = run_export(store, paths, request.export_id, context.progress, context.cancel, known=known)
    return Exported(export.id, Path(export.output_path))


def _known(services: Services, export: Export, progress: Progress, cancel: CancelToken) -> PictureKnown:
    """What an export's picture needs to be known, looked for now where it is not."""
    if export.settings.audio_only:
        return PictureKnown()
    share = staged(progress, "sight", 0.0, 0.0)
    return look_now(services, export.clip_id, share, cancel, export.settings.aspect)


def _follow_deletions(services: Services, changes: Changes) -> None:
    for change in changes.items:
        gone = change.before if change.kind == "export" and change.after is None else None
        if isinstance(gone, Export) and gone.job_id and not gone.status.ended:
            with suppress(NotFound):
                services.jobs.cancel(gone.job_id)


EXPORT = JobKind("export", LANE, ExportRequest, Exported, _run)
