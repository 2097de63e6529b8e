"""Work that takes a while beside analysis and export: models, project files, lost recordings, the sample.

Each is a kind of job, so that it shows with the rest, can be cancelled, and goes on after a restart.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.progress import CancelToken, Progress
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.main_job import MainJobOptions
from viralclip_desktop.jobs.queue import Handler, Update

if TYPE_CHECKING:
    from viralclip_desktop.features.desk import Desk

INSTALL_MODEL = "install_model"  # payload: model
TRY_SAMPLE = "sample_talk"  # payload: options; result: path, job_id of the main job that follows
RELINK = "relink"  # payload: folder; result: found, missing, project_ids
IMPORT_PROJECT = "import_project"  # payload: path; result: project_id, name
EXPORT_PROJECT = "export_project"  # payload: project_id, path, with_media; result: path

LANES = {
    INSTALL_MODEL: "download",
    TRY_SAMPLE: "errand",
    RELINK: "errand",
    IMPORT_PROJECT: "errand",
    EXPORT_PROJECT: "errand",
}
Result = dict[str, Any]
Errand = Callable[["Desk", Job, Progress, CancelToken], Result]


def handlers(desk: Desk) -> dict[str, Handler]:
    """What the job queue calls for each kind."""
    return {kind: _handler(desk, errand) for kind, errand in _ERRANDS.items()}


def _handler(desk: Desk, errand: Errand) -> Handler:
    def handle(job: Job, progress: Progress, cancel: CancelToken, _update: Update) -> Result:
        return errand(desk, job, progress, cancel)

    return handle


def _install_model(desk: Desk, job: Job, progress: Progress, cancel: CancelToken) -> Result:
    return {"path": str(desk.models().install(str(job.payload["model"]), progress, cancel))}


def _try_sample(desk: Desk, job: Job, progress: Progress, cancel: CancelToken) -> Result:
    path = desk.make_sample(progress, cancel)
    following = desk.submit_main_job(path, MainJobOptions.from_payload(job.payload["options"]))
    return {"path": str(path), "job_id": following.id}


def _relink(desk: Desk, job: Job, progress: Progress, cancel: CancelToken) -> Result:
    report = desk.relink_folder(Path(job.payload["folder"]), progress, cancel)
    projects = {desk.store.source(source_id).project_id for source_id in report.found}
    found, missing = len(report.found), len(report.still_missing)
    return {"found": found, "missing": missing, "project_ids": sorted(projects)}


def _import_project(desk: Desk, job: Job, progress: Progress, cancel: CancelToken) -> Result:
    project = desk.import_project(Path(job.payload["path"]), progress, cancel)
    return {"project_id": project.id, "name": project.name}


def _export_project(desk: Desk, job: Job, progress: Progress, cancel: CancelToken) -> Result:
    out = desk.export_project(
        str(job.payload["project_id"]),
        Path(job.payload["path"]),
        with_media=bool(job.payload.get("with_media")),
        progress=progress,
        cancel=cancel,
    )
    return {"path": str(out)}


_ERRANDS: dict[str, Errand] = {
    INSTALL_MODEL: _install_model,
    TRY_SAMPLE: _try_sample,
    RELINK: _relink,
    IMPORT_PROJECT: _import_project,
    EXPORT_PROJECT: _export_project,
}
