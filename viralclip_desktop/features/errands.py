"""Work that takes a while beside analysis and export: models, project files, lost recordings, the sample,
faces.

Each is a kind of job, so that it shows with the rest, can be cancelled, and goes on after a restart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from viralclip_desktop.core.errors import Cancelled, EnvironmentLacks, Fault
from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken, Progress, staged
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.changes import Change, Changes
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.exports import Export, WorkState
from viralclip_desktop.domain.faces import FacesSeen
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.media import Source
from viralclip_desktop.features.main_job import MainJobOptions
from viralclip_desktop.jobs.queue import Handler, Update

if TYPE_CHECKING:
    from viralclip_desktop.features.desk import Desk

INSTALL_MODEL = "install_model"  # payload: model
TRY_SAMPLE = "sample_talk"  # payload: options; result: path, job_id of the main job that follows
RELINK = "relink"  # payload: folder; result: found, missing, project_ids
IMPORT_PROJECT = "import_project"  # payload: path; result: project_id, name
EXPORT_PROJECT = "export_project"  # payload: project_id, path, with_media; result: path
FIND_FACES = "find_faces"  # payload: project_id, source_id, parts (starts and ends in ticks of source time)
FACES = "faces"
"""The kind of the change that tells that the faces of a source (by its id) are known better than before."""

LANES = {
    INSTALL_MODEL: "download",
    TRY_SAMPLE: "errand",
    RELINK: "errand",
    IMPORT_PROJECT: "errand",
    EXPORT_PROJECT: "errand",
    FIND_FACES: FACES,
}
Result = dict[str, Any]
Errand = Callable[["Desk", Job, Progress, CancelToken], Result]


def handlers(desk: Desk) -> dict[str, Handler]:
    """What the job queue calls for each kind."""
    plain = {kind: _handler(desk, errand) for kind, errand in _ERRANDS.items()}
    return plain | {IMPORT_PROJECT: _importing(desk)}


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


def _importing(desk: Desk) -> Handler:
    """An import that was interrupted after its project was stored does not make a second one."""

    def handle(job: Job, progress: Progress, cancel: CancelToken, update: Update) -> Result:
        file = Path(job.payload["path"])
        project = desk.import_project(
            file,
            progress,
            cancel,
            begun=job.project_id,
            stored=lambda project_id: update(project_id=project_id),
        )
        return {"project_id": project.id, "name": project.name}

    return handle


def _export_project(desk: Desk, job: Job, progress: Progress, cancel: CancelToken) -> Result:
    out = desk.export_project(
        str(job.payload["project_id"]),
        Path(job.payload["path"]),
        with_media=bool(job.payload.get("with_media")),
        progress=progress,
        cancel=cancel,
    )
    return {"path": str(out)}


# --- the faces that captions keep off ---------------------------------------------------------------------


def known_faces(desk: Desk, clip_id: str) -> tuple[FacesSeen, ...]:
    """The faces that a clip's captions keep off (source time), as far as they are known; none where the
    captions don't ask. What is missing is looked for in the background, and :data:`FACES` tells the end."""
    from viralclip_desktop.features.faces import faces_between

    clip = desk.store.clip(clip_id)
    if not _keeps_off(desk, clip):
        return ()
    source = desk.store.source(clip.source_id)
    try:
        known = [faces_between(desk.paths, source, part) for part in clip.kept]
    except EnvironmentLacks:  # no finder: the export and the checkup tell
        return ()
    if not all(part.whole for part in known):
        _look_once(desk, source, clip)
    looks = {look.at: look for part in known for look in part.seen}
    return tuple(looks[at] for at in sorted(looks))


def faces_for_export(
    desk: Desk, export: Export, progress: Progress, cancel: CancelToken
) -> tuple[FacesSeen, ...]:
    """The faces that an export's captions keep off, looked for now where they are not known."""
    if export.settings.audio_only:
        return ()
    look_for_faces(desk, export.clip_id, staged(progress, FACES, 0.0, 0.0), cancel)
    return known_faces(desk, export.clip_id)


def look_for_faces(desk: Desk, clip_id: str, progress: Progress, cancel: CancelToken) -> None:
    """Find the faces that a clip's captions keep off, if they ask for it and it was not done. Takes a while.

    Where that fails the captions stay where they are, and a notice tells. Raises Cancelled.
    """
    clip = desk.store.clip(clip_id)
    if not _keeps_off(desk, clip):
        return
    try:
        _look(desk, clip.source_id, clip.kept, progress, cancel)
    except Cancelled:
        raise
    except Fault as fault:
        desk.notices.caution(
            say("The captions may cover faces: {message}", message=say(fault.message)), fault.hint
        )


def _keeps_off(desk: Desk, clip: Clip) -> bool:
    from viralclip_desktop.features.exporting import style_of

    style = style_of(desk.store, clip)
    return style is not None and style.keep_off_faces


def _look_once(desk: Desk, source: Source, clip: Clip) -> None:
    """Queue a search. One of the same parts that failed or was stopped is not begun again by itself: its
    reason would be told after every edit."""
    payload: Result = {
        "project_id": source.project_id,
        "source_id": source.id,
        "parts": [[part.start.ticks, part.end.ticks] for part in clip.kept],
    }
    ended = desk.store.jobs.list((WorkState.FAILED, WorkState.CANCELLED))
    if Path(source.path).is_file() and not any(
        (job.kind, job.payload) == (FIND_FACES, payload) for job in ended
    ):
        desk.start_errand(FIND_FACES, **payload)


def _look(
    desk: Desk, source_id: str, parts: Sequence[TimeRange], progress: Progress, cancel: CancelToken
) -> None:
    from viralclip_desktop.features.faces import find_faces

    for number, part in enumerate(parts):
        share = staged(progress, FACES, number / len(parts), (number + 1) / len(parts))
        find_faces(desk.store, desk.paths, source_id, part, progress=share, cancel=cancel)


def _find_faces(desk: Desk, job: Job, progress: Progress, cancel: CancelToken) -> Result:
    source_id = str(job.payload["source_id"])
    parts = [TimeRange(Time(start), Time(end)) for start, end in job.payload["parts"]]
    try:
        _look(desk, source_id, parts, progress, cancel)
    finally:  # a search that was stopped has found some
        found = Change(FACES, source_id, None, None)
        desk.store.changes.publish(Changes("Find faces", job.project_id, (found,)))
    return {}


_ERRANDS: dict[str, Errand] = {
    INSTALL_MODEL: _install_model,
    TRY_SAMPLE: _try_sample,
    RELINK: _relink,
    EXPORT_PROJECT: _export_project,
    FIND_FACES: _find_faces,
}
