"""The job that watches what a clip plays, for its frame. Light: the start of the program reads it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from viralclip_desktop.features.common.looking import LookAt, Looked, look_and_publish, start_once
from viralclip_desktop.jobs.kinds import JobContext, JobKind

if TYPE_CHECKING:
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.features.common.services import Services

FRAME = "frame"
"""The kind of the change which says that more of a source (by its id) was watched: frames may stand
elsewhere."""


def _run(services: Services, request: LookAt, context: JobContext) -> Looked:
    from viralclip_desktop.features.reframe.clip_frame import watch_parts

    source = services.store.source(request.source_id)
    return look_and_publish(
        services,
        request,
        context,
        lambda parts: watch_parts(services, source, parts, context.progress, context.cancel),
        change=FRAME,
        label="Watch clip",
    )


WATCH = JobKind("watch_clip", "sight", LookAt, Looked, _run)


def start_watching(services: Services, clip_id: str) -> Job | None:
    """Queue the watching of what a clip's frame needs; None where all of it is known, or the frame follows
    nobody.

    The end is published as a change of the kind :data:`FRAME`. What failed or was stopped is not begun again.
    """
    from viralclip_desktop.features.reframe.clip_frame import unwatched

    clip = services.store.clip(clip_id)
    queued = [
        start_once(services, WATCH, clip, source)
        for source in unwatched(services.store, services.paths, clip)
    ]
    return next((job for job in queued if job is not None), None)
