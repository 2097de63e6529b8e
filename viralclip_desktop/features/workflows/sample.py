"""The sample talk: made here, then taken through the main job."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from viralclip_desktop.core.paths import DataPaths
from viralclip_desktop.core.progress import CancelToken, Progress
from viralclip_desktop.domain.jobs import Job
from viralclip_desktop.features.common.orders import MainJobOptions
from viralclip_desktop.features.common.services import Services
from viralclip_desktop.features.workflows.batch import submit_batch
from viralclip_desktop.features.workflows.batch_orders import everything
from viralclip_desktop.features.workflows.main_job import submit_main_job
from viralclip_desktop.jobs.kinds import JobContext, JobKind


@dataclass(frozen=True)
class SampleRequest:
    """What is wanted of the talk when it is made."""

    options: MainJobOptions
    to_the_end: bool = False
    """Whether the clips that are found are tightened, finished and exported."""


@dataclass(frozen=True)
class SampleMade:
    """The file, and the job that follows: the main job, or a batch."""

    path: Path
    job_id: str


def sample_file(paths: DataPaths, progress: Progress, cancel: CancelToken) -> Path:
    """The sample talk as a file in the data folder; made now if it is not there. Takes a while."""
    from viralclip_desktop.features.sample_talk import make_sample

    out = paths.home / "media" / "videos" / "Sample talk.mp4"
    return out if out.is_file() else make_sample(out, progress, cancel)


def start_sample(services: Services, options: MainJobOptions, *, to_the_end: bool = False) -> Job:
    """Queue the making of the sample talk; the main job follows, or all that can be done."""
    return services.jobs.submit(TRY_SAMPLE, SampleRequest(options, to_the_end), once=True)


def _run(services: Services, request: SampleRequest, context: JobContext) -> SampleMade:
    path = sample_file(services.paths, context.progress, context.cancel)
    if request.to_the_end:
        order = replace(everything(services.settings.values), search=request.options)
        return SampleMade(path, submit_batch(services, [path], order).id)
    return SampleMade(path, submit_main_job(services, path, request.options).id)


TRY_SAMPLE = JobKind("sample_talk", "files", SampleRequest, SampleMade, _run)
