"""Batches: recordings to finished files in every version that is wanted, as one job.

The batch's parts are its recordings, the parts of a recording its search and its exports. What is there is
known by its content and its settings, so a batch that is started again makes nothing twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from viralclip_desktop.core.errors import BadInput, NotFound, PartlyDone
from viralclip_desktop.core.messages import say, say_n
from viralclip_desktop.domain.clip import Clip
from viralclip_desktop.domain.exports import WorkState
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.domain.site_video import SiteVideo
from viralclip_desktop.features.batches import recordings_in
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.workflows.batch_recording import (
    RECORDING,
    BatchOrder,
    RecordingDone,
    RecordingRequest,
    raise_where_failed,
)
from viralclip_desktop.jobs.kinds import JobContext, JobKind

if TYPE_CHECKING:
    from viralclip_desktop.store.store import Store


@dataclass(frozen=True)
class BatchRequest:
    """Recordings, and folders of recordings."""

    inputs: list[Path]
    order: BatchOrder
    site: SiteVideo | None = None
    """What the site says of a recording that was fetched from one; for a batch of that alone."""


@dataclass(frozen=True)
class BatchDone:
    """The jobs of the recordings, in their order, and the clips that have become files."""

    recording_ids: list[str]
    clip_ids: list[str] = field(default_factory=list)


def submit_batch(
    services: Services, inputs: Sequence[Path], order: BatchOrder, site: SiteVideo | None = None
) -> Job:
    """Queue a batch. One for the same request that was stopped, failed in part or was left by a program that
    has ended is gone on with; one that is under way stays as it is, unless its files are others by now."""
    request = BatchRequest([path.absolute() for path in inputs], order, site)
    payload = BATCH.payload(request)
    same = [job for job in services.jobs.list() if (job.kind, job.payload) == (BATCH.name, payload)]
    last = same[-1] if same else None
    if last is None or last.state is WorkState.COMPLETED or _is_of_other_files(services, last):
        return services.jobs.submit(BATCH, request)
    return services.jobs.retry(last.id) if last.state.ended else services.jobs.resume_job(last.id)


def _is_of_other_files(services: Services, job: Job) -> bool:
    """Whether a batch under way works on what lay in the place of recordings before others took it."""
    asked = () if job.state.ended else map(RECORDING.request_of, recordings_of(services, job))
    return any(fingerprint_of(one.path) not in (one.fingerprint, "") for one in asked)


def recordings_of(services: Services, job: Job) -> list[Job]:
    """The jobs of a batch's recordings, in their order, as they stand now."""
    return [services.jobs.get(job_id) for job_id in job.result.get("recording_ids", ())]


def project_of(services: Services, job: Job) -> str:
    """The project that a batch's only recording has come into; empty before that, and for several."""
    recordings = recordings_of(services, job)
    if len(recordings) != 1:
        return ""
    (recording,) = recordings
    searches = (part.project_id for part in services.jobs.children(recording.id))
    found = next((project_id for project_id in searches if project_id), "")
    source_id = str(recording.result.get("source_id", ""))
    if not found and source_id:
        with suppress(NotFound):  # removed since
            found = services.store.source(source_id).project_id
    return found


def fingerprint_of(path: Path) -> str:
    """A file by its content; empty where it can't be read."""
    from viralclip_desktop.media.fingerprint import fingerprint

    try:
        return fingerprint(path)
    except BadInput:
        return ""


def _run(services: Services, request: BatchRequest, context: JobContext) -> BatchDone:
    paths = _recordings(services.store, request)
    if not paths:
        names = ", ".join(path.name for path in request.inputs)
        raise BadInput(
            say("There are no recordings in {names}.", names=names),
            "Give films, sounds or folders with them.",
        )
    parts = [
        context.part(RECORDING, RecordingRequest(path, content, request.order, request.site))
        for path, content in paths
    ]
    context.update(result={"recording_ids": [part.id for part in parts]})
    ended = context.wait(parts)
    done = BatchDone([part.id for part in parts], list(_finished_clips(services.store, ended)))
    context.update(result=BATCH.plain_result(done))
    failed = [part for part in ended if part.state is not WorkState.COMPLETED]
    if len(parts) == 1:
        raise_where_failed(*ended)
    elif failed:
        raise PartlyDone(
            say_n(
                len(failed),
                "{n} of {all} recordings could not be finished.",
                "{n} of {all} recordings could not be finished.",
                all=len(parts),
            ),
            "The others are done. The same batch again goes on with what is missing.",
            "\n".join(f"{RECORDING.request_of(part).path.name}: {part.error}" for part in failed),
        )
    return done


def _finished_clips(store: Store, recordings: Iterable[Job]) -> Iterator[str]:
    """The clips of ended recordings that have become files, in their order."""
    for job in recordings:
        made = RECORDING.result_of(job) if job.result else RecordingDone()
        for version in (version for clip in made.clips for version in clip.versions):
            with suppress(NotFound):  # deleted since
                if store.export(version.export_id).status is WorkState.COMPLETED:
                    yield store.clip(version.clip_id).id


def batch_clips(services: Services, job: Job) -> list[Clip]:
    """The clips of a batch that have become files and are still there, in their order."""
    found = []
    for clip_id in BATCH.result_of(job).clip_ids if job.result.get("recording_ids") else ():
        with suppress(NotFound):
            found.append(services.store.clip(clip_id))
    return found


def part_of_batch(job: Job) -> bool:
    """Whether a job is a part of a batch: its batch tells of it. (No other job has parts.)"""
    return bool(job.parent_id)


def _recordings(store: Store, request: BatchRequest) -> list[tuple[Path, str]]:
    """The recordings with their fingerprints; of files with the same content the first."""
    folder = request.order.export.folder
    found: dict[str, tuple[Path, str]] = {}
    for path in recordings_in(request.inputs, exported_files(store), Path(folder) if folder else None):
        content = fingerprint_of(path)
        found.setdefault(content or str(path), (path, content))
    return list(found.values())


def exported_files(store: Store) -> frozenset[Path]:
    """The files that exports have become or will become."""
    return frozenset(Path(export.output_path) for export in store.exports())


BATCH = JobKind("batch", "batches", BatchRequest, BatchDone, _run, remembered=True)
