"""Exports as jobs. How an export stands is what its job says: the queue writes it down with the job."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.ids import new_id
from viralclip_desktop.core.progress import CancelToken, Progress, staged
from viralclip_desktop.domain.changes import Changes
from viralclip_desktop.domain.exports import Export, ExportSettings
from viralclip_desktop.domain.faces import Faces
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.common.styles import tell_if_style_is_gone
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
    """Nobody waits for the exports of a deleted clip."""
    services.store.changes.subscribe(partial(_follow_deletions, services))


def _queue(services: Services, export: Export) -> Export:
    project_id = services.store.source(services.store.clip(export.clip_id).source_id).project_id
    export = replace(export, job_id=new_id("job"))
    _put(services, export, project_id)
    services.jobs.submit(EXPORT, ExportRequest(export.id), project_id, job_id=export.job_id)
    return services.store.export(export.id)


def _run(services: Services, request: ExportRequest, context: JobContext) -> Exported:
    from viralclip_desktop.features.exporting import run_export

    store, paths = services.store, services.paths
    order = store.export(request.export_id)
    tell_if_style_is_gone(store, store.clip(order.clip_id), services.notices)
    faces = _faces(services, order, context.progress, context.cancel)
    export = run_export(store, paths, request.export_id, context.progress, context.cancel, faces=faces)
    return Exported(export.id, Path(export.output_path))


def _faces(services: Services, export: Export, progress: Progress, cancel: CancelToken) -> Faces:
    """The faces that an export's captions keep off, looked for now where they are not known."""
    from viralclip_desktop.features.faces import known_faces, look_for_faces

    if export.settings.audio_only:
        return {}
    look_for_faces(services, export.clip_id, staged(progress, "faces", 0.0, 0.0), cancel)
    return known_faces(services.store, services.paths, export.clip_id)


def _follow_deletions(services: Services, changes: Changes) -> None:
    for change in changes.items:
        gone = change.before if change.kind == "export" and change.after is None else None
        if isinstance(gone, Export) and gone.job_id and not gone.status.ended:
            with suppress(NotFound):
                services.jobs.cancel(gone.job_id)


def _put(services: Services, export: Export, project_id: str) -> None:
    with services.store.transaction("Export", project_id, undoable=False) as tx:
        tx.put(export)


EXPORT = JobKind("export", LANE, ExportRequest, Exported, _run)
