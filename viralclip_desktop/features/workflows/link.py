"""A video on a site becomes a recording with its clips: it is fetched, then the main job follows."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from viralclip_desktop.core.messages import say
from viralclip_desktop.core.progress import CancelToken, Progress
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.media import Source
from viralclip_desktop.domain.site_video import SiteVideo
from viralclip_desktop.features.common.orders import MainJobOptions
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.links.fetching import Link, fetch_video, known_video
from viralclip_desktop.features.workflows.batch import submit_batch
from viralclip_desktop.features.workflows.batch_orders import everything
from viralclip_desktop.features.workflows.main_job import (
    MAIN_JOB,
    import_recording,
    open_recording,
    submit_main_job,
)
from viralclip_desktop.jobs.kinds import JobContext, JobKind


@dataclass(frozen=True)
class LinkRequest:
    """Which video, and what is wanted of it."""

    link: Link
    options: MainJobOptions
    to_the_end: bool = False
    """Whether the clips that are found are tightened, finished and exported."""


@dataclass(frozen=True)
class LinkFetched:
    """The file, and the job that follows: the main job, or a batch."""

    path: Path
    job_id: str


def start_link(services: Services, link: Link, options: MainJobOptions, *, to_the_end: bool = False) -> Job:
    """Queue a video on a site; the main job follows, or all that can be done. The job that fetches it already
    is taken up."""
    return services.jobs.submit(FETCH_LINK, LinkRequest(link, options, to_the_end), once=True)


def open_link(services: Services, link: Link, options: MainJobOptions) -> Source | Job:
    """What shows the clips of a video on a site: the recording, where it was fetched before and its clips
    were found, or the job that does it, the one at work already if there is one."""
    at_work = link_at_work(services, link)
    if at_work is not None:
        return at_work
    known = known_video(services.store, link)
    if known is not None:
        return open_recording(services, Path(known.path), options)
    return start_link(services, link, options)


def link_at_work(services: Services, link: Link) -> Job | None:
    """The job that finds the clips of a video which has been fetched; where that is part of a batch, the
    batch."""
    for job in services.jobs.list(active_only=True):
        if MAIN_JOB.is_of(job) and _is_from(MAIN_JOB.request_of(job).site, link):
            return _whole(services, job)
    return None


def _whole(services: Services, part: Job) -> Job:
    """The job that a job is a part of, if it is one."""
    return _whole(services, services.jobs.get(part.parent_id)) if part.parent_id else part


def _is_from(site: SiteVideo | None, link: Link) -> bool:
    return site is not None and (site.address, site.height) == (link.address, link.height)


def import_link(
    services: Services, link: Link, progress: Progress, cancel: CancelToken, audio_track: int | None = None
) -> Source:
    """Fetch a video and make a project of it. Takes a while."""
    known = known_video(services.store, link)
    if known is not None:
        path = Path(known.path)
        return import_recording(services, path, progress, cancel, audio_track=audio_track)
    video = fetch_video(services, link, progress, cancel)
    tell_subtitles(services, link, video)
    return import_recording(services, video.path, progress, cancel, site=video, audio_track=audio_track)


def tell_subtitles(services: Services, link: Link, video: SiteVideo) -> None:
    """Offer the subtitles of the site, or say that those which were asked for are not there."""
    listed = ", ".join(video.subtitles)
    if link.subtitles and video.subtitle_file is None:
        missing = say("The site has no subtitles in “{language}”.", language=link.subtitles)
        services.notices.caution(missing, say("It has: {listed}", listed=listed) if listed else "")
    elif not link.subtitles and listed:
        services.notices.info(
            say("The site has subtitles of its own: {listed}", listed=listed),
            "Name one of these languages in the settings under Links to use them as the transcript.",
        )


def fetching_address(job: Job) -> str:
    """What a job that fetches a video was asked for, as far as it can be read; empty for other jobs."""
    asked: Any = job.payload.get("link") if FETCH_LINK.is_of(job) else None
    return str(asked.get("address", "")) if isinstance(asked, dict) else ""


def short_address(address: str) -> str:
    """An address as people write it: without ``https://www.``."""
    return address.partition("://")[2].removeprefix("www.")


def _run(services: Services, request: LinkRequest, context: JobContext) -> LinkFetched:
    """Once it is fetched it is not fetched again; one that is known from before goes on from there."""
    link, options = request.link, request.options
    known = known_video(services.store, link)
    if known is not None:
        return LinkFetched(Path(known.path), _follow(services, request, Path(known.path), options).id)
    video = fetch_video(services, link, context.progress, context.cancel)
    tell_subtitles(services, link, video)
    if video.subtitle_file is not None and options.subtitles is None:
        options = replace(options, subtitles=str(video.subtitle_file))
    return LinkFetched(video.path, _follow(services, request, video.path, options, video).id)


def _follow(
    services: Services,
    request: LinkRequest,
    path: Path,
    options: MainJobOptions,
    site: SiteVideo | None = None,
) -> Job:
    """The job that follows, queued."""
    if request.to_the_end:
        order = replace(everything(services.settings.values), search=options)
        return submit_batch(services, [path], order, site)
    return submit_main_job(services, path, options, site)


FETCH_LINK = JobKind("fetch_link", "links", LinkRequest, LinkFetched, _run)
