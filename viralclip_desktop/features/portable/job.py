"""Projects as files, in and out, as jobs. Light: the start of the program reads it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from viralclip_desktop.core.errors import Cancelled, Fault
from viralclip_desktop.core.progress import CancelToken, Progress, staged
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.media import Project
from viralclip_desktop.features.common.derived import ensure_sound, ensure_thumbnail
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.jobs.kinds import JobContext, JobKind

_UNPACK_SHARE = 0.5  # of opening a project file; the rest is listening through its recordings


@dataclass(frozen=True)
class ImportProject:
    """The file to read."""

    path: Path


@dataclass(frozen=True)
class ProjectImported:
    """The project made of it."""

    project_id: str
    name: str


@dataclass(frozen=True)
class ExportProject:
    """Which project, into which file, with or without copies of its recordings."""

    project_id: str
    path: Path
    with_media: bool = False


@dataclass(frozen=True)
class ProjectExported:
    """The file that was written."""

    path: Path


def start_import(services: Services, path: Path) -> Job:
    """Queue reading a project file."""
    return services.jobs.submit(IMPORT_PROJECT, ImportProject(path), once=True)


def start_export(services: Services, project_id: str, path: Path, *, with_media: bool = False) -> Job:
    """Queue writing a project file."""
    request = ExportProject(project_id, path, with_media)
    return services.jobs.submit(EXPORT_PROJECT, request, project_id, once=True)


def open_project_file(
    services: Services,
    file: Path,
    progress: Progress,
    cancel: CancelToken,
    *,
    begun: str = "",
    stored: Callable[[str], None] = lambda _project_id: None,
) -> Project:
    """Make a project of a portable file, with pictures and waveforms of the recordings that are here.

    Takes a while. A cancel after the project is stored only leaves out the pictures and waveforms.
    ``stored`` is called with the project's id then; where the rest was interrupted, ``begun`` is that id.
    """
    from viralclip_desktop.features.portable.importing import import_project

    share = staged(progress, "import", 0.0, _UNPACK_SHARE)
    project = next((known for known in services.store.projects() if known.id == begun), None)
    if project is None:
        project = import_project(services.store, services.paths, file, share, cancel)
        stored(project.id)
    with suppress(Cancelled):
        _derive(services, project.id, staged(progress, "import", _UNPACK_SHARE, 1.0), cancel)
    return project


def _derive(services: Services, project_id: str, progress: Progress, cancel: CancelToken) -> None:
    for source in services.store.sources(project_id):
        if not Path(source.path).is_file():
            continue
        try:
            ensure_thumbnail(services.paths, source, cancel)
            ensure_sound(services.paths, source, progress, cancel)
        except Cancelled:
            raise
        except Fault as fault:  # the project is here; only this recording cannot be shown as yet
            services.notices.fault(fault)


def _import(services: Services, request: ImportProject, context: JobContext) -> ProjectImported:
    """An import that was interrupted after its project was stored does not make a second one."""
    project = open_project_file(
        services,
        request.path,
        context.progress,
        context.cancel,
        begun=context.job.project_id,
        stored=lambda project_id: context.update(project_id=project_id),
    )
    return ProjectImported(project.id, project.name)


def _export(services: Services, request: ExportProject, context: JobContext) -> ProjectExported:
    from viralclip_desktop.features.portable.exporting import export_project

    out = export_project(
        services.store,
        services.paths,
        request.project_id,
        request.path,
        with_media=request.with_media,
        progress=context.progress,
        cancel=context.cancel,
    )
    return ProjectExported(out)


IMPORT_PROJECT = JobKind("import_project", "files", ImportProject, ProjectImported, _import)
EXPORT_PROJECT = JobKind("export_project", "files", ExportProject, ProjectExported, _export)
