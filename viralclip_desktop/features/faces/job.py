"""The job that looks for the faces which captions keep off. Light: the start of the program reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.features.common.looking import LookAt, Looked, look_and_publish, start_once
from viralclip_desktop.jobs.kinds import JobContext, JobKind

if TYPE_CHECKING:
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.features.common.services import Services

FACES = "faces"
"""The kind of the change which says that the faces of a source (by its id) are known better than before;
the job's lane, too."""


def _run(services: Services, request: LookAt, context: JobContext) -> Looked:
    from viralclip_desktop.features.faces.captions import look

    return look_and_publish(
        services,
        request,
        context,
        lambda parts: look(services, request.source_id, parts, context.progress, context.cancel),
        change=FACES,
        label="Find faces",
    )


FIND_FACES = JobKind("find_faces", FACES, LookAt, Looked, _run)


def start_face_search(services: Services, clip_id: str) -> Job | None:
    """Queue a search for the faces that a clip's captions keep off; None where nothing is to be looked for.

    The end is published as a change of the kind :data:`FACES`. A search of the same parts that failed or was
    stopped is not begun again: its reason would be reported after every edit.
    """
    from viralclip_desktop.features.faces.captions import searched

    clip = services.store.clip(clip_id)
    known = searched(services.store, services.paths, clip)
    wanted = (source for source, parts in known if not all(part.whole for part in parts))
    queued = [start_once(services, FIND_FACES, clip, source) for source in wanted]
    return next((job for job in queued if job is not None), None)
