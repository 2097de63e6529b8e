"""“Do it all” for what comes in, files and videos on sites alike: clips, tightened, finished and exported."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from viralclip_desktop.core.errors import NotFound
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.media import Source
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.links.fetching import Link, known_video
from viralclip_desktop.features.workflows.batch import submit_batch
from viralclip_desktop.features.workflows.batch_orders import check_place, everything
from viralclip_desktop.features.workflows.batch_recording import (
    RECORDING,
    BatchOrder,
    ClipVersions,
    wanted_of,
)
from viralclip_desktop.features.workflows.link import link_at_work, start_link
from viralclip_desktop.features.workflows.main_job import searched_recording


def take_to_the_end(services: Services, recordings: Sequence[Path]) -> Source | Job:
    """Queue a batch of those of some recordings (at least one) that aren't finished yet. What to show: the
    batch, or the first of the recordings where the clips of all were found before. Raises where finished
    files cannot go to."""
    order = everything(services.settings.values)
    known = {path: searched_recording(services, path) for path in recordings}
    left = [path for path, source in known.items() if source is None or not _is_done(services, source, order)]
    shown: Source | Job | None = next(iter(known.values()))
    if left:
        check_place(services.paths, order)
        batch = submit_batch(services, left, order)
        shown = batch if None in known.values() else shown
    assert shown is not None
    return shown


def take_link_to_the_end(services: Services, link: Link) -> Source | Job:
    """The same for a video on a site, which is fetched where it was not before. What to show: the job that is
    at work on it, or the recording."""
    at_work = link_at_work(services, link)
    if at_work is not None:
        return at_work
    known = known_video(services.store, link)
    if known is not None:
        return take_to_the_end(services, [Path(known.path)])
    order = everything(services.settings.values)
    check_place(services.paths, order)
    return start_link(services, link, order.search, to_the_end=True)


def _is_done(services: Services, source: Source, order: BatchOrder) -> bool:
    """Whether a batch has done all of an order to a known recording and its files are still there, or is at
    it. What the user has changed in its clips since then is left alone."""
    made: set[str] = set()
    for job in services.jobs.list():
        if not RECORDING.is_of(job) or job.result.get("source_id") != source.id or not _alike(job, order):
            continue
        if not job.state.ended:
            return True
        if job.state is WorkState.COMPLETED:
            made |= {clip.id for clip in RECORDING.result_of(job).clips if _there(services, clip)}
    return made.issuperset(wanted_of(services.store, source.id, order.search.count))


def _alike(job: Job, order: BatchOrder) -> bool:
    """Whether a job did to the clips that it had found what an order says."""
    return replace(RECORDING.request_of(job).order, search=order.search) == order


def _there(services: Services, clip: ClipVersions) -> bool:
    try:
        exports = [services.store.export(version.export_id) for version in clip.versions]
    except NotFound:
        return False
    return all(one.status is WorkState.COMPLETED and Path(one.output_path).is_file() for one in exports)
