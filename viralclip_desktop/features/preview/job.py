"""The job that makes a clip's proxies. Light: the start of the program reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.core.time import Time, TimeRange
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.jobs.kinds import JobContext, JobKind

if TYPE_CHECKING:
    from viralclip_desktop.domain.jobs import Job
    from viralclip_desktop.features.common.services import Services


@dataclass(frozen=True)
class ProxyRequest:
    """A stretch of a recording, in source time."""

    source_id: str
    start: Time
    end: Time


@dataclass(frozen=True)
class ProxyMade:
    """It lies in the cache, by the recording's content."""


def _run(services: Services, request: ProxyRequest, context: JobContext) -> ProxyMade:
    from viralclip_desktop.features.preview.proxies import make_proxies

    source, stretch = services.store.source(request.source_id), TimeRange(request.start, request.end)
    make_proxies(services.paths, source, stretch, context.progress, context.cancel)
    return ProxyMade()


MAKE_PROXY = JobKind("make_proxy", "proxies", ProxyRequest, ProxyMade, _run)


def start_proxies(services: Services, clip_id: str) -> list[Job]:
    """Queue the proxies that a clip wants and that are not there; to be called when it is opened, and after
    an edit of it. One that failed or was stopped is not begun again."""
    from viralclip_desktop.features.preview.proxies import missing

    try:
        clip = services.store.clip(clip_id)
    except NotFound:  # deleted meanwhile
        return []
    wanted = [
        (ProxyRequest(source.id, stretch.start, stretch.end), source.project_id)
        for source, stretch in missing(services.store, services.paths, clip)
    ]
    if not wanted:
        return []
    ended = services.store.jobs.list((WorkState.FAILED, WorkState.CANCELLED))
    given_up = [job.payload for job in ended if MAKE_PROXY.is_of(job)]
    return [
        services.jobs.submit(MAKE_PROXY, request, project_id, once=True)
        for request, project_id in wanted
        if MAKE_PROXY.payload(request) not in given_up
    ]
