"""Looking for lost files in a folder, as a job."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.relink.relinking import relink_folder
from viralclip_desktop.jobs.kinds import JobContext, JobKind


@dataclass(frozen=True)
class RelinkRequest:
    """The folder to look through, with all folders in it."""

    folder: Path


@dataclass(frozen=True)
class Relinked:
    """How many files were found, how many are missing still, and the projects that can go on."""

    found: int
    missing: int
    project_ids: list[str]


def start_relink(services: Services, folder: Path) -> Job:
    """Queue a search for all lost files in a folder, by their content."""
    return services.jobs.submit(RELINK, RelinkRequest(folder), once=True)


def _run(services: Services, request: RelinkRequest, context: JobContext) -> Relinked:
    report = relink_folder(services.store, request.folder, None, context.progress, context.cancel)
    return Relinked(len(report.found), len(report.still_missing), list(report.project_ids))


RELINK = JobKind("relink", "files", RelinkRequest, Relinked, _run)
