"""The job that takes the noise off what a clip plays. Light: the start of the program reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from viralclip_desktop.domain.changes import Change, Changes
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.jobs.kinds import JobContext, JobKind

if TYPE_CHECKING:
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.features.common.services import Services

CLEANED = "cleaned"
"""The kind of the change which says that more of a source (by its id) was freed of its noise: clips of it
sound different."""


@dataclass(frozen=True)
class CleanRequest:
    """A clip, and how it wants its sound: another wish is another job."""

    clip_id: str
    noise: str


@dataclass(frozen=True)
class Cleaned:
    """What was made is kept in the cache, by the recording's content."""


def _run(services: Services, request: CleanRequest, context: JobContext) -> Cleaned:
    from viralclip_desktop.features.separation.cleaning import clean

    clip = services.store.clip(request.clip_id)
    clean(services.store, services.paths, clip, context.progress, context.cancel)
    made = Change(CLEANED, clip.source_id, None, None)
    services.store.changes.publish(Changes("Reduce noise", clip.project_id, (made,)))
    return Cleaned()


CLEAN = JobKind("clean_sound", "sight", CleanRequest, Cleaned, _run)


def start_cleaning(services: Services, clip_id: str) -> Job | None:
    """Queue what a clip's noise reduction has to make; None where all is there or none is wanted. The end is
    published as a change of the kind :data:`CLEANED`. What failed or was stopped is not begun again."""
    from viralclip_desktop.features.separation.cleaning import lacks_cleaning

    clip = services.store.clip(clip_id)
    if not lacks_cleaning(services.store, services.paths, clip):
        return None
    request = CleanRequest(clip_id, clip.mix.noise.value)
    ended = services.store.jobs.list((WorkState.FAILED, WorkState.CANCELLED))
    if any(CLEAN.is_of(job) and job.payload == CLEAN.payload(request) for job in ended):
        return None
    return services.jobs.submit(CLEAN, request, clip.project_id, once=True)
